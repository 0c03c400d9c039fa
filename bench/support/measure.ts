// The rounds themselves: CPU time, rates and latencies over a window, or the memory of idle
// connections. A measurement that cannot be trusted to the end throws.

import { readFileSync } from 'node:fs';
import type { Server } from '../peers/peer.js';
import { bytesPerMib, type Workload } from '../workloads/workload.js';
import { roundOf, trimmed, type Round } from './figures.js';
import {
  awaitSuccess,
  finishLoad,
  loadSlackMs,
  warmupSecondsOf,
  withServer,
  type MeasureOptions,
  type Session,
} from './session.js';

/** How long a server may take to collect its garbage, or the load to make its connections. */
const idleTimeoutMs = 60_000;

/** A window of time; by the clock when a rate is given. */
export async function measureWindow(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
  ratePerSecond: number | null,
): Promise<Round> {
  return withServer(server, workload, options, [], async session => {
    const warmupSeconds = warmupSecondsOf(server, options);
    const load = session.startLoad([
      ...['--server-pid', String(session.child.pid)],
      ...['--warmup', String(warmupSeconds)],
      ...['--seconds', String(options.seconds)],
      ...(ratePerSecond === null ? [] : ['--rate', ratePerSecond.toFixed(0)]),
    ]);
    const windowMs = (warmupSeconds + options.seconds) * 1000;
    return roundOf(await finishLoad(load, windowMs + loadSlackMs));
  });
}

/** Memory per connection; the load says when which connections are there. */
export async function measureIdle(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
): Promise<Round> {
  const collect = server.canCollect ? ['--collect'] : [];
  return withServer(server, workload, options, collect, async session => {
    const load = session.startLoad(['--marks', '--timeout', String(idleTimeoutMs / 1000)]);
    try {
      const readAt = async (name: string): Promise<number> => {
        await load.waitForLine('stderr', new RegExp(`^mark ${name}$`), idleTimeoutMs);
        const bytes = await settledBytes(server, session);
        load.send('go on');
        return bytes;
      };
      const base = await readAt('warm');
      const idle = await readAt('idle');
      const messaged = await readAt('messaged');
      await awaitSuccess(load, loadSlackMs);
      return trimmed({
        idleBytes: (idle - base) / workload.connectionCount,
        messagedBytes: (messaged - base) / workload.connectionCount,
        baseMib: base / bytesPerMib,
      });
    } finally {
      await load.kill();
    }
  });
}

async function settledBytes(server: Server, session: Session): Promise<number> {
  if (server.canCollect) {
    session.child.signal('SIGUSR2');
    await session.child.waitForLine('stdout', /^collected$/, idleTimeoutMs);
  }
  return anonymousBytes(session.child.pid);
}

/** Memory that is the process's own: heaps and stacks, without mapped files and shared pages. */
function anonymousBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = /^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error('this kernel does not tell RssAnon');
  return Number(kib) * 1024;
}
