// The buffer family of SocketAsyncEventArgs: .NET's rules of what may be set when, and the
// registration with native, which happens here and never per operation.

import { ArgumentException } from '../errors/argument-exceptions.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { binding } from './binding.js';
import { byteLengthOf, byteOffsetOf, regionOf } from './memory.js';
import type { Operation } from './operation.js';
import {
  maxInt32,
  requireArray,
  requireBytes,
  requireInt32,
  requireInteger,
  requireNotNull,
} from './validate.js';

function refuseBoth(): never {
  throw new ArgumentException('A buffer and a BufferList cannot be used at the same time.');
}

/** Throws unless [offset, offset + count) lies inside `length` bytes. */
function requireWindow(offset: number, count: number, length: number): void {
  requireInteger(offset, 'offset', 0, Math.min(length, maxInt32));
  requireInteger(count, 'count', 0, Math.min(length - offset, maxInt32));
}

function clear(operation: Operation): void {
  if (operation.memory !== null) binding.clearBuffer(operation.slot);
  operation.memory = null;
  operation.memoryLength = 0;
  operation.hasArray = false;
  operation.offset = 0;
  operation.count = 0;
}

function register(operation: Operation, memory: Uint8Array, length: number): void {
  if (operation.memory === memory) return;
  const region = regionOf(memory, 'buffer');
  operation.ownSlot();
  binding.setBuffer(operation.slot, region, byteOffsetOf(memory), length);
  operation.memory = memory;
  operation.memoryLength = length;
}

/** SetBuffer(byte[], int, int). */
export function setArray(
  operation: Operation,
  buffer: Uint8Array | null,
  offset: number,
  count: number,
): void {
  operation.requireFree();
  if (buffer === null) {
    clear(operation);
    return;
  }
  requireBytes(buffer, 'buffer');
  if (operation.extras.bufferList !== null) refuseBoth();
  const length = byteLengthOf(buffer);
  requireWindow(offset, count, length);
  register(operation, buffer, length);
  operation.hasArray = true;
  operation.offset = offset;
  operation.count = count;
}

/** SetBuffer(int, int): the hot one, which every echo calls. */
export function setWindow(operation: Operation, offset: number, count: number): void {
  operation.requireFree();
  if (operation.memory === null) {
    requireInt32(offset, 'offset');
    requireInt32(count, 'count');
    return;
  }
  requireWindow(offset, count, operation.memoryLength);
  if (!operation.hasArray) {
    throw new InvalidOperationException(
      'The window of a buffer given as memory cannot be changed; give another view of it.',
    );
  }
  operation.offset = offset;
  operation.count = count;
}

/** SetBuffer(Memory<byte>). */
export function setMemory(operation: Operation, memory: Uint8Array | null): void {
  operation.requireFree();
  if (memory !== null) requireBytes(memory, 'buffer');
  const length = memory === null ? 0 : byteLengthOf(memory);
  if (memory === null || length === 0) {
    clear(operation);
    return;
  }
  if (operation.extras.bufferList !== null) refuseBoth();
  requireInteger(length, 'buffer', 0, maxInt32);
  register(operation, memory, length);
  operation.hasArray = false;
  operation.offset = 0;
  operation.count = length;
}

/** The BufferList setter. The segments are captured here; changing the list later has no effect. */
export function setBufferList(operation: Operation, list: readonly Uint8Array[] | null): void {
  // First of all, as iterating may run code of the user's, which may start an operation.
  const segments = Array.isArray(list) ? [...(list as readonly Uint8Array[])] : [];
  operation.requireFree();
  if (list === null) {
    if (operation.extras.bufferList === null) return;
    binding.clearBuffer(operation.slot);
    operation.ownExtras.bufferList = null;
    operation.ownExtras.segments = null;
    return;
  }
  if (operation.memory !== null) refuseBoth();
  requireArray(list, 'value');
  for (const segment of segments) requireBytes(segment, 'segment');
  const regions = segments.map(segment => regionOf(segment, 'segment'));
  operation.ownSlot();
  binding.beginBufferList(operation.slot, segments.length);
  segments.forEach((segment, index) => {
    const region = regions[index];
    requireNotNull(region, 'value');
    const byteLength = byteLengthOf(segment);
    binding.setSegment(operation.slot, index, region, byteOffsetOf(segment), byteLength);
  });
  operation.ownExtras.bufferList = list;
  operation.ownExtras.segments = segments;
}
