// A file server on node:net: each byte of request brings the whole file, through
// stream.pipeline(createReadStream) with reads of 64 KiB, Node's default.

import { createReadStream } from 'node:fs';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { runNetServer } from '../support/net-server.js';
import { readServerOptions } from '../support/server-program.js';

const { port, contentPath } = readServerOptions();

async function sendFiles(socket: Socket): Promise<void> {
  for await (const requests of socket.iterator({ destroyOnReturn: false })) {
    for (let i = 0; i < (requests as Buffer).length; i++) {
      await pipeline(createReadStream(contentPath), socket, { end: false });
    }
  }
}

runNetServer(port, socket => {
  // A client that goes away in the middle of a file is no event here.
  sendFiles(socket).catch(() => socket.destroy());
});
