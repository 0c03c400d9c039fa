// What is read out of a round: the figure that a workload is judged by, and the ones beside it.
// Each is one column of the table.

import type { LoadReport } from './load-report.js';

export interface Figure {
  readonly title: string;
  readonly of: (report: LoadReport) => number;
}

/** The figure that servers are compared by: what a message costs, whatever the load could send. */
export const cpuUsPerMessage: Figure = {
  title: 'CPU µs/message',
  of: report => report.server.cpuUsPerMessage,
};

const bytesPerMib = 1024 * 1024;
const percent = 100;

/** The columns after the main figure and its ratios, medians only. */
export const sideFigures: readonly Figure[] = [
  { title: 'messages/s', of: report => report.messagesPerSecond },
  { title: 'p50 µs', of: report => report.latencyUs.p50 },
  { title: 'p99 µs', of: report => report.latencyUs.p99 },
  { title: 'p99.9 µs', of: report => report.latencyUs.p999 },
  { title: 'RSS MiB', of: report => report.server.residentBytes / bytesPerMib },
  { title: 'busy %', of: report => report.server.busyShare * percent },
  { title: 'waits %', of: report => report.server.waitShare * percent },
];
