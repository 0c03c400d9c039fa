// Finds and loads the addon, makes sure that it is the other half of this very version, and states
// the type of every native function: the whole boundary between JavaScript and C++ is in this file.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import * as abi from './abi.js';

/** Registered memory, by reference; only native can look inside. */
export interface Region {
  readonly __region: never;
}

/** What sendPackets sends, by reference; only native can look inside. */
export interface Packets {
  readonly __packets: never;
}

/** Index of an open socket in native's table. */
export type Handle = number;

/** Index of an operation in the table that both sides share. */
export type Slot = number;

/**
 * What the addon exports. Calls that can fail answer `false` or `-1` and leave the reason in the
 * mailbox; addresses and option values travel there too. Arguments are checked before: native
 * takes a wrong one for a bug of ours and stops the process.
 */
export interface Binding {
  readonly abi: Readonly<Record<string, number>>;

  // Memory.
  readonly ring: ArrayBuffer;
  readonly mailbox: ArrayBuffer;
  addChunk(): ArrayBuffer | undefined;
  createSlab(byteLength: number): { buffer: ArrayBuffer; region: Region } | undefined;
  registerMemory(buffer: ArrayBuffer): Region;
  setBuffer(slot: Slot, region: Region, byteOffset: number, byteLength: number): void;
  clearBuffer(slot: Slot): void;
  beginBufferList(slot: Slot, count: number): void;
  setSegment(
    slot: Slot,
    index: number,
    region: Region,
    byteOffset: number,
    byteLength: number,
  ): void;

  // Sockets.
  createSocket(addressFamily: number, socketType: number, protocolType: number): Handle;
  adoptSocket(descriptor: number): Handle;
  ownsDescriptor(descriptor: number): boolean;
  bind(handle: Handle): boolean;
  listen(handle: Handle, backlog: number): boolean;
  shutdown(handle: Handle, how: number): boolean;
  close(handle: Handle, isAbortive: boolean): void;
  closeAfter(handle: Handle, timeoutMs: number): void;
  getLocalAddress(handle: Handle): boolean;
  getRemoteAddress(handle: Handle): boolean;
  getAvailable(handle: Handle): number;
  isAtMark(handle: Handle): number;
  isReady(handle: Handle, selectMode: number): number;
  getDescriptor(handle: Handle): number;
  setReferenced(handle: Handle, isReferenced: boolean): void;
  openSocketCount(): number;

  // Options.
  setOption(handle: Handle, level: number, name: number, byteLength: number): boolean;
  getOption(handle: Handle, level: number, name: number, capacity: number): number;
  setOptionBytes(handle: Handle, level: number, name: number, bytes: Uint8Array): boolean;
  getOptionBytes(handle: Handle, level: number, name: number, bytes: Uint8Array): number;
  setRawOption(handle: Handle, level: number, name: number, bytes: Uint8Array): boolean;
  getRawOption(handle: Handle, level: number, name: number, bytes: Uint8Array): number;

  // What sendPackets sends. A length of -1 goes to the end of the file.
  createPackets(): Packets;
  addPacketBytes(packets: Packets, region: Region, byteOffset: number, byteLength: number): void;
  addPacketPath(packets: Packets, path: string, offset: number, length: number): boolean;
  addPacketFile(packets: Packets, descriptor: number, offset: number, length: number): boolean;
  dropPackets(packets: Packets): void;
  attachPackets(slot: Slot, packets: Packets): void;

  // Operations.
  submit(handle: Handle, slot: Slot): number;
  cancel(handle: Handle, slot: Slot): boolean;
  setDispatch(dispatch: () => void, resource: object): void;
}

/** What the addon's file exports: a binding for each copy of this package that is loaded. */
interface Addon {
  open(): Binding;
}

/** The addon cannot be loaded here; `code` says why. */
class BindingError extends Error {
  override readonly name = 'BindingError';
  readonly code: BindingErrorCode;

  constructor(code: BindingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

type BindingErrorCode =
  'ERR_SAEA_NO_BINARY' | 'ERR_SAEA_WRONG_BINARY' | 'ERR_SAEA_UNSUPPORTED_RUNTIME';

const binaryName = 'socket_async_event_args.node';

function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Where the addon may lie, best first. */
function candidates(): string[] {
  // For tests of another build, such as one with sanitizers; then nothing else will do.
  const named = process.env['SAEA_BINDING'];
  if (named !== undefined && named !== '') return [named];
  const root = packageRoot();
  return [join(root, 'build', 'Release', binaryName), join(root, 'build', 'Debug', binaryName)];
}

function load(): Addon {
  // Bun ends the whole process when an addon uses libuv's sockets, so it must not even be loaded.
  if (process.versions['bun'] !== undefined) {
    throw new BindingError(
      'ERR_SAEA_UNSUPPORTED_RUNTIME',
      'socket-async-event-args needs libuv, which Bun does not have. Use Bun.listen there.',
    );
  }
  const failures: string[] = [];
  for (const path of candidates()) {
    if (!existsSync(path)) {
      failures.push(`${path}: no such file`);
      continue;
    }
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- import cannot load an addon
      return require(path) as Addon;
    } catch (error) {
      failures.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new BindingError(
    'ERR_SAEA_NO_BINARY',
    `No addon for ${process.platform}-${process.arch} could be loaded. Tried:\n` +
      failures.map(failure => `  ${failure}`).join('\n'),
  );
}

function shakeHands(addon: Partial<Addon>): Binding {
  const candidate = addon.open?.();
  if (candidate === undefined) {
    throw new BindingError('ERR_SAEA_WRONG_BINARY', 'The addon is of another version.');
  }
  for (const [name, ours] of Object.entries(abi)) {
    const theirs = candidate.abi[name];
    if (theirs !== ours) {
      throw new BindingError(
        'ERR_SAEA_WRONG_BINARY',
        `The addon is of another version: its ${name} is ${String(theirs)}, not ${ours}.`,
      );
    }
  }
  return candidate;
}

export const binding: Binding = shakeHands(load());
