// A sink of datagrams on node:dgram: counts what comes, and answers each block of a sender with the
// byte that names the sender.

import { runDgramServer } from '../support/dgram-server.js';
import { readServerOptions } from '../support/server-program.js';
import { BlockCounter } from '../support/udp.js';

const { port, blockSize } = readServerOptions();
const blocks = new BlockCounter(blockSize);

runDgramServer(port, (socket, message, remote) => {
  if (!blocks.count(message[0], message.length)) return;
  socket.send(message.subarray(0, 1), remote.port, remote.address);
});
