// The contract of support/server-program.ts: `server sample|tuned PART --port 0 …`.

using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Saea.Bench;

const int SignalUser2 = 12;

var options = new Options(args);
bool isDatagram = UdpServer.Plays(args[1]);
using Socket socket = isDatagram
    ? UdpServer.Start(options, args[0], args[1])
    : Listen(options.Port);

// Held until the end: without a reference it would end with the first collection.
using PosixSignalRegistration? collect = !options.IsCollecting
    ? null
    : PosixSignalRegistration.Create((PosixSignal)SignalUser2, context =>
    {
        context.Cancel = true;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine("collected");
    });

if (isDatagram) { /* it serves already */ }
else if (args[0] == "sample") new SampleServer(options).Start(socket);
else TunedServer.Start(socket, options, args[1]);

Console.WriteLine($"listening {((IPEndPoint)socket.LocalEndPoint!).Port}");
var ended = new ManualResetEventSlim();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.Set();
});
ended.Wait();
GC.KeepAlive(collect);
Environment.Exit(0);

static Socket Listen(int port)
{
    var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listener.NoDelay = true; // accepted sockets inherit it on Linux
    listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
    listener.Listen(4096);
    return listener;
}
