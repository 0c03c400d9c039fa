// turbo-net, an addon over libuv's TCP handles.

import { nodeProgram, nodeServer } from './node-programs.js';
import { npmPackage } from './npm-packages.js';
import type { Peer, Places } from './peer.js';

const name = 'turbo-net';

export const turboNetPeer: Peer = {
  names: [name],
  create: (places: Places) => {
    const { folder, version, missing } = npmPackage(places.root, name);
    const play = (part: string): readonly string[] =>
      nodeProgram(places, 'turbo-net-server.js', folder, part);
    return [
      {
        ...nodeServer,
        name,
        title: 'turbo-net',
        version: `${version} on node ${process.version}`,
        missing,
        programs: {
          'tcp-echo': play('tcp-echo'),
          'tcp-echo-lazy': play('tcp-echo'),
          'tcp-sink': play('tcp-sink'),
          'tcp-source': play('tcp-source'),
        },
      },
    ];
  },
};
