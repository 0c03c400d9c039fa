// Serving over node:net, shared by its servers: no delay on small messages, errors ignored.

import net from 'node:net';
import { announce, host, listenBacklog, onTerminate } from './server-program.js';

export function runNetServer(port: number, serve: (socket: net.Socket) => void): void {
  const server = net.createServer({ noDelay: true }, socket => {
    // A client that resets its connection is the load's affair; it reports it itself.
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  server.listen({ port, host, backlog: listenBacklog }, () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    announce(address.port);
  });
  onTerminate(() => server.close());
}
