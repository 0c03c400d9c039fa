// Echo by the clock, with time to spare: latencies that users see, not those of a full queue.

import {
  cpuFigure,
  latencyFigure,
  loadOptions,
  ourName,
  type Method,
  type Workload,
} from './workload.js';

const connections = 64;

function halfLoad(name: string, title: string, method: Method, note: string): Workload {
  return {
    name,
    group: 'tcp-half-load',
    title,
    part: 'tcp-echo',
    method,
    operation: 'message',
    bufferSize: 4096,
    connectionCount: connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('tcp-echo', { connections, size: 64 }),
    figures: [
      latencyFigure.p999,
      latencyFigure.p50,
      latencyFigure.p99,
      latencyFigure.max,
      { key: 'operationsPerSecond', title: 'messages/s' },
      { key: 'backlog', title: 'backlog' },
      cpuFigure('message'),
      { key: 'busyPercent', title: 'busy %' },
      { key: 'waitPercent', title: 'waits %' },
    ],
    countedOperations: { heap: 200_000, calls: 0 },
    judged: ourName,
    goals: [{ than: 'net', atMost: 0.5 }],
    note,
  };
}

export const tcpHalfLoadWorkloads: readonly Workload[] = [
  halfLoad(
    'tcp-half-load',
    'TCP echo, 64 B × 64 connections, at half load',
    'half-of-own',
    'Each server is asked for half of what it reached saturated: a faster one gets more to do.',
  ),
  halfLoad(
    'tcp-same-load',
    'TCP echo, 64 B × 64 connections, the same load for all',
    'half-of-slowest',
    'All servers are asked for half of what the slowest of them reached saturated.',
  ),
];
