// A file server over this package: each byte of request brings the whole file, by sendPacketsAsync.

import { SendPacketsElement } from 'socket-async-event-args';

import { BlockSender, RequestReader } from '../support/saea-streams.js';
import { runServer } from '../support/saea-listener.js';
import { readServerOptions } from '../support/server-program.js';

const { port, contentPath } = readServerOptions();

class FileSender extends BlockSender {
  readonly #elements = [new SendPacketsElement(contentPath)];

  protected override sendNext(): boolean {
    this.sendPacketsElements = this.#elements;
    return this.socket.sendPacketsAsync(this);
  }

  protected override isBlockSent(): boolean {
    return true;
  }
}

runServer(port, socket => {
  new RequestReader(socket, new FileSender(socket)).start();
});
