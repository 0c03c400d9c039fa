// A sink over this package: receives into one buffer, and acknowledges each block with a byte.

import { SocketAsyncEventArgs } from 'socket-async-event-args';

import { runServer } from '../support/saea-listener.js';
import { Receiver } from '../support/saea-streams.js';
import { readServerOptions } from '../support/server-program.js';

const { port, bufferSize, blockSize } = readServerOptions();
const acknowledgement = new Uint8Array(1);

class Sink extends Receiver {
  #blockReceived = 0;

  protected override take(byteLength: number): void {
    this.#blockReceived += byteLength;
    while (this.#blockReceived >= blockSize) {
      this.#blockReceived -= blockSize;
      this.#acknowledge();
    }
  }

  #acknowledge(): void {
    const args = new SocketAsyncEventArgs(true);
    args.setBuffer(acknowledgement, 0, 1);
    // If it fails, the receive fails too.
    this.socket.sendAsync(args);
  }
}

runServer(port, socket => {
  new Sink(socket, bufferSize).start();
});
