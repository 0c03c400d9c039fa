// Serving over node:dgram, shared by its servers.

import dgram from 'node:dgram';

import { announce, host, onTerminate } from './server-program.js';
import { receiveBufferBytes } from './udp.js';

export function runDgramServer(
  port: number,
  serve: (socket: dgram.Socket, message: Buffer, remote: dgram.RemoteInfo) => void,
): void {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: receiveBufferBytes });
  socket.on('message', (message, remote) => {
    serve(socket, message, remote);
  });
  socket.bind(port, host, () => {
    announce(socket.address().port);
  });
  onTerminate(() => socket.close());
}
