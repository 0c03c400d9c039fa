// Makes sure that the addon is the other half of this very version, and states the type of every
// native function: the whole boundary between JavaScript and C++ is in this file.

import * as abi from './abi.js';
import { BindingError } from './binding-error.js';
import { takeGivenBinding } from './given-binding.js';
import { thisProcess } from './host.js';
import { loadAddon } from './load-addon.js';

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
  readonly completions: ArrayBuffer;
  readonly submissions: ArrayBuffer;
  readonly mailbox: ArrayBuffer;
  addChunk(): ArrayBuffer | undefined;
  createSlab(byteLength: number): { buffer: ArrayBuffer; region: Region } | undefined;
  /** `undefined` in a thread that is being terminated: it runs on for a moment. */
  registerMemory(buffer: ArrayBuffer): Region | undefined;
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
  /** `undefined`: see `registerMemory`. */
  createPackets(): Packets | undefined;
  addPacketBytes(packets: Packets, region: Region, byteOffset: number, byteLength: number): void;
  addPacketPath(packets: Packets, path: string, offset: number, length: number): boolean;
  addPacketFile(packets: Packets, descriptor: number, offset: number, length: number): boolean;
  dropPackets(packets: Packets): void;
  attachPackets(slot: Slot, packets: Packets): void;

  // Operations.
  submit(): void;
  cancel(handle: Handle, slot: Slot): boolean;
  setDispatch(dispatch: () => void, resource: object): void;
}

/** What the addon's file exports: a binding for each copy of this package that is loaded. */
interface Addon {
  /** `sharesCalls`: whether sends and receives may be performed several at a time (io_uring). */
  open(sharesCalls: boolean): Binding;
}

function shakeHands(addon: Partial<Addon>, sharesCalls: boolean): Binding {
  const candidate = addon.open?.(sharesCalls);
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

const host = thisProcess();
const { addon, path } = loadAddon(host, takeGivenBinding());

/** The file that the addon came from; undefined where the program gave the addon itself. */
export const bindingPath: string | undefined = path;

/** What native has made for this copy of lib. It lives as long as this object, which lives here. */
export const environment: Binding = shakeHands(addon, host.sharesCalls);

/** A copy: V8 keeps what was made property by property in a form that is slow to read. */
export const binding: Binding = { ...environment };
