using System.Net;
using System.Net.Sockets;

namespace Saea.Bench;

/// <summary>
/// Echo of datagrams by hand: OnCompleted overridden, no execution context, pinned buffers, many
/// receives outstanding.
/// </summary>
internal static class UdpServer
{
    private const int Outstanding = 64;
    private const int ReceiveBufferBytes = 4 << 20;

    public static Socket Start(Options options)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveBufferSize = ReceiveBufferBytes;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        for (int i = 0; i < Outstanding; i++) new DatagramEcho(socket, options.BufferSize).Start();
        return socket;
    }
}

internal sealed class DatagramEcho : SocketAsyncEventArgs
{
    private readonly Socket _socket;
    private readonly int _bufferSize;

    public DatagramEcho(Socket socket, int bufferSize) : base(true)
    {
        _socket = socket;
        _bufferSize = bufferSize;
        RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
        SetBuffer(GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true), 0, bufferSize);
    }

    public void Start()
    {
        if (!_socket.ReceiveFromAsync(this)) OnCompleted(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        bool isPending = false;
        while (!isPending)
        {
            if (SocketError != SocketError.Success) return;
            if (LastOperation == SocketAsyncOperation.ReceiveFrom)
            {
                SetBuffer(0, BytesTransferred);
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
