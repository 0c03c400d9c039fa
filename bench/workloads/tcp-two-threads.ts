// Two worker threads that share a port by SO_REUSEPORT, against one thread.

import {
  cpuFigure,
  latencyFigures,
  loadOptions,
  ourName,
  throughputFigures,
  type Workload,
} from './workload.js';

const connections = 128;

export const tcpTwoThreadsWorkloads: readonly Workload[] = [
  {
    name: 'tcp-two-threads',
    group: 'tcp-two-threads',
    title: 'TCP echo, 64 B × 128 connections, one thread and two that share the port',
    part: 'tcp-echo-two-threads',
    method: 'saturated',
    operation: 'message',
    bufferSize: 4096,
    connectionCount: connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('tcp-echo', { connections, size: 64 }),
    figures: [cpuFigure('message'), ...throughputFigures('message'), ...latencyFigures],
    countedOperations: { heap: 0, calls: 0 },
    judged: 'saea-two-threads',
    // Twice the cores at this price per message do 1.8 times the work.
    goals: [{ than: ourName, atMost: 1.11 }],
    note:
      'With fewer than four cores all server threads share one core with each other, and messages/s ' +
      'cannot show a gain; then CPU time per message is the figure to read: when two threads ' +
      'need as much per message as one, two cores do twice the work.',
  },
];
