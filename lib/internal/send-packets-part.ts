// What a SendPacketsElement stands for. Read through an upcall and not from the element's own
// properties, which belong to whoever has derived a class from it.

import type { FileHandle } from 'node:fs/promises';

/** Bytes if there is `memory`; a part of a file if there is `filePath` or `fileStream`. */
export interface SendPacketsPart {
  readonly filePath: string | null;
  readonly fileStream: FileHandle | number | null;
  readonly buffer: Uint8Array | null;
  readonly memory: Uint8Array | null;
  readonly offset: number;
  /** 0 means up to the end, for files. */
  readonly count: number;
}
