// Registers memory with native, each ArrayBuffer once for as long as it lives: the WeakMap keeps a
// buffer's region exactly as long as the buffer.

import { ArgumentException } from '../errors/argument-exceptions.js';
import { binding, type Region } from './binding.js';

const regions = new WeakMap<ArrayBuffer, Region>();

/** What a `Uint8Array` must be made of, so that its memory can be handed to the system. */
function backingOf(view: Uint8Array, paramName: string): ArrayBuffer {
  const { buffer } = view;
  if (!(buffer instanceof ArrayBuffer)) {
    throw new ArgumentException('Memory shared between threads cannot be used.', paramName);
  }
  // Shrinking would take pages away under an operation in flight.
  if ((buffer as { resizable?: boolean }).resizable === true) {
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
