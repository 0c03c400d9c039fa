using System.Net.Sockets;

namespace Saea.Bench;

/// <summary>
/// Echo with the structure that the reference page of SocketAsyncEventArgs shows: a pool of event
/// args with handlers of the event, segments of one large buffer, a semaphore that bounds the
/// clients, counters kept with Interlocked, and one dispatching handler for all operations. It
/// prints nothing per message.
/// </summary>
internal sealed class SampleServer(Options options)
{
    private readonly Stack<SocketAsyncEventArgs> _pool = new();
    private readonly Semaphore _clients = new(options.ConnectionCount, options.ConnectionCount);
    private long _totalBytesRead;
    private int _clientCount;
    private Socket _listener = null!;

    public void Start(Socket listener)
    {
        _listener = listener;
        var slab = new byte[options.BufferSize * options.ConnectionCount];
        for (int i = 0; i < options.ConnectionCount; i++)
        {
            var args = new SocketAsyncEventArgs();
            args.Completed += OnCompleted;
            args.SetBuffer(slab, i * options.BufferSize, options.BufferSize);
            _pool.Push(args);
        }
        var acceptArgs = new SocketAsyncEventArgs();
        acceptArgs.Completed += OnAccepted;
        StartAccept(acceptArgs);
    }

    private void StartAccept(SocketAsyncEventArgs args)
    {
        bool isPending = false;
        while (!isPending)
        {
            _clients.WaitOne();
            args.AcceptSocket = null;
            isPending = _listener.AcceptAsync(args);
            if (!isPending) ProcessAccept(args);
        }
    }

    private void OnAccepted(object? sender, SocketAsyncEventArgs args)
    {
        ProcessAccept(args);
        StartAccept(args);
    }

    private void ProcessAccept(SocketAsyncEventArgs acceptArgs)
    {
        Interlocked.Increment(ref _clientCount);
        SocketAsyncEventArgs args;
        lock (_pool) args = _pool.Pop();
        Socket socket = acceptArgs.AcceptSocket!;
        args.UserToken = socket;
        if (!socket.ReceiveAsync(args)) ProcessReceive(args);
    }

    private void OnCompleted(object? sender, SocketAsyncEventArgs args)
    {
        if (args.LastOperation == SocketAsyncOperation.Receive) ProcessReceive(args);
        else ProcessSend(args);
    }

    private void ProcessReceive(SocketAsyncEventArgs args)
    {
        if (args.BytesTransferred == 0 || args.SocketError != SocketError.Success)
        {
            CloseClient(args);
            return;
        }
        Interlocked.Add(ref _totalBytesRead, args.BytesTransferred);
        args.SetBuffer(args.Offset, args.BytesTransferred);
        var socket = (Socket)args.UserToken!;
        if (!socket.SendAsync(args)) ProcessSend(args);
    }

    private void ProcessSend(SocketAsyncEventArgs args)
    {
        if (args.SocketError != SocketError.Success)
        {
            CloseClient(args);
            return;
        }
        args.SetBuffer(args.Offset, options.BufferSize);
        var socket = (Socket)args.UserToken!;
        if (!socket.ReceiveAsync(args)) ProcessReceive(args);
    }

    private void CloseClient(SocketAsyncEventArgs args)
    {
        ((Socket)args.UserToken!).Close();
        Interlocked.Decrement(ref _clientCount);
        args.SetBuffer(args.Offset, options.BufferSize);
        lock (_pool) _pool.Push(args);
        _clients.Release();
    }
}
