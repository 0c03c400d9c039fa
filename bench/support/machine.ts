// What a figure is worth depends on where it was measured: machine, kernel, versions, commit, load.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

export interface Machine {
  readonly cpuModel: string;
  readonly coreCount: number;
  readonly memoryGib: number;
  readonly kernel: string;
  readonly architecture: string;
  readonly node: string;
}

export interface Commit {
  readonly id: string;
  /** There were changes that are in no commit. */
  readonly isDirty: boolean;
}

/** The cores that server and load are pinned to, or why they are not. */
export type Pinning =
  | {
      readonly serverCore: number;
      readonly loadCore: number;
      /** Of servers with two threads: two cores where the load has one of its own besides. */
      readonly threadCores: readonly number[];
    }
  | { readonly missing: string };

const bytesPerGib = 1024 ** 3;

export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cpuModel: cpus[0]?.model ?? 'unknown',
    coreCount: cpus.length,
    memoryGib: Math.round((os.totalmem() / bytesPerGib) * 10) / 10,
    kernel: `${os.type()} ${os.release()}`,
    architecture: os.arch(),
    node: process.version,
  };
}

export function describeCommit(root: string): Commit {
  const id = output('git', ['-C', root, 'rev-parse', '--short', 'HEAD']) ?? 'no-commit';
  const changes = output('git', [
    ...['-C', root, 'status', '--porcelain', '--', '.'],
    // What the run before this one has written.
    ...[':!bench/results', ':!docs/performance.md', ':!docs/performance'],
  ]);
  return { id, isDirty: changes !== '' };
}

/** The first allowed core for the server, the second for the load. */
export function choosePinning(): Pinning {
  if (output('taskset', ['--version']) === null) return { missing: 'there is no taskset' };
  const cores = allowedCores();
  const serverCore = cores.at(0);
  const loadCore = cores.at(1);
  const thirdCore = cores.at(2);
  if (serverCore === undefined || loadCore === undefined) {
    return { missing: 'this process may use one core only' };
  }
  const threadCores = thirdCore === undefined ? [serverCore] : [serverCore, thirdCore];
  return { serverCore, loadCore, threadCores };
}

/** The command, bound to cores; as it is without any. */
export function pinned(cores: readonly number[], command: readonly string[]): readonly string[] {
  return cores.length === 0 ? command : ['taskset', '-c', cores.join(','), ...command];
}

/** What a program prints, trimmed; null when it is not there or fails. */
export function output(program: string, args: readonly string[]): string | null {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  return result.status === 0 ? result.stdout.trim() : null;
}

function allowedCores(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap(range => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
