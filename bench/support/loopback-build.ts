// Builds the addon whose sends perform nothing (bench/native/loopback), with CMake into
// build/bench-loopback: another folder than the product's, and another file.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const buildTimeoutMs = 600_000;

/** The path of the addon, built when something changed. */
export function buildLoopback(root: string): string {
  const folder = path.join(root, 'build', 'bench-loopback');
  runCmake(['-S', root, '-B', folder, '-DSAEA_LOOPBACK=ON', '-DCMAKE_BUILD_TYPE=Release']);
  runCmake(['--build', folder, '--target', 'socket_async_event_args', '--parallel']);
  return path.join(folder, 'socket_async_event_args.node');
}

function runCmake(args: readonly string[]): void {
  const result = spawnSync('cmake', args, { encoding: 'utf8', timeout: buildTimeoutMs });
  if (result.status === 0) return;
  const said = [result.stdout, result.stderr, result.error?.message].join('');
  throw new Error(`cmake ${args.join(' ')} failed:\n${said}`);
}
