// The files that sources send, made once by build/bench/content, beside it.

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Content } from '../workloads/workload.js';

/** The path of the file with these bytes; makes it when it is not there. */
export function contentPath(nativeFolder: string, content: Content): string {
  const { sizeBytes, periodBytes } = content;
  const file = path.join(nativeFolder, `content-${sizeBytes}-${periodBytes}.bin`);
  if (existsSync(file) && statSync(file).size === sizeBytes) return file;
  // Under another name until it is complete.
  const draft = `${file}.draft`;
  const descriptor = openSync(draft, 'w');
  const args = ['--size', String(sizeBytes), '--period', String(periodBytes)];
  const { status, stderr } = spawnSync(path.join(nativeFolder, 'content'), args, {
    stdio: ['ignore', descriptor, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(descriptor);
  if (status !== 0) throw new Error(`cannot make ${file}: ${stderr}`);
  renameSync(draft, file);
  return file;
}
