// The figures of a round: flat, by name, so that tables, ratios, files and charts can pick any.

import type { LoadReport } from './load-report.js';

export type Round = Readonly<Record<string, number>>;

const bytesPerMib = 1024 * 1024;
const percent = 100;

/** As many digits as a measurement can have; files stay small and comparable. */
const significantDigits = 5;

export function roundOf(report: LoadReport): Round {
  const { server, latencyUs } = report;
  return trimmed({
    cpuUs: server.cpuUsPerMessage,
    operationsPerSecond: report.messagesPerSecond,
    operations: report.messages,
    seconds: report.seconds,
    backlog: report.backlog,
    comparedBytes: report.comparedBytes,
    p50Us: latencyUs.p50,
    p99Us: latencyUs.p99,
    p999Us: latencyUs.p999,
    maxUs: latencyUs.max,
    residentMib: server.residentBytes / bytesPerMib,
    busyPercent: server.busyShare * percent,
    // Of the CPU time, what threads beside the main one took: collection, compilation, pools.
    helperPercent: (1 - server.mainThreadCpuNs / Math.max(server.cpuNs, 1)) * percent,
    waitPercent: server.waitShare * percent,
    loadBusyPercent: report.loadBusyShare * percent,
    threads: server.threads,
  });
}

export function trimmed(figures: Round): Round {
  const entries = Object.entries(figures).map(
    ([name, value]) => [name, Number(value.toPrecision(significantDigits))] as const,
  );
  return Object.fromEntries(entries);
}
