// The file that binding a Unix-domain socket makes. As in .NET it goes when that socket is closed,
// also after the working directory has changed. Unlike .NET, we leave a file alone that somebody
// else has put in its place: docs/decisions/0015-files-of-bound-sockets.md.

import { lstatSync, unlinkSync, type BigIntStats } from 'node:fs';
import { isAbsolute } from 'node:path';

import { UnixDomainSocketEndPoint } from '../endpoints/unix-domain-socket-end-point.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { ArgumentException } from '../errors/argument-exceptions.js';

const nul = 0;

/** A file, and which one it is. */
export interface BoundFile {
  readonly path: Buffer;
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * The absolute path of the file that binding to an endpoint would make; `null` if it makes none.
 *
 * @throws {ArgumentException} "path" for the unnamed endpoint, and for a path with a NUL inside.
 */
export function fileToBind(endPoint: EndPoint): Buffer | null {
  if (!(endPoint instanceof UnixDomainSocketEndPoint)) return null;
  const path = endPoint.pathBytes;
  if (path.length === 0) throw new ArgumentException('The endpoint has no path.', 'path');
  if (path[0] === nul) return null; // an abstract name
  if (path.includes(nul)) throw new ArgumentException('There is a NUL in the path.', 'path');
  return absolute(path);
}

/** Remembers the file that was just made; `null` if it cannot be seen. */
export function identify(path: Buffer): BoundFile | null {
  const found = look(path);
  return found === undefined ? null : { path, device: found.dev, inode: found.ino };
}

const files = new WeakMap<object, BoundFile>();

/** Remembers which file goes with an owner; few have one. */
export function keepFileFor(owner: object, file: BoundFile): void {
  files.set(owner, file);
}

/** Removes the owner's file if it is still there. Never throws. */
export function removeFileOf(owner: object): void {
  const file = files.get(owner);
  files.delete(owner);
  if (file !== undefined) remove(file);
}

function remove({ path, device, inode }: BoundFile): void {
  const found = look(path);
  if (found?.dev !== device || found.ino !== inode) return;
  try {
    unlinkSync(path);
  } catch {
    // Gone in the meantime, or the folder was made read-only: it is nobody's address any more.
  }
}

function look(path: Buffer): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Made absolute and not otherwise changed, so that `..` behind a link means what it meant. */
function absolute(path: Uint8Array): Buffer {
  const bytes = Buffer.from(path);
  // Latin-1 keeps every byte, and what makes a path absolute is ASCII on every system.
  if (isAbsolute(bytes.toString('latin1'))) return bytes;
  return Buffer.concat([Buffer.from(`${workingFolder()}/`), bytes]);
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '.'; // it was removed; binding to a path in it will fail
  }
}
