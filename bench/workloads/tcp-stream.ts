// One-way streams over one connection, in buffers of 64 KiB: into the server, and out of it.

import {
  bytesPerMib,
  cpuFigure,
  loadOptions,
  ourName,
  peerGoals,
  throughputFigures,
  type Workload,
} from './workload.js';

const bufferSize = 65_536;
const blockMib = 64;

/** Two blocks in flight: the next one has begun before the last one is done. */
const depth = 2;

function stream(
  direction: Pick<Workload, 'name' | 'title' | 'part' | 'content' | 'load'>,
): Workload {
  return {
    ...direction,
    group: 'tcp-stream',
    method: 'saturated',
    operation: 'MiB',
    bufferSize,
    connectionCount: 1,
    blockBytes: blockMib * bytesPerMib,
    figures: [cpuFigure('MiB'), ...throughputFigures('MiB')],
    countedOperations: { heap: 32 * blockMib, calls: 8 * blockMib },
    judged: ourName,
    goals: [{ than: 'floor', atMost: 1.05 }, ...peerGoals],
    note: null,
  };
}

const size = blockMib * bytesPerMib;

export const tcpStreamWorkloads: readonly Workload[] = [
  stream({
    name: 'tcp-stream-in',
    title: 'One-way stream into the server, 1 connection, 64 KiB buffers',
    part: 'tcp-sink',
    content: null,
    load: loadOptions('tcp-push', { size, depth }),
  }),
  stream({
    name: 'tcp-stream-out',
    title: 'One-way stream out of the server, 1 connection, 64 KiB buffers',
    part: 'tcp-source',
    content: { sizeBytes: bufferSize, periodBytes: bufferSize },
    load: loadOptions('tcp-fetch', { size, depth, period: bufferSize }),
  }),
];
