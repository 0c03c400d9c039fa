// Accepts connections and sends back what it receives; the port of it is examples/server.ts. As
// there, a receive gets its whole segment back after an echo, and the backlog is the longest.

using System.Net;
using System.Net.Sockets;

sealed class Server(int numConnections, int receiveBufferSize)
{
  /// <summary>Segments per connection: one for reading, one for writing.</summary>
  const int opsToPreAlloc = 2;

  readonly byte[] buffer = new byte[receiveBufferSize * numConnections * opsToPreAlloc];
  readonly Stack<SocketAsyncEventArgs> readWritePool = new(numConnections);
  readonly Semaphore maxNumberAcceptedClients = new(numConnections, numConnections);
  readonly Lock counters = new();
  Socket? listenSocket;
  int totalBytesRead;
  int numConnectedSockets;

  /// <summary>One slab for all, and event args for all connections.</summary>
  public void Init()
  {
    for (var i = 0; i < numConnections; i++)
    {
      var readWriteEventArg = new SocketAsyncEventArgs();
      readWriteEventArg.Completed += (_, e) => IoCompleted(e);
      readWriteEventArg.SetBuffer(buffer, i * receiveBufferSize, receiveBufferSize);
      readWritePool.Push(readWriteEventArg);
    }
  }

  public EndPoint Start(IPEndPoint localEndPoint)
  {
    listenSocket = new Socket(localEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    listenSocket.Bind(localEndPoint);
    listenSocket.Listen();
    var acceptEventArg = new SocketAsyncEventArgs();
    acceptEventArg.Completed += (_, e) =>
    {
      ProcessAccept(e);
      StartAccept(e);
    };
    StartAccept(acceptEventArg);
    return listenSocket.LocalEndPoint!;
  }

  void StartAccept(SocketAsyncEventArgs acceptEventArg)
  {
    var willRaiseEvent = false;
    while (!willRaiseEvent)
    {
      maxNumberAcceptedClients.WaitOne();
      acceptEventArg.AcceptSocket = null;
      willRaiseEvent = listenSocket!.AcceptAsync(acceptEventArg);
      if (!willRaiseEvent) ProcessAccept(acceptEventArg);
    }
  }

  void ProcessAccept(SocketAsyncEventArgs e)
  {
    SocketAsyncEventArgs readEventArgs;
    lock (counters)
    {
      numConnectedSockets++;
      Console.WriteLine(
        $"Client connection accepted. There are {numConnectedSockets} clients connected to the server");
      readEventArgs = readWritePool.Pop();
    }
    readEventArgs.UserToken = e.AcceptSocket;
    if (!e.AcceptSocket!.ReceiveAsync(readEventArgs)) ProcessReceive(readEventArgs);
  }

  void IoCompleted(SocketAsyncEventArgs e)
  {
    if (e.LastOperation == SocketAsyncOperation.Receive) ProcessReceive(e);
    else ProcessSend(e);
  }

  void ProcessReceive(SocketAsyncEventArgs e)
  {
    if (e.BytesTransferred == 0 || e.SocketError != SocketError.Success)
    {
      CloseClientSocket(e);
      return;
    }
    lock (counters)
    {
      totalBytesRead += e.BytesTransferred;
      Console.WriteLine($"The server has read a total of {totalBytesRead} bytes");
    }
    e.SetBuffer(e.Offset, e.BytesTransferred);
    if (!((Socket)e.UserToken!).SendAsync(e)) ProcessSend(e);
  }

  void ProcessSend(SocketAsyncEventArgs e)
  {
    if (e.SocketError != SocketError.Success)
    {
      CloseClientSocket(e);
      return;
    }
    e.SetBuffer(e.Offset, receiveBufferSize);
    if (!((Socket)e.UserToken!).ReceiveAsync(e)) ProcessReceive(e);
  }

  void CloseClientSocket(SocketAsyncEventArgs e)
  {
    var socket = (Socket)e.UserToken!;
    try
    {
      socket.Shutdown(SocketShutdown.Send);
    }
    catch (SocketException)
    {
      // The client has closed already.
    }
    socket.Close();
    e.SetBuffer(e.Offset, receiveBufferSize);
    lock (counters)
    {
      numConnectedSockets--;
      readWritePool.Push(e);
      Console.WriteLine(
        $"A client has been disconnected from the server. There are {numConnectedSockets} clients connected to the server");
    }
    maxNumberAcceptedClients.Release();
  }
}
