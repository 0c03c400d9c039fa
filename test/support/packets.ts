// Files and elements for SendPackets, and what arrives of them.

import { writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import {
  type SendPacketsElement,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { newPath } from './folder.js';
import { finish } from './operations.js';
import { eventArgs } from './sockets.js';
import { receiveAll } from './transfer.js';

export type Elements = readonly (SendPacketsElement | null)[];

/** Bytes that tell their place: no two windows of three are the same within 64 KiB. */
export function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i % 251) ^ (i >> 8);
  return bytes;
}

export function newFile(content: Uint8Array | string): string {
  const path = newPath();
  writeFileSync(path, content);
  return path;
}

const opened: FileHandle[] = [];

afterEach(async () => {
  for (const file of opened.splice(0)) await file.close();
});

/** Opens a file; it is closed after the test. */
export async function openFile(path: string, flags = 'r'): Promise<FileHandle> {
  const file = await open(path, flags);
  opened.push(file);
  return file;
}

export function packetArgs(...elements: Elements): SocketAsyncEventArgs {
  const e = eventArgs();
  e.sendPacketsElements = elements;
  return e;
}

/** Sends packets, ends the stream, and reads at the other end. */
export async function sendPackets(
  client: Socket,
  server: Socket,
  e: SocketAsyncEventArgs,
): Promise<Buffer> {
  const [received] = await Promise.all([
    receiveAll(server),
    finish(e, each => client.sendPacketsAsync(each)).then(() => {
      client.shutdown(SocketShutdown.Send);
    }),
  ]);
  return Buffer.from(received);
}
