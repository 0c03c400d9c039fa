// System calls per operation, counted by strace over an exact number of operations, in a run of its
// own: tracing slows a server down, so nothing else of that run is worth anything. A traced server is
// always behind, so that a wake-up serves more operations than it would otherwise; calls that belong
// to the operations themselves are not changed by that.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Server } from '../peers/peer.js';
import type { Workload } from '../workloads/workload.js';
import { output } from './machine.js';
import { Child } from './process.js';
import { finishLoad, warmupSecondsOf, withServer, type MeasureOptions } from './session.js';

export interface CallFigures {
  readonly operations: number;
  /** How often each call was made, and how many of those failed. */
  readonly calls: Readonly<Record<string, { readonly made: number; readonly failed: number }>>;
}

const attachTimeoutMs = 15_000;

/** Connecting, warming up and the counted operations take seconds; a server that hangs gets no more. */
const runTimeoutMs = 60_000;

/** A row of the summary: calls, errors (or nothing), name. */
const rowPattern = /^\s*(\d+)\s+(\d*)\s+(\w+)\s*$/;

/** Why nothing can be traced here; null when it can. */
export function whyNoTracing(): string | null {
  return output('strace', ['-V']) === null ? 'there is no strace' : null;
}

export async function measureCalls(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
): Promise<CallFigures> {
  return withServer(server, workload, options, [], async session => {
    const load = session.startLoad([
      ...['--server-pid', String(session.child.pid)],
      ...['--warmup', String(warmupSecondsOf(server, options))],
      ...['--messages', String(workload.countedOperations.calls)],
      ...['--timeout', String((2 * attachTimeoutMs) / 1000)],
      '--marks',
    ]);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'saea-bench-'));
    const summary = path.join(folder, 'summary');
    try {
      await load.waitForLine('stderr', /^mark start$/, runTimeoutMs);
      const tracer = await attach(session.child.pid, summary);
      try {
        load.send('go on');
        await load.waitForLine('stderr', /^mark end$/, runTimeoutMs);
      } finally {
        await detach(tracer);
      }
      load.send('go on');
      const { messages } = await finishLoad(load, runTimeoutMs);
      return { operations: messages, calls: parseSummary(readFileSync(summary, 'utf8')) };
    } finally {
      await load.kill();
      rmSync(folder, { recursive: true });
    }
  });
}

async function attach(pid: number, summary: string): Promise<Child> {
  const options = ['-f', '-c', '-S', 'calls', '-U', 'calls,errors,name'];
  const tracer = new Child('strace', ['strace', ...options, '-o', summary, '-p', String(pid)]);
  try {
    await tracer.waitForLine('stderr', /attached/, attachTimeoutMs);
    return tracer;
  } catch (error) {
    await tracer.kill();
    throw error;
  }
}

async function detach(tracer: Child): Promise<void> {
  // strace lets go of the server and writes its summary.
  tracer.signal('SIGINT');
  await tracer.waitForExit(attachTimeoutMs).catch(() => {});
  await tracer.kill();
}

function parseSummary(text: string): CallFigures['calls'] {
  const calls: Record<string, { made: number; failed: number }> = {};
  for (const line of text.split('\n')) {
    const [, made = '', failed = '', name = 'total'] = rowPattern.exec(line) ?? [];
    if (name !== 'total') calls[name] = { made: Number(made), failed: Number(failed) };
  }
  return calls;
}
