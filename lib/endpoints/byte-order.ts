// Integers and their bytes: network order is big-endian, whatever the processor's own order is.

import { endianness } from 'node:os';

import { ArgumentException, ArgumentOutOfRangeException } from '../errors/argument-exceptions.js';
import { maxUInt32, requireInteger, requireNotNull } from '../internal/validate.js';

const isLittleEndian = endianness() === 'LE';

const minInt16 = -0x8000;
const maxUInt16 = 0xffff;
const minInt32 = -0x80000000;
const minInt64 = -(2n ** 63n);
const maxUInt64 = 2n ** 64n - 1n;

/**
 * Reads four bytes as a signed integer in network order.
 *
 * @internal
 */
export function readInt32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3]
  );
}

/**
 * Writes a 32-bit integer as four bytes in network order.
 *
 * @internal
 */
export function writeInt32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

/**
 * Reverses the four bytes of a 32-bit integer; the result is signed.
 *
 * @internal
 */
export function swapInt32(value: number): number {
  return (
    (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | ((value >>> 24) & 0xff)
  );
}

function swapInt16(value: number): number {
  return swapInt32(value) >> 16;
}

function swapInt64(value: bigint): bigint {
  const low = swapInt32(Number(BigInt.asIntN(32, value)));
  const high = swapInt32(Number(BigInt.asIntN(32, value >> 32n)));
  return (BigInt(low) << 32n) | BigInt.asUintN(32, BigInt(high));
}

function convertInt64(value: bigint, paramName: string): bigint {
  if (value < minInt64 || value > maxUInt64) {
    throw new ArgumentOutOfRangeException(paramName, value, 'A 64-bit integer is needed.');
  }
  return isLittleEndian ? swapInt64(value) : BigInt.asIntN(64, value);
}

/**
 * Converts between the processor's order and network order; the same in both directions.
 *
 * @param value A `bigint` for 64 bits; a number for `sizeBytes`, signed or unsigned.
 * @param sizeBytes 2 or 4; not looked at for a `bigint`.
 * @param paramName The name of `value` in exceptions.
 * @returns a signed integer of the same size.
 * @internal
 */
export function convertByteOrder(
  value: number | bigint,
  sizeBytes: number | undefined,
  paramName: string,
): number | bigint {
  requireNotNull(value, paramName);
  if (typeof value === 'bigint') return convertInt64(value, paramName);
  if (sizeBytes === 2) {
    requireInteger(value, paramName, minInt16, maxUInt16);
    return isLittleEndian ? swapInt16(value) : (value << 16) >> 16;
  }
  if (sizeBytes === 4) {
    requireInteger(value, paramName, minInt32, maxUInt32);
    return isLittleEndian ? swapInt32(value) : value | 0;
  }
  throw new ArgumentException('The size of the integer is 2 or 4 bytes.', 'sizeBytes');
}
