// Echo over this package, the way a server that cares is written: event args and buffers made
// beforehand, no async context, and onCompleted overridden instead of a handler.

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

import {
  announce,
  listenBacklog,
  onTerminate,
  readServerOptions,
} from '../support/server-program.js';

const { port, bufferSize, connectionCount } = readServerOptions();

const buffers = new BufferManager(bufferSize * connectionCount, bufferSize);
buffers.initBuffer();
const idle: Connection[] = [];

class Connection extends SocketAsyncEventArgs {
  #socket: Socket | null = null;

  constructor() {
    super(true);
    buffers.setBuffer(this);
  }

  serve(socket: Socket): void {
    this.#socket = socket;
    if (!socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    const socket = this.#socket;
    if (socket === null) return;
    let isPending = false;
    while (!isPending) {
      const isReceived = this.lastOperation === SocketAsyncOperation.Receive;
      if (this.socketError !== SocketError.Success || (isReceived && this.bytesTransferred === 0)) {
        this.#end(socket);
        return;
      }
      if (isReceived) {
        this.setBuffer(this.offset, this.bytesTransferred);
        isPending = socket.sendAsync(this);
      } else {
        this.setBuffer(this.offset, bufferSize);
        isPending = socket.receiveAsync(this);
      }
    }
  }

  #end(socket: Socket): void {
    socket.close();
    this.#socket = null;
    this.setBuffer(this.offset, bufferSize);
    idle.push(this);
  }
}

for (let i = 0; i < connectionCount; i++) idle.push(new Connection());

const listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.noDelay = true; // accepted sockets inherit it
listener.bind(new IPEndPoint(IPAddress.Loopback, port));
listener.listen(listenBacklog);

const acceptArgs = new SocketAsyncEventArgs(true);
acceptArgs.on('completed', accepted);

function accepted(): void {
  let isPending = false;
  while (!isPending) {
    const socket = acceptArgs.acceptSocket;
    if (acceptArgs.socketError === SocketError.OperationAborted) return;
    if (socket !== null) {
      const connection = idle.pop();
      if (connection === undefined) socket.close();
      else connection.serve(socket);
    }
    acceptArgs.acceptSocket = null;
    isPending = listener.acceptAsync(acceptArgs);
  }
}

accepted();
announce((listener.localEndPoint as IPEndPoint).port);
onTerminate(() => {
  process.exit(0);
});
