// UDP echo on node:dgram, the fast honest way: the message that was given is sent back to where it
// came from, without a callback.

import { runDgramServer } from '../support/dgram-server.js';
import { readServerOptions } from '../support/server-program.js';

runDgramServer(readServerOptions().port, (socket, message, remote) => {
  socket.send(message, remote.port, remote.address);
});
