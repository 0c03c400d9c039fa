// Echo over this package, the way a server that cares is written: event args and buffers made
// beforehand, no async context, and onCompleted overridden instead of a handler.

import {
  BufferManager,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  type Socket,
} from 'socket-async-event-args';

/** Connections that serve, and those that wait to. */
export class EchoPool {
  readonly #idle: EchoConnection[] = [];

  constructor(bufferSize: number, connectionCount: number) {
    const buffers = new BufferManager(bufferSize * connectionCount, bufferSize);
    buffers.initBuffer();
    for (let i = 0; i < connectionCount; i++) {
      this.#idle.push(new EchoConnection(buffers, bufferSize, this.#idle));
    }
  }

  readonly serve = (socket: Socket): void => {
    const connection = this.#idle.pop();
    if (connection === undefined) socket.close();
    else connection.serve(socket);
  };
}

class EchoConnection extends SocketAsyncEventArgs {
  readonly #bufferSize: number;
  readonly #idle: EchoConnection[];
  #socket: Socket | null = null;

  constructor(buffers: BufferManager, bufferSize: number, idle: EchoConnection[]) {
    super(true);
    buffers.setBuffer(this);
    this.#bufferSize = bufferSize;
    this.#idle = idle;
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
        this.setBuffer(this.offset, this.#bufferSize);
        isPending = socket.receiveAsync(this);
      }
    }
  }

  #end(socket: Socket): void {
    socket.close();
    this.#socket = null;
    this.setBuffer(this.offset, this.#bufferSize);
    this.#idle.push(this);
  }
}
