// One measurement: a fresh server, the load against it, both ended. Every wait has a deadline; a
// measurement that cannot be trusted to the end throws.

import { Child } from './process.js';
import { pinned, type Pinning } from './machine.js';
import { parseLoadReport, parseNumbers, type LoadReport } from './load-report.js';
import type { HeapReport } from './heap-report.js';
import { serverCommand, type Server } from './servers.js';
import { loadArguments, type Workload } from './workloads.js';

export interface MeasureOptions {
  readonly loadProgram: string;
  readonly pinning: Pinning;
  readonly seconds: number;
  readonly warmupSeconds: number;
}

export interface HeapFigures {
  readonly messages: number;
  readonly report: HeapReport;
}

const startTimeoutMs = 15_000;
const stopTimeoutMs = 5_000;
/** A server that just died is reported as dead, not as a broken connection. */
const obituaryTimeoutMs = 300;
const heapTimeoutMs = 10_000;
/** What the load may take beyond its window: connecting, draining, its own deadline of 5 s. */
const loadSlackMs = 30_000;
const heapRunTimeoutMs = 300_000;

/** A round: CPU time, rates and latencies over the measured window. */
export async function measureRound(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
): Promise<LoadReport> {
  return withServer(server, workload, options, [], async (child, port) => {
    const windowMs = (options.warmupSeconds + options.seconds) * 1000;
    const load = startLoad(workload, options, port, [
      ...['--server-pid', String(child.pid)],
      ...['--warmup', String(options.warmupSeconds)],
      ...['--seconds', String(options.seconds)],
    ]);
    return finishLoad(load, windowMs + loadSlackMs);
  });
}

/**
 * Heap bytes over an exact number of messages: the load stands still at both ends of its window
 * while the server is asked.
 */
export async function measureHeap(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
): Promise<HeapFigures> {
  return withServer(server, workload, options, ['--heap-report'], async (child, port) => {
    const load = startLoad(workload, options, port, [
      ...['--server-pid', String(child.pid)],
      ...['--warmup', String(options.warmupSeconds)],
      ...['--messages', String(workload.heapMessageCount)],
      // The marks are answered when the server has answered; collecting may take it a while.
      ...['--timeout', String((2 * heapTimeoutMs) / 1000)],
      '--marks',
    ]);
    try {
      await load.waitForLine('stderr', /^mark start$/, heapRunTimeoutMs);
      child.signal('SIGUSR2');
      await child.waitForLine('stdout', /^heap begun$/, heapTimeoutMs);
      load.send('go on');
      await load.waitForLine('stderr', /^mark end$/, heapRunTimeoutMs);
      child.signal('SIGUSR2');
      const [, json = ''] = await child.waitForLine('stdout', /^heap ended (.*)$/, heapTimeoutMs);
      load.send('go on');
      const { messages } = await finishLoad(load, loadSlackMs);
      return { messages, report: parseHeapReport(json) };
    } finally {
      await load.kill();
    }
  });
}

async function withServer<T>(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
  extraArguments: readonly string[],
  use: (child: Child, port: string) => Promise<T>,
): Promise<T> {
  const core = 'serverCore' in options.pinning ? options.pinning.serverCore : null;
  const command = [...serverCommand(server, workload), ...extraArguments];
  const child = new Child(server.name, pinned(core, command));
  try {
    const [, port = ''] = await child.waitForLine('stdout', /^listening (\d+)$/, startTimeoutMs);
    const result = await use(child, port);
    const complaint = await child.stop(stopTimeoutMs);
    if (complaint !== null) throw new Error(complaint);
    return result;
  } catch (error) {
    // What became of the server, and what it said last, may be the very reason.
    await child.waitForExit(obituaryTimeoutMs).catch(() => {});
    const said = child.complaints === '' ? null : `${server.name} said: ${child.complaints}`;
    const more = child.obituary ?? said;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(more === null || reason.includes(more) ? reason : `${reason}; ${more}`);
  } finally {
    await child.kill();
  }
}

function startLoad(
  workload: Workload,
  options: MeasureOptions,
  port: string,
  args: readonly string[],
): Child {
  const core = 'loadCore' in options.pinning ? options.pinning.loadCore : null;
  const command = [options.loadProgram, ...loadArguments(workload), '--port', port, ...args];
  return new Child('load', pinned(core, command));
}

async function finishLoad(load: Child, timeoutMs: number): Promise<LoadReport> {
  try {
    const { code } = await load.waitForExit(timeoutMs);
    if (code !== 0) throw new Error(load.complaints || `load ended with code ${code}`);
    return parseLoadReport(load.takeOutput());
  } finally {
    await load.kill();
  }
}

function parseHeapReport(json: string): HeapReport {
  return parseNumbers(json, [
    'allocatedBytes',
    'collections',
    'collectionUs',
    'usedBytes',
    'externalBytes',
  ]);
}
