// A source over this package: each byte of request brings a block, from one buffer over and over.

import { BlockSender, RequestReader } from '../support/saea-streams.js';
import { runServer } from '../support/saea-listener.js';
import { readContent, readServerOptions } from '../support/server-program.js';

const options = readServerOptions();
const content = readContent(options);
const { bufferSize, blockSize } = options;

class MemorySender extends BlockSender {
  #blockSent = 0;

  protected override sendNext(): boolean {
    this.setBuffer(content, 0, Math.min(bufferSize, blockSize - this.#blockSent));
    return this.socket.sendAsync(this);
  }

  protected override isBlockSent(): boolean {
    this.#blockSent = (this.#blockSent + this.bytesTransferred) % blockSize;
    return this.#blockSent === 0;
  }
}

runServer(options.port, socket => {
  new RequestReader(socket, new MemorySender(socket)).start();
});
