// The floors in C: bench/native/servers.

import path from 'node:path';
import { output } from '../support/machine.js';
import { plainServer, type Peer, type Places } from './peer.js';

const name = 'floor';

export const floorPeer: Peer = {
  names: [name],
  create: (places: Places) => {
    const program = path.join(places.native, 'floor');
    return [
      {
        ...plainServer,
        name,
        title: 'C: level-triggered epoll, sendfile for files',
        version: output(path.join(places.native, 'content'), ['--version']) ?? 'unknown',
        programs: {
          'tcp-echo': [program, 'tcp-echo'],
          'tcp-echo-lazy': [program, 'tcp-echo'],
          'tcp-sink': [program, 'tcp-sink'],
          'tcp-source': [program, 'tcp-source'],
          'tcp-file': [program, 'tcp-file'],
        },
      },
    ];
  },
};
