// The buffer family of SocketAsyncEventArgs: .NET's rules of what may be set when, and the
// registration with native, which happens here and never per operation.

import { ArgumentException } from '../errors/argument-exceptions.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { binding } from './binding.js';
import { regionOf } from './memory.js';
import type { Operation } from './operation.js';
import { requireBytes, requireInteger, requireNotNull, maxInt32 } from './validate.js';

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
  operation.buffer = null;
  operation.offset = 0;
  operation.count = 0;
}

function register(operation: Operation, memory: Uint8Array, paramName: string): void {
  const region = regionOf(memory, paramName);
  binding.setBuffer(operation.slot, region, memory.byteOffset, memory.byteLength);
  operation.memory = memory;
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
  if (operation.bufferList !== null) refuseBoth();
  requireWindow(offset, count, buffer.length);
  if (operation.memory !== buffer) register(operation, buffer, 'buffer');
  operation.buffer = buffer;
  operation.offset = offset;
  operation.count = count;
}

/** SetBuffer(int, int): the hot one, which every echo calls. */
export function setWindow(operation: Operation, offset: number, count: number): void {
  operation.requireFree();
  const { memory } = operation;
  if (memory === null) return;
  requireWindow(offset, count, memory.length);
  if (operation.buffer === null) {
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
  if (memory === null || memory.length === 0) {
    clear(operation);
    return;
  }
  requireBytes(memory, 'buffer');
  if (operation.bufferList !== null) refuseBoth();
  requireInteger(memory.length, 'buffer', 0, maxInt32);
  if (operation.memory !== memory) register(operation, memory, 'buffer');
  operation.buffer = null;
  operation.offset = 0;
  operation.count = memory.length;
}

/** The BufferList setter. The segments are captured here; changing the list later has no effect. */
export function setBufferList(operation: Operation, list: readonly Uint8Array[] | null): void {
  operation.requireFree();
  if (list === null) {
    if (operation.bufferList !== null) binding.clearBuffer(operation.slot);
    operation.bufferList = null;
    return;
  }
  if (operation.memory !== null) refuseBoth();
  const segments = [...list];
  for (const segment of segments) requireBytes(segment, 'value');
  const regions = segments.map(segment => regionOf(segment, 'value'));
  binding.beginBufferList(operation.slot, segments.length);
  segments.forEach((segment, index) => {
    const region = regions[index];
    requireNotNull(region, 'value');
    binding.setSegment(operation.slot, index, region, segment.byteOffset, segment.byteLength);
  });
  operation.bufferList = list;
  operation.segments = segments;
}
