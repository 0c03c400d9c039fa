// Folders for tests, removed after the last test: Windows keeps what is still open. Their paths are
// short: that of a Unix-domain socket has 107 bytes at most.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the paths of all of them begin. */
export const pathsBegin = join(tmpdir(), 'saea-');

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The path of a new folder. */
export function newFolder(): string {
  const folder = mkdtempSync(pathsBegin);
  made.push(folder);
  return folder;
}

/** A path in a new folder, where nothing is yet. */
export function newPath(name = 'x'): string {
  return join(newFolder(), name);
}
