// TCP echo on node:net, the fast honest way: one listener per socket that writes the chunk it was
// given, no pipe, no promises, no delay on small messages. Node chooses its receive buffers itself
// (64 KiB per read; `onread`, which reuses one, is not offered for accepted sockets), so
// --buffer-size has no effect here. Back pressure is the load's: it has a bounded number of
// messages in flight.

import net from 'node:net';
import {
  announce,
  host,
  listenBacklog,
  onTerminate,
  readServerOptions,
} from '../support/server-program.js';

const options = readServerOptions();

const server = net.createServer({ noDelay: true }, socket => {
  socket.on('data', chunk => socket.write(chunk));
  // A client that resets its connection is the load's affair; it reports it itself.
  socket.on('error', () => socket.destroy());
});

server.listen({ port: options.port, host, backlog: listenBacklog }, () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  announce(address.port);
});

onTerminate(() => server.close());
