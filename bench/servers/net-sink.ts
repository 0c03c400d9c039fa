// A sink on node:net: counts what comes, and acknowledges each block with a byte.

import { runNetServer } from '../support/net-server.js';
import { readServerOptions } from '../support/server-program.js';

const { port, blockSize } = readServerOptions();
const acknowledgement = Buffer.alloc(1);

runNetServer(port, socket => {
  let blockReceived = 0;
  socket.on('data', chunk => {
    blockReceived += chunk.length;
    while (blockReceived >= blockSize) {
      blockReceived -= blockSize;
      socket.write(acknowledgement);
    }
  });
});
