// What a server allocates on the JavaScript heap, in a run of its own: over an exact number of
// operations, or over a time when operations are sent by the clock.

import type { Server } from '../peers/peer.js';
import type { Workload } from '../workloads/workload.js';
import type { HeapReport } from './heap-report.js';
import { parseNumbers } from './load-report.js';
import type { Child } from './process.js';
import {
  finishLoad,
  loadSlackMs,
  warmupSecondsOf,
  withServer,
  type MeasureOptions,
} from './session.js';

export interface HeapFigures {
  readonly operations: number;
  readonly report: HeapReport;
}

const answerTimeoutMs = 10_000;
const runTimeoutMs = 300_000;

/** By the clock: seconds that a window is shorter than the load's at each end. */
const marginSeconds = 0.1;

/**
 * The warm-up, at least. V8 shrinks the heap of a new process twice, some 9 s after its start and, where
 * hardly anything is allocated, 9 s later, and collects a young generation of survivors until then; that
 * is paid per process, not per operation.
 */
const settledSeconds = 22;

function heapWarmupSeconds(server: Server, options: MeasureOptions): number {
  return Math.max(settledSeconds, warmupSecondsOf(server, options));
}

/** The load stands still at both ends of its window while the server is asked. */
export async function measureHeap(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
): Promise<HeapFigures> {
  return withServer(server, workload, options, ['--heap-report'], async session => {
    const load = session.startLoad([
      ...['--server-pid', String(session.child.pid)],
      ...['--warmup', String(heapWarmupSeconds(server, options))],
      ...['--messages', String(workload.countedOperations.heap)],
      // The marks are answered when the server has answered; collecting may take it a while.
      ...['--timeout', String((2 * answerTimeoutMs) / 1000)],
      '--marks',
    ]);
    try {
      await load.waitForLine('stderr', /^mark start$/, runTimeoutMs);
      await beginWindow(session.child);
      load.send('go on');
      await load.waitForLine('stderr', /^mark end$/, runTimeoutMs);
      const report = await endWindow(session.child);
      load.send('go on');
      const { messages } = await finishLoad(load, loadSlackMs);
      return { operations: messages, report };
    } finally {
      await load.kill();
    }
  });
}

/** While operations come by the clock, which nobody stops. */
export async function measureHeapAtRate(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
  ratePerSecond: number,
): Promise<HeapFigures> {
  return withServer(server, workload, options, ['--heap-report'], async session => {
    const warmupSeconds = heapWarmupSeconds(server, options);
    const load = session.startLoad([
      ...['--server-pid', String(session.child.pid)],
      ...['--warmup', String(warmupSeconds)],
      ...['--seconds', String(options.seconds)],
      ...['--rate', ratePerSecond.toFixed(0)],
    ]);
    try {
      await passed(warmupSeconds + marginSeconds);
      await beginWindow(session.child);
      await passed(Math.max(options.seconds - 2 * marginSeconds, marginSeconds));
      const report = await endWindow(session.child);
      const { messagesPerSecond } = await finishLoad(load, loadSlackMs);
      const operations = Math.round((messagesPerSecond * report.windowUs) / 1_000_000);
      return { operations, report };
    } finally {
      await load.kill();
    }
  });
}

async function beginWindow(server: Child): Promise<void> {
  server.signal('SIGUSR2');
  await server.waitForLine('stdout', /^heap begun$/, answerTimeoutMs);
}

async function endWindow(server: Child): Promise<HeapReport> {
  server.signal('SIGUSR2');
  const [, json = ''] = await server.waitForLine('stdout', /^heap ended (.*)$/, answerTimeoutMs);
  return parseNumbers(json, [
    'allocatedBytes',
    'collections',
    'collectionUs',
    'usedBytes',
    'windowUs',
    'externalBytes',
  ]);
}

function passed(seconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, seconds * 1000);
  });
}
