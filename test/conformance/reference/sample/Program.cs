// The sample of the reference page of SocketAsyncEventArgs, as a program: it prints where it listens,
// serves until its standard input ends, and prints what the page's sample prints.

using System.Net;

var server = new Server(numConnections: int.Parse(args[0]), receiveBufferSize: int.Parse(args[1]));
server.Init();
Console.WriteLine($"Listening on {server.Start(new IPEndPoint(IPAddress.Loopback, 0))}");
Console.In.ReadToEnd();
