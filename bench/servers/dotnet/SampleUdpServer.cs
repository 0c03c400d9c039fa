using System.Net;
using System.Net.Sockets;

namespace Saea.Bench;

/// <summary>
/// Datagrams with the structure of the reference page's sample, which shows none: handlers of the
/// event, segments of one large buffer, a counter kept with Interlocked, and one dispatching handler
/// for all operations.
/// </summary>
internal sealed class SampleUdpServer(Socket socket, Options options, DatagramPart part)
{
    private long _totalBytesRead;

    public void Start()
    {
        var slab = new byte[options.BufferSize * UdpServer.Outstanding];
        for (int i = 0; i < UdpServer.Outstanding; i++)
        {
            var args = new SocketAsyncEventArgs();
            args.Completed += OnCompleted;
            args.SetBuffer(slab, i * options.BufferSize, options.BufferSize);
            args.RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
            StartReceive(args);
        }
    }

    private void StartReceive(SocketAsyncEventArgs args)
    {
        do
        {
            args.SetBuffer(args.Offset, options.BufferSize);
            if (socket.ReceiveFromAsync(args)) return;
        } while (ProcessReceive(args));
    }

    private void OnCompleted(object? sender, SocketAsyncEventArgs args)
    {
        bool isFree = args.LastOperation == SocketAsyncOperation.ReceiveFrom
            ? ProcessReceive(args)
            : ProcessSend(args);
        if (isFree) StartReceive(args);
    }

    /// <summary>Whether the args are free for the next receive.</summary>
    private bool ProcessReceive(SocketAsyncEventArgs args)
    {
        if (args.SocketError != SocketError.Success) return false;
        Interlocked.Add(ref _totalBytesRead, args.BytesTransferred);
        int length = part.AnswerLength(args.Buffer.AsSpan(args.Offset, args.BytesTransferred));
        if (length == 0) return true;
        args.SetBuffer(args.Offset, length);
        return !socket.SendToAsync(args) && ProcessSend(args);
    }

    private static bool ProcessSend(SocketAsyncEventArgs args) =>
        args.SocketError == SocketError.Success;
}
