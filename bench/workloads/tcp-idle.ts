// Ten thousand connections that do nothing: what each costs the server in memory, before and after
// its first message.

import { loadOptions, type Workload } from './workload.js';

const connections = 10_000;

export const tcpIdleWorkloads: readonly Workload[] = [
  {
    name: 'tcp-idle',
    group: 'tcp-idle',
    title: '10,000 idle TCP connections',
    part: 'tcp-echo-lazy',
    method: 'idle',
    operation: 'connection',
    bufferSize: 4096,
    connectionCount: connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('tcp-idle', { connections, size: 64 }),
    figures: [
      { key: 'idleBytes', title: 'B/connection, idle' },
      { key: 'messagedBytes', title: 'B/connection, after a message' },
      { key: 'baseMib', title: 'before, MiB' },
    ],
    countedOperations: { heap: 0, calls: 0 },
    judged: 'saea-zero-byte',
    goals: [{ than: null, atMost: 1024 }],
    note:
      'Growth of anonymous resident memory (RssAnon) from 100 open connections to 10,100, after a ' +
      'full collection where the runtime offers one; memory of the kernel is not in it.',
  },
];
