using System.Net.Sockets;

namespace Saea.Bench;

/// <summary>
/// What .NET can do by hand: OnCompleted overridden, no execution context, pinned buffers, one
/// object per connection, loops instead of recursion.
/// </summary>
internal static class TunedServer
{
    public static void Start(Socket listener, Options options, string part)
    {
        Func<Socket, Connection> create = part switch
        {
            "tcp-echo" => socket => new EchoConnection(socket, options.BufferSize),
            "tcp-sink" => socket => new SinkConnection(socket, options),
            "tcp-source" => MemorySources(options),
            "tcp-file" => socket => new RequestConnection(socket, new FileSender(socket, options)),
            _ => throw new ArgumentException($"there is no part {part}"),
        };
        new Acceptor(listener, create).Start();
    }

    private static Func<Socket, Connection> MemorySources(Options options)
    {
        byte[] content = File.ReadAllBytes(options.ContentPath);
        return socket => new RequestConnection(socket, new MemorySender(socket, options, content));
    }
}

internal sealed class Acceptor(Socket listener, Func<Socket, Connection> create)
    : SocketAsyncEventArgs(true)
{
    public void Start()
    {
        if (!listener.AcceptAsync(this)) OnCompleted(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        do
        {
            if (SocketError == SocketError.OperationAborted) return;
            Socket? socket = AcceptSocket;
            AcceptSocket = null;
            if (socket is not null) create(socket).Start();
        } while (!listener.AcceptAsync(this));
    }
}

/// <summary>A connection that begins by receiving.</summary>
internal abstract class Connection : SocketAsyncEventArgs
{
    protected Socket Socket { get; }

    protected Connection(Socket socket, int bufferSize) : base(true)
    {
        Socket = socket;
        SetBuffer(GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true), 0, bufferSize);
    }

    public void Start()
    {
        if (!Socket.ReceiveAsync(this)) OnCompleted(this);
    }

    protected bool IsOver => SocketError != SocketError.Success
        || (LastOperation == SocketAsyncOperation.Receive && BytesTransferred == 0);

    protected void End()
    {
        Socket.Dispose();
        Dispose();
    }
}

internal sealed class EchoConnection(Socket socket, int bufferSize) : Connection(socket, bufferSize)
{
    private readonly int _bufferSize = bufferSize;

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        bool isPending = false;
        while (!isPending)
        {
            if (IsOver)
            {
                End();
                return;
            }
            if (LastOperation == SocketAsyncOperation.Receive)
            {
                SetBuffer(0, BytesTransferred);
                isPending = Socket.SendAsync(this);
            }
            else
            {
                SetBuffer(0, _bufferSize);
                isPending = Socket.ReceiveAsync(this);
            }
        }
    }
}

internal sealed class SinkConnection(Socket socket, Options options)
    : Connection(socket, options.BufferSize)
{
    private static readonly byte[] Acknowledgement = new byte[1];
    private long _blockReceived;

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        do
        {
            if (IsOver)
            {
                End();
                return;
            }
            _blockReceived += BytesTransferred;
            for (; _blockReceived >= options.BlockSize; _blockReceived -= options.BlockSize)
            {
                Socket.Send(Acknowledgement);
            }
        } while (!Socket.ReceiveAsync(this));
    }
}

/// <summary>Receives requests, one byte each, and hands them to a sender.</summary>
internal sealed class RequestConnection(Socket socket, BlockSender sender) : Connection(socket, 64)
{
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        do
        {
            if (IsOver)
            {
                End();
                return;
            }
            sender.Request(BytesTransferred);
        } while (!Socket.ReceiveAsync(this));
    }
}

internal abstract class BlockSender(Socket socket)
    : SocketAsyncEventArgs(true)
{
    private int _blocksLeft;

    protected Socket Socket { get; } = socket;

    public void Request(int blockCount)
    {
        // Requests come on one thread while another may be sending.
        if (Interlocked.Add(ref _blocksLeft, blockCount) != blockCount) return;
        if (!SendNext()) OnCompleted(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        do
        {
            if (SocketError != SocketError.Success) return;
            if (IsBlockSent() && Interlocked.Decrement(ref _blocksLeft) == 0) return;
        } while (!SendNext());
    }

    protected abstract bool SendNext();
    protected abstract bool IsBlockSent();
}

internal sealed class MemorySender(Socket socket, Options options, byte[] content)
    : BlockSender(socket)
{
    private long _blockSent;

    protected override bool SendNext()
    {
        SetBuffer(content, 0, (int)Math.Min(content.Length, options.BlockSize - _blockSent));
        return Socket.SendAsync(this);
    }

    protected override bool IsBlockSent()
    {
        _blockSent = (_blockSent + BytesTransferred) % options.BlockSize;
        return _blockSent == 0;
    }
}

internal sealed class FileSender(Socket socket, Options options) : BlockSender(socket)
{
    protected override bool SendNext()
    {
        SendPacketsElements = [new SendPacketsElement(options.ContentPath)];
        return Socket.SendPacketsAsync(this);
    }

    protected override bool IsBlockSent() => true;
}
