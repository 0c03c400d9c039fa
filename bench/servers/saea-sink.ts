// A sink over this package: receives into one buffer, and acknowledges each block with a byte.

import { SocketAsyncEventArgs, SocketError, type Socket } from 'socket-async-event-args';

import { runServer } from '../support/saea-listener.js';
import { readServerOptions } from '../support/server-program.js';

const { port, bufferSize, blockSize } = readServerOptions();
const acknowledgement = new Uint8Array(1);

class Sink extends SocketAsyncEventArgs {
  readonly #socket: Socket;
  #blockReceived = 0;

  constructor(socket: Socket) {
    super(true);
    this.#socket = socket;
    this.setBuffer(new Uint8Array(bufferSize), 0, bufferSize);
  }

  start(): void {
    if (!this.#socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    do {
      if (this.socketError !== SocketError.Success || this.bytesTransferred === 0) {
        this.#socket.close();
        return;
      }
      this.#blockReceived += this.bytesTransferred;
      while (this.#blockReceived >= blockSize) {
        this.#blockReceived -= blockSize;
        this.#acknowledge();
      }
    } while (!this.#socket.receiveAsync(this));
  }

  #acknowledge(): void {
    const args = new SocketAsyncEventArgs(true);
    args.setBuffer(acknowledgement, 0, 1);
    // If it fails, the receive fails too.
    this.#socket.sendAsync(args);
  }
}

runServer(port, socket => {
  new Sink(socket).start();
});
