// Echo of datagrams: several sockets of the load, many datagrams in flight, one socket of the server.

import {
  cpuFigure,
  latencyFigures,
  loadOptions,
  ourName,
  throughputFigures,
  type Goal,
  type Workload,
} from './workload.js';

const connections = 8;
const depth = 32;

function echo(size: number, goals: readonly Goal[]): Workload {
  return {
    name: `udp-echo-${size}b`,
    group: 'udp-echo',
    title: `UDP echo, ${size} B × ${connections} sockets × ${depth} in flight`,
    part: 'udp-echo',
    method: 'saturated',
    operation: 'datagram',
    bufferSize: 2048,
    connectionCount: connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('udp-echo', { connections, size, depth }),
    figures: [cpuFigure('datagram'), ...throughputFigures('datagram'), ...latencyFigures],
    countedOperations: { heap: 300_000, calls: 20_000 },
    judged: ourName,
    goals,
    note: 'The floor makes one recvmmsg and one sendmmsg for up to 64 datagrams; floor-single one recvfrom and one sendto for each.',
  };
}

export const udpEchoWorkloads: readonly Workload[] = [
  echo(64, [
    { than: 'floor', atMost: 1.15 },
    { than: 'net', atMost: 0.4 },
    { than: 'bun', atMost: 1 },
    { than: 'dotnet', atMost: 1 },
  ]),
  echo(1200, []),
];
