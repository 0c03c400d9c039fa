// Builds the load generator and the floors with CMake, into build/bench. CMake itself decides what
// is out of date: a second run compiles nothing.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface NativeBuild {
  readonly folder: string;
  readonly load: string;
  /** What the reader of the report should know. */
  readonly notes: readonly string[];
}

const buildTimeoutMs = 300_000;

/** Throws when there is no load generator in the end; without it nothing can be measured. */
export function buildNative(root: string): NativeBuild {
  const source = path.join(root, 'bench', 'native');
  const folder = path.join(root, 'build', 'bench');
  const build = { folder, load: path.join(folder, 'load') };
  if (process.platform !== 'linux') {
    throw new Error('the benchmark needs Linux: its load generator uses epoll and /proc');
  }
  if (spawnSync('cmake', ['--version']).status !== 0) {
    if (!existsSync(build.load)) throw new Error('cmake is needed to build the load generator');
    return {
      ...build,
      notes: ['cmake is missing: build/bench is used as it is, perhaps outdated'],
    };
  }
  if (!existsSync(path.join(folder, 'CMakeCache.txt'))) {
    console.log('building the load generator into build/bench');
    runCmake(['-S', source, '-B', folder, '-DCMAKE_BUILD_TYPE=Release']);
  }
  runCmake(['--build', folder]);
  return { ...build, notes: [] };
}

function runCmake(args: readonly string[]): void {
  const result = spawnSync('cmake', args, { encoding: 'utf8', timeout: buildTimeoutMs });
  if (result.status === 0) return;
  const said = [result.stdout, result.stderr, result.error?.message].join('');
  throw new Error(
    `cmake ${args.join(' ')} failed (when the project has moved, remove build/bench):\n${said}`,
  );
}
