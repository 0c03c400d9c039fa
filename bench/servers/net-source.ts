// A source on node:net: each byte of request brings a block, written piece by piece as long as
// write() asks for more, and then on 'drain'.

import { runNetServer } from '../support/net-server.js';
import { readContent, readServerOptions } from '../support/server-program.js';

const options = readServerOptions();
const content = readContent(options);
const { bufferSize, blockSize } = options;

runNetServer(options.port, socket => {
  let left = 0;
  let isWaiting = false;
  const send = (): void => {
    isWaiting = false;
    while (left > 0 && !isWaiting) {
      // Blocks are whole buffers, so content begins anew with each of both.
      left -= bufferSize;
      isWaiting = !socket.write(content);
    }
  };
  socket.on('drain', send);
  socket.on('data', requests => {
    left += requests.length * blockSize;
    if (!isWaiting) send();
  });
});
