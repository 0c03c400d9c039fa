// Node's own sockets and streams.

import { nodeProgram, nodeServer } from './node-programs.js';
import type { Peer, Places } from './peer.js';

const name = 'net';

export const nodeNetPeer: Peer = {
  names: [name],
  create: (places: Places) => [
    {
      ...nodeServer,
      name,
      title: 'node:net and node:dgram; files by stream.pipeline(createReadStream)',
      version: `node ${process.version}`,
      programs: {
        'tcp-echo': nodeProgram(places, 'net-echo.js'),
        'tcp-echo-lazy': nodeProgram(places, 'net-echo.js'),
        'tcp-sink': nodeProgram(places, 'net-sink.js'),
        'tcp-source': nodeProgram(places, 'net-source.js'),
        'tcp-file': nodeProgram(places, 'net-file.js'),
        'udp-echo': nodeProgram(places, 'dgram-echo.js'),
        'udp-sink': nodeProgram(places, 'dgram-sink.js'),
      },
    },
  ],
};
