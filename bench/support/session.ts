// One server and the load against it: started, pinned, ended. Every measurement runs inside one.

import { Child } from './process.js';
import { pinned, type Pinning } from './machine.js';
import { parseLoadReport, type LoadReport } from './load-report.js';
import { contentPath } from './content.js';
import type { Server } from '../peers/peer.js';
import type { Workload } from '../workloads/workload.js';

export interface MeasureOptions {
  /** The folder of the repository. */
  readonly root: string;
  readonly loadProgram: string;
  readonly nativeFolder: string;
  readonly pinning: Pinning;
  readonly seconds: number;
  readonly warmupSeconds: number;
}

const startTimeoutMs = 15_000;
const stopTimeoutMs = 10_000;
/** A server that just died is reported as dead, not as a broken connection. */
const obituaryTimeoutMs = 300;

/** What the load may take beyond its window: connecting, draining, its own deadline of 5 s. */
export const loadSlackMs = 60_000;

export class Session {
  readonly workload: Workload;
  readonly child: Child;
  readonly #options: MeasureOptions;
  readonly #port: string;

  constructor(workload: Workload, options: MeasureOptions, child: Child, port: string) {
    this.workload = workload;
    this.child = child;
    this.#options = options;
    this.#port = port;
  }

  /** Starts the load of the workload, with more options. */
  startLoad(args: readonly string[]): Child {
    const { pinning, loadProgram } = this.#options;
    const command = [loadProgram, ...this.workload.load, '--port', this.#port, ...args];
    const cores = 'loadCore' in pinning ? [pinning.loadCore] : [];
    return new Child('load', pinned(cores, command));
  }
}

/** Waits for the load's end; what it printed. */
export async function finishLoad(load: Child, timeoutMs: number): Promise<LoadReport> {
  await awaitSuccess(load, timeoutMs);
  return parseLoadReport(load.takeOutput());
}

/** Waits for the load to say that all came back right. */
export async function awaitSuccess(load: Child, timeoutMs: number): Promise<void> {
  try {
    const { code } = await load.waitForExit(timeoutMs);
    if (code !== 0) throw new Error(load.complaints || `load ended with code ${code}`);
  } finally {
    await load.kill();
  }
}

/** The warm-up of a server: what was asked for, and at least what its compiler needs. */
export function warmupSecondsOf(server: Server, options: MeasureOptions): number {
  return Math.max(server.warmupSeconds, options.warmupSeconds);
}

/** Runs `use` against a fresh server that has to live through it and to end as it should. */
export async function withServer<T>(
  server: Server,
  workload: Workload,
  options: MeasureOptions,
  extraArguments: readonly string[],
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const command = [...serverCommand(server, workload, options), ...extraArguments];
  const cores = serverCores(workload, options.pinning);
  const child = new Child(server.name, pinned(cores, command), server.environment);
  try {
    const [, port = ''] = await child.waitForLine('stdout', /^listening (\d+)$/, startTimeoutMs);
    const result = await use(new Session(workload, options, child, port));
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

function serverCores(workload: Workload, pinning: Pinning): readonly number[] {
  if ('missing' in pinning) return [];
  return workload.part === 'tcp-echo-two-threads' ? pinning.threadCores : [pinning.serverCore];
}

/** The command line of a server, by the contract of server-program.ts. */
function serverCommand(server: Server, workload: Workload, options: MeasureOptions): string[] {
  const program = server.programs[workload.part];
  if (program === undefined) throw new Error(`${server.name} does not play ${workload.part}`);
  const command = [
    ...program,
    ...['--port', '0'],
    ...['--buffer-size', String(workload.bufferSize)],
    ...['--connections', String(workload.connectionCount)],
    ...['--block-size', String(workload.blockBytes)],
  ];
  if (workload.content === null) return command;
  return [...command, '--content', contentPath(options.nativeFolder, workload.content)];
}
