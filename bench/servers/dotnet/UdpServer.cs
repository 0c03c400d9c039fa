using System.Net;
using System.Net.Sockets;

namespace Saea.Bench;

/// <summary>Servers of datagrams: the socket, and which part is played on it.</summary>
internal static class UdpServer
{
    public const int Outstanding = 64;
    private const int ReceiveBufferBytes = 4 << 20;

    public static bool Plays(string part) => part is "udp-echo" or "udp-sink";

    public static Socket Start(Options options, string style, string part)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveBufferSize = ReceiveBufferBytes;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        DatagramPart datagrams = part == "udp-sink" ? new DatagramSink(options) : new DatagramEcho();
        if (style == "sample") new SampleUdpServer(socket, options, datagrams).Start();
        else TunedDatagramArgs.StartAll(socket, options, datagrams);
        return socket;
    }
}

internal abstract class DatagramPart
{
    /// <summary>How many bytes of a datagram go back to its sender; 0: no answer.</summary>
    public abstract int AnswerLength(ReadOnlySpan<byte> datagram);
}

internal sealed class DatagramEcho : DatagramPart
{
    public override int AnswerLength(ReadOnlySpan<byte> datagram) => datagram.Length;
}

/// <summary>
/// Counts the bytes of each sender, who is named by the first byte of a datagram, and answers a
/// whole block. Completions may run on several threads at once.
/// </summary>
internal sealed class DatagramSink(Options options) : DatagramPart
{
    private readonly long[] _received = new long[256];

    public override int AnswerLength(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty) return 0;
        long received = Interlocked.Add(ref _received[datagram[0]], datagram.Length);
        long before = received - datagram.Length;
        return received / options.BlockSize > before / options.BlockSize ? 1 : 0;
    }
}

/// <summary>
/// By hand: OnCompleted overridden, no execution context, pinned buffers, many receives
/// outstanding.
/// </summary>
internal sealed class TunedDatagramArgs : SocketAsyncEventArgs
{
    private readonly Socket _socket;
    private readonly int _bufferSize;
    private readonly DatagramPart _part;

    public static void StartAll(Socket socket, Options options, DatagramPart part)
    {
        for (int i = 0; i < UdpServer.Outstanding; i++)
        {
            new TunedDatagramArgs(socket, options.BufferSize, part).Start();
        }
    }

    private TunedDatagramArgs(Socket socket, int bufferSize, DatagramPart part) : base(true)
    {
        _socket = socket;
        _bufferSize = bufferSize;
        _part = part;
        RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
        SetBuffer(GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true), 0, bufferSize);
    }

    private void Start()
    {
        if (!_socket.ReceiveFromAsync(this)) OnCompleted(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        bool isPending = false;
        while (!isPending)
        {
            if (SocketError != SocketError.Success) return;
            int length = LastOperation == SocketAsyncOperation.ReceiveFrom
                ? _part.AnswerLength(Buffer.AsSpan(0, BytesTransferred))
                : 0;
            if (length > 0)
            {
                SetBuffer(0, length);
                isPending = _socket.SendToAsync(this);
            }
            else
            {
                SetBuffer(0, _bufferSize);
                isPending = _socket.ReceiveFromAsync(this);
            }
        }
    }
}
