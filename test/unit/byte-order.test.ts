import { endianness } from 'node:os';

import { readInt32, writeInt32 } from '../../lib/endpoints/byte-order.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';

const isLittleEndian = endianness() === 'LE';

// What .NET gives for short, int and long.
test.each([
  [0x1234, 2, 13330],
  [0x00ff, 2, -256],
  [-256, 2, 0x00ff],
  [0xff00, 2, 0x00ff],
  [0x12345678, 4, 2018915346],
  [0xff, 4, -16777216],
  [-1, 4, -1],
  [0xfffffffe, 4, -16777217],
] as const)('%p of %i bytes becomes %p where bytes are swapped', (host, size, network) => {
  const bits = size * 8;
  const expected = isLittleEndian ? network : Number(BigInt.asIntN(bits, BigInt(host)));
  expect(IPAddress.hostToNetworkOrder(host, size)).toBe(expected);
  expect(IPAddress.networkToHostOrder(host, size)).toBe(expected);
});

test.each([
  [0x123456789abcdef0n, -1090226688147180526n],
  [-1090226688147180526n, 0x123456789abcdef0n],
  [0xffn, -72057594037927936n],
  [2n ** 64n - 1n, -1n],
])('the long %p becomes %p where bytes are swapped', (host, network) => {
  const expected = isLittleEndian ? network : BigInt.asIntN(64, host);
  expect(IPAddress.hostToNetworkOrder(host)).toBe(expected);
  expect(IPAddress.networkToHostOrder(host)).toBe(expected);
});

test.each([
  [-0x8001, 2],
  [0x10000, 2],
  [-0x80000001, 4],
  [0x100000000, 4],
] as const)('refuses %p for %i bytes', (host, size) => {
  expect(() => IPAddress.hostToNetworkOrder(host, size)).toThrow(ArgumentOutOfRangeException);
  expect(() => IPAddress.networkToHostOrder(host, size)).toThrow(
    expect.objectContaining({ paramName: 'network' }),
  );
});

test('refuses what has no size', () => {
  const convert = IPAddress.hostToNetworkOrder as (host: unknown, size?: unknown) => unknown;
  expect(() => convert(null, 2)).toThrow(ArgumentNullException);
  expect(() => convert('1', 2)).toThrow(ArgumentException);
  expect(() => convert(1)).toThrow(expect.objectContaining({ paramName: 'sizeBytes' }));
  expect(() => convert(2n ** 64n)).toThrow(ArgumentOutOfRangeException);
  expect(() => convert(-(2n ** 63n) - 1n)).toThrow(ArgumentOutOfRangeException);
});

test.each([0, 1, -1, 0x7fffffff, -0x80000000, 0x01020304])('%i survives as bytes', value => {
  const bytes = new Uint8Array(6);
  writeInt32(bytes, 1, value);
  expect(readInt32(bytes, 1)).toBe(value);
  expect(Buffer.from(bytes).readInt32BE(1)).toBe(value);
  expect([bytes[0], bytes[5]]).toEqual([0, 0]);
});
