import { inspect } from 'node:util';

import { AddressFamily } from '../../lib/enums/address-family.js';
import { SocketAddress } from '../../lib/endpoints/socket-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { IndexOutOfRangeException } from '../../lib/errors/index-out-of-range-exception.js';
import { readEndPoints } from './oracle/recorded.js';

const recorded = readEndPoints();
const construct = (...args: unknown[]): SocketAddress =>
  Reflect.construct(SocketAddress, args) as SocketAddress;

test.each(recorded.maximumSizes)('family $family has the size and head of .NET', entry => {
  const family = entry.family as AddressFamily;
  expect(SocketAddress.getMaximumAddressSize(family)).toBe(entry.size);
  if (entry.exception !== undefined) {
    expect(() => new SocketAddress(family)).toThrow(
      expect.objectContaining({ name: entry.exception }),
    );
    return;
  }
  const made = new SocketAddress(family);
  expect(Buffer.from(made.buffer.subarray(0, 2)).toString('hex')).toBe(entry.head);
  expect([made.size, made.buffer.length, made.family]).toEqual([
    entry.size,
    entry.size,
    entry.made,
  ]);
});

test.each([
  ['a missing family', [], ArgumentNullException, 'addressFamily'],
  ['a missing family with a size', [null, 4], ArgumentNullException, 'family'],
  ['a family that is a string', ['Unix', 4], ArgumentException, 'family'],
  ['a size of 1', [AddressFamily.Unix, 1], ArgumentOutOfRangeException, 'size'],
  ['a size of -1', [AddressFamily.Unix, -1], ArgumentOutOfRangeException, 'size'],
  ['a size that is a string', [AddressFamily.Unix, '4'], ArgumentException, 'size'],
])('refuses %s', (_what, args, type, paramName) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});

test.each([2, 3, 16, 200])('a size of %i makes as many bytes', size => {
  const address = new SocketAddress(AddressFamily.InterNetwork, size);
  expect([address.size, address.buffer.length]).toEqual([size, size]);
});

describe('size', () => {
  test('can be anything up to the length of the buffer', () => {
    const address = new SocketAddress(AddressFamily.InterNetwork, 10);
    for (const size of [0, 1, 2, 10]) {
      address.size = size;
      expect(address.size).toBe(size);
      expect(address.buffer.length).toBe(10);
    }
  });

  test.each([-1, 11, 0.5])('refuses %p', size => {
    const address = new SocketAddress(AddressFamily.InterNetwork, 10);
    expect(() => (address.size = size)).toThrow(ArgumentOutOfRangeException);
    expect(() => (address.size = size)).toThrow(expect.objectContaining({ paramName: 'value' }));
  });
});

describe('bytes', () => {
  test('are read and written by their offset', () => {
    const address = new SocketAddress(AddressFamily.InterNetwork, 4);
    address.set(3, 255);
    expect(address.get(3)).toBe(255);
    expect(address.buffer[3]).toBe(255);
  });

  test.each([-1, 5, 9, 10, 0.5, Number.NaN])('offset %p is outside of 5 bytes in use', offset => {
    const address = new SocketAddress(AddressFamily.InterNetwork, 10);
    address.size = 5;
    expect(() => address.get(offset)).toThrow(IndexOutOfRangeException);
    expect(() => address.set(offset, 1)).toThrow(IndexOutOfRangeException);
    expect(address.buffer.subarray(2).every(byte => byte === 0)).toBe(true);
  });

  test.each([-1, 256, 0.5])('%p is no byte', value => {
    const address = new SocketAddress(AddressFamily.InterNetwork);
    expect(() => address.set(2, value)).toThrow(ArgumentOutOfRangeException);
  });
});

test.each([
  [[10, 0], AddressFamily.InterNetworkV6],
  [[1, 0], AddressFamily.Unix],
  [[0, 0], AddressFamily.Unspecified],
  [[17, 0], AddressFamily.Packet],
  [[29, 0], AddressFamily.ControllerAreaNetwork],
  [[99, 0], AddressFamily.Unknown],
  [[2, 1], AddressFamily.Unknown],
])('the first bytes %j mean family %i', (bytes, family) => {
  const address = new SocketAddress(AddressFamily.InterNetwork);
  address.buffer.set(bytes);
  expect(address.family).toBe(family);
});

test.each([
  [16, 'InterNetwork:16:{0,80,1,0,0,0,0,0,0,0,0,0,0,0}'],
  [5, 'InterNetwork:5:{0,80,1}'],
  [2, 'InterNetwork:2:{}'],
  [1, 'InterNetwork:1:{}'],
  [0, 'InterNetwork:0:{}'],
])('with %i bytes in use the text is %s', (size, text) => {
  const address = new SocketAddress(AddressFamily.InterNetwork);
  address.buffer.set([80, 1], 3);
  address.size = size;
  expect(address.toString()).toBe(text);
  expect(inspect(address)).toBe(`SocketAddress { ${text} }`);
});

describe('equality', () => {
  const address = (size: number, inUse: number, last: number): SocketAddress => {
    const made = new SocketAddress(AddressFamily.InterNetwork, size);
    made.set(size - 1, last);
    made.size = inUse;
    return made;
  };

  test('compares the whole buffer, whatever its size in use', () => {
    expect(address(10, 10, 1).equals(address(10, 5, 1))).toBe(true);
    expect(address(10, 9, 1).equals(address(10, 9, 2))).toBe(false);
    expect(address(10, 9, 0).equals(address(12, 9, 0))).toBe(false);
  });

  test('comes with equal hashes', () => {
    expect(address(10, 10, 1).getHashCode()).toBe(address(10, 5, 1).getHashCode());
    expect(address(10, 9, 1).getHashCode()).not.toBe(address(10, 9, 2).getHashCode());
  });

  test.each([null, undefined, new Uint8Array(16)])('excludes %p', other => {
    expect(new SocketAddress(AddressFamily.InterNetwork).equals(other)).toBe(false);
  });
});
