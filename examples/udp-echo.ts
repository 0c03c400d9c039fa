// A UDP echo server: sends each datagram back to where it came from. Many receives are outstanding on
// the one socket, and the system serves them by one call; what their handlers send leaves by one
// call too.
//
//   node dist/examples/udp-echo.js 7000

import {
  AddressFamily,
  BufferManager,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

/** How many datagrams can be on their way through the server at once. */
const outstanding = 64;
/** The longest datagram that comes back whole; longer ones are cut. */
const bufferSize = 2048;

/** Receives a datagram, sends it back, and so on, until the socket is closed. */
class Echo extends SocketAsyncEventArgs {
  readonly #server: UdpEchoServer;

  constructor(server: UdpEchoServer, buffers: BufferManager) {
    super(true); // no async context is kept: nothing at all is allocated per datagram
    this.#server = server;
    buffers.setBuffer(this);
    // Says which family senders are of; each receive then puts the sender here.
    this.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
  }

  start(): void {
    if (!this.#server.socket.receiveFromAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    let isPending = false;
    while (!isPending) {
      if (this.socketError === SocketError.OperationAborted) return; // the server has stopped
      isPending = this.#next();
    }
  }

  #next(): boolean {
    const { socket } = this.#server;
    const isReceived = this.lastOperation === SocketAsyncOperation.ReceiveFrom;
    // One datagram that cannot be sent, or an error that an earlier one has come back with, is no
    // reason not to serve the next.
    if (isReceived && this.socketError === SocketError.Success) {
      this.#server.datagramCount++;
      this.setBuffer(this.offset, this.bytesTransferred);
      return socket.sendToAsync(this); // remoteEndPoint is the sender, and nobody has to look at it
    }
    this.setBuffer(this.offset, bufferSize);
    return socket.receiveFromAsync(this);
  }
}

export class UdpEchoServer {
  readonly socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
  /** Datagrams received so far. */
  datagramCount = 0;

  /** Binds the socket and begins to serve. */
  start(localEndPoint: IPEndPoint): void {
    this.socket.bind(localEndPoint);
    const buffers = new BufferManager(bufferSize * outstanding, bufferSize);
    buffers.initBuffer();
    for (let i = 0; i < outstanding; i++) new Echo(this, buffers).start();
  }

  get localEndPoint(): IPEndPoint {
    return this.socket.localEndPoint as IPEndPoint;
  }

  stop(): void {
    this.socket.close();
  }
}

if (require.main === module) {
  const server = new UdpEchoServer();
  server.start(new IPEndPoint(IPAddress.Loopback, Number(process.argv[2] ?? '0')));
  console.log(`Listening on ${server.localEndPoint.toString()}`);
  process.once('SIGINT', () => {
    server.stop();
    console.log(`${server.datagramCount} datagrams were served. Goodbye.`);
  });
}
