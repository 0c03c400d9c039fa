// Connections that live for one message: connect, echo, close.

import {
  cpuFigure,
  latencyFigures,
  loadOptions,
  ourName,
  throughputFigures,
  type Workload,
} from './workload.js';

const connections = 64;

export const tcpConnectWorkloads: readonly Workload[] = [
  {
    name: 'tcp-connect',
    group: 'tcp-connect',
    title: 'TCP connect + echo of 64 B + close, 64 at a time',
    part: 'tcp-echo',
    method: 'saturated',
    operation: 'connection',
    bufferSize: 4096,
    // Those that are over for the load may not yet be over for the server.
    connectionCount: 4 * connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('tcp-connect', { connections, size: 64 }),
    figures: [cpuFigure('connection'), ...throughputFigures('connection'), ...latencyFigures],
    countedOperations: { heap: 20_000, calls: 5000 },
    judged: ourName,
    goals: [{ than: 'floor', atMost: 1.25 }],
    note: null,
  },
];
