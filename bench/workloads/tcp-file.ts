// A file of 256 MiB, sent again and again to one and to sixteen clients.

import {
  bytesPerMib,
  cpuFigure,
  loadOptions,
  ourName,
  throughputFigures,
  type Workload,
} from './workload.js';

const fileMib = 256;
const sizeBytes = fileMib * bytesPerMib;

/** A prime: bytes from a wrong place of the file are wrong bytes. */
const periodBytes = 65_521;

function file(connections: number): Workload {
  const clients = connections === 1 ? '1 client' : `${connections} clients`;
  return {
    name: `tcp-file-${connections}`,
    group: 'tcp-file',
    title: `File of ${fileMib} MiB to ${clients}`,
    part: 'tcp-file',
    method: 'saturated',
    operation: 'MiB',
    bufferSize: 65_536,
    connectionCount: connections,
    blockBytes: sizeBytes,
    content: { sizeBytes, periodBytes },
    load: loadOptions('tcp-fetch', { connections, size: sizeBytes, period: periodBytes }),
    figures: [cpuFigure('MiB'), ...throughputFigures('MiB')],
    countedOperations: { heap: 16 * fileMib, calls: 16 * fileMib },
    judged: ourName,
    goals: [
      { than: 'floor', atMost: 1.1 },
      { than: 'net', atMost: 0.5 },
    ],
    note: null,
  };
}

export const tcpFileWorkloads: readonly Workload[] = [file(1), file(16)];
