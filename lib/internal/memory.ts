// Registers memory with native, each ArrayBuffer once for as long as it lives: the WeakMap keeps a
// buffer's region exactly as long as the buffer.

import { types } from 'node:util';

import { ArgumentException } from '../errors/argument-exceptions.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { binding, type Region } from './binding.js';

const regions = new WeakMap<ArrayBuffer, Region>();

/**
 * Reads a property as the engine has it. An object may carry a property of its own of that name; if
 * native were told what that says, it would take it for a bug of ours.
 */
function intrinsic<T extends object, K extends keyof T>(
  prototype: object,
  name: K,
): (of: T) => T[K] {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) as { get: (this: T) => T[K] };
  return of => get.call(of);
}

const viewPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;

export const bufferOf = intrinsic<Uint8Array, 'buffer'>(viewPrototype, 'buffer');
export const byteOffsetOf = intrinsic<Uint8Array, 'byteOffset'>(viewPrototype, 'byteOffset');
export const byteLengthOf = intrinsic<Uint8Array, 'byteLength'>(viewPrototype, 'byteLength');

const isResizable = intrinsic<ArrayBuffer & { resizable: boolean }, 'resizable'>(
  ArrayBuffer.prototype,
  'resizable',
) as (buffer: ArrayBuffer) => boolean;

/** What a `Uint8Array` must be made of, so that its memory can be handed to the system. */
function backingOf(view: Uint8Array, paramName: string): ArrayBuffer {
  const buffer = bufferOf(view);
  // Not instanceof: the view may come from another realm (node:vm, jest).
  if (!types.isArrayBuffer(buffer)) {
    throw new ArgumentException('Memory shared between threads cannot be used.', paramName);
  }
  // Shrinking would take pages away under an operation in flight.
  if (isResizable(buffer)) {
    throw new ArgumentException('A resizable ArrayBuffer cannot be used.', paramName);
  }
  return buffer;
}

/**
 * The region of the memory that a view lies in, registered on first use.
 *
 * @throws {ArgumentException} if the memory is shared or resizable.
 */
export function regionOf(view: Uint8Array, paramName: string): Region {
  const buffer = backingOf(view, paramName);
  let region = regions.get(buffer);
  if (region === undefined) {
    region = binding.registerMemory(buffer);
    if (region === undefined) {
      throw new InvalidOperationException('The thread is being terminated.');
    }
    regions.set(buffer, region);
  }
  return region;
}

/**
 * A slab: zeroed, page-aligned memory that native owns. Where the embedder forbids that (Electron),
 * and where there is none left for native, it is V8's.
 */
export function createSlab(byteLength: number): Uint8Array {
  const slab = binding.createSlab(byteLength);
  if (slab === undefined) return new Uint8Array(byteLength);
  regions.set(slab.buffer, slab.region);
  return new Uint8Array(slab.buffer);
}
