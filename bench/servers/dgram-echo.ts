// UDP echo on node:dgram, the fast honest way: the message that was given is sent back to where it
// came from, without a callback.

import dgram from 'node:dgram';

import { announce, host, onTerminate, readServerOptions } from '../support/server-program.js';
import { receiveBufferBytes } from '../support/udp.js';

const { port } = readServerOptions();

const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: receiveBufferBytes });
socket.on('message', (message, { port: remotePort, address }) => {
  socket.send(message, remotePort, address);
});
socket.bind(port, host, () => {
  announce(socket.address().port);
});

onTerminate(() => socket.close());
