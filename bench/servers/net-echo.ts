// TCP echo on node:net, the fast honest way: one listener per socket that writes the chunk it was
// given, no pipe, no promises. Node chooses its receive buffers itself (64 KiB per read; `onread`,
// which reuses one, is not offered for accepted sockets), so --buffer-size has no effect here. Back
// pressure is the load's: it has a bounded number of messages in flight.

import { runNetServer } from '../support/net-server.js';
import { readServerOptions } from '../support/server-program.js';

runNetServer(readServerOptions().port, socket => {
  socket.on('data', chunk => socket.write(chunk));
});
