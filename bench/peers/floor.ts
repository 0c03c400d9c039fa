// The floors in C: bench/native/servers.

import path from 'node:path';
import { output } from '../support/machine.js';
import { plainServer, type Peer, type Places } from './peer.js';

const name = 'floor';
const singleName = 'floor-single';

export const floorPeer: Peer = {
  names: [name, singleName],
  create: (places: Places) => {
    const program = path.join(places.native, 'floor');
    const udpProgram = path.join(places.native, 'udp_floor');
    const version = output(path.join(places.native, 'content'), ['--version']) ?? 'unknown';
    return [
      {
        ...plainServer,
        name,
        title: 'C: level-triggered epoll; sendfile for files, recvmmsg and sendmmsg for datagrams',
        version,
        programs: {
          'tcp-echo': [program, 'tcp-echo'],
          'tcp-echo-lazy': [program, 'tcp-echo'],
          'tcp-sink': [program, 'tcp-sink'],
          'tcp-source': [program, 'tcp-source'],
          'tcp-file': [program, 'tcp-file'],
          'udp-echo': [udpProgram, 'udp-echo', '--batch', '64'],
          'udp-sink': [udpProgram, 'udp-sink', '--batch', '64'],
        },
      },
      {
        ...plainServer,
        name: singleName,
        title: 'C: recvfrom and sendto',
        version,
        programs: {
          'udp-echo': [udpProgram, 'udp-echo', '--batch', '1'],
          'udp-sink': [udpProgram, 'udp-sink', '--batch', '1'],
        },
      },
    ];
  },
};
