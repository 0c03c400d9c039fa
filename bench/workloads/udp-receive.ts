// Datagrams in one direction: several sockets of the load, one socket of the server, which answers a
// block of datagrams with one.

import { cpuFigure, loadOptions, ourName, throughputFigures, type Workload } from './workload.js';

const connections = 8;
const size = 64;
/** In flight: what fits into the receive buffer of a server on any Linux, so that none is lost. */
const depth = 32;
const block = 16;

export const udpReceiveWorkloads: readonly Workload[] = [
  {
    name: 'udp-receive',
    group: 'udp-receive',
    title: `UDP one-way receive, ${size} B × ${connections} sockets × ${depth} in flight`,
    part: 'udp-sink',
    method: 'saturated',
    operation: 'datagram',
    bufferSize: 2048,
    connectionCount: connections,
    blockBytes: block * size,
    content: null,
    load: loadOptions('udp-push', { connections, size, depth, block }),
    figures: [cpuFigure('datagram'), ...throughputFigures('datagram')],
    countedOperations: { heap: 300_000, calls: 20_000 },
    judged: ourName,
    goals: [],
    note:
      `The server answers every ${block} datagrams of a sender with one of a byte; so all of them ` +
      'are known to have arrived. The floor makes one recvmmsg for up to 64 datagrams; ' +
      'floor-single one recvfrom for each.',
  },
];
