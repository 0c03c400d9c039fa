import { inspect } from 'node:util';

import { SocketError } from '../../lib/enums/socket-error.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { SocketException } from '../../lib/errors/socket-exception.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';
import { readEndPoints } from './oracle/recorded.js';

const recorded = readEndPoints();

// Calls that the compiler would refuse, as a caller in JavaScript makes them.
const construct = (...args: unknown[]): IPAddress =>
  Reflect.construct(IPAddress, args) as IPAddress;

describe('construction', () => {
  test.each([
    [0, '0.0.0.0'],
    [0x0100007f, '127.0.0.1'],
    [0xffffffff, '255.255.255.255'],
    [0x0100007fn, '127.0.0.1'],
  ])('the number %p is %s', (number, text) => {
    const address = new IPAddress(number);
    expect(address.toString()).toBe(text);
    expect(address.address).toBe(Number(number));
  });

  test.each([-1, 0x100000000, 0.5, Number.NaN, -1n, 2n ** 64n])('refuses the number %p', number => {
    expect(() => new IPAddress(number)).toThrow(ArgumentOutOfRangeException);
    expect(() => new IPAddress(number)).toThrow(
      expect.objectContaining({ paramName: 'newAddress' }),
    );
  });

  test('bytes are copied', () => {
    const bytes = Buffer.from([1, 2, 3, 4]);
    const address = new IPAddress(bytes);
    bytes.fill(9);
    address.getAddressBytes().fill(9);
    expect(address.toString()).toBe('1.2.3.4');
  });

  test('a scope goes with 16 bytes', () => {
    expect(new IPAddress(new Uint8Array(16)).scopeId).toBe(0);
    expect(new IPAddress(new Uint8Array(16), 0xffffffff).toString()).toBe('::%4294967295');
  });

  test.each([
    ['no argument', [], ArgumentNullException, 'address'],
    ['null', [null], ArgumentNullException, 'address'],
    ['null and a bad scope', [null, -1], ArgumentNullException, 'address'],
    ['a string', ['1.2.3.4'], ArgumentException, 'address'],
    ['an array', [[1, 2, 3, 4]], ArgumentException, 'address'],
    ['5 bytes', [new Uint8Array(5)], ArgumentException, 'address'],
    ['no bytes', [new Uint8Array(0)], ArgumentException, 'address'],
    ['4 bytes and a scope', [new Uint8Array(4), 0], ArgumentException, 'address'],
    ['4 bytes and a bad scope', [new Uint8Array(4), -1], ArgumentException, 'address'],
    ['a number and a scope', [1, 1], ArgumentException, 'address'],
    ['a scope of -1', [new Uint8Array(16), -1], ArgumentOutOfRangeException, 'scopeid'],
    ['a scope of 2^32', [new Uint8Array(16), 2 ** 32], ArgumentOutOfRangeException, 'scopeid'],
    ['a scope of null', [new Uint8Array(16), null], ArgumentNullException, 'scopeid'],
  ])('refuses %s', (_what, args, type, paramName) => {
    expect(() => construct(...args)).toThrow(type);
    expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
  });

  test('words in network order make the same addresses as bytes do', () => {
    const ipv4 = IPAddress.fromWord(0xfffefdfc | 0);
    expect(ipv4.equals(IPAddress.parse('255.254.253.252'))).toBe(true);
    const ipv6 = IPAddress.fromWords(0xfe800000 | 0, 0x00010002, 0x80000003 | 0, 0x0000ffff, 5);
    expect(ipv6.equals(IPAddress.parse('fe80::1:2:8000:3:0:ffff%5'))).toBe(true);
    expect([0, 1, 2, 3].map(index => ipv6.wordAt(index as 0 | 1 | 2 | 3))).toEqual([
      0xfe800000 | 0,
      0x00010002,
      0x80000003 | 0,
      0x0000ffff,
    ]);
    expect([0, 1, 2, 3].map(index => ipv4.wordAt(index as 0 | 1 | 2 | 3))).toEqual([
      0,
      0,
      0,
      0xfffefdfc | 0,
    ]);
  });
});

describe('the constants', () => {
  test.each([
    ['Any', IPAddress.Any, '0.0.0.0'],
    ['Loopback', IPAddress.Loopback, '127.0.0.1'],
    ['Broadcast', IPAddress.Broadcast, '255.255.255.255'],
    ['None', IPAddress.None, '255.255.255.255'],
    ['IPv6Any', IPAddress.IPv6Any, '::'],
    ['IPv6Loopback', IPAddress.IPv6Loopback, '::1'],
    ['IPv6None', IPAddress.IPv6None, '::'],
  ])('%s is %s', (_name, address, text) => {
    expect(address.toString()).toBe(text);
    expect(address.equals(IPAddress.parse(text))).toBe(true);
  });

  test('those that are equal are one object', () => {
    expect(IPAddress.None).toBe(IPAddress.Broadcast);
    expect(IPAddress.IPv6None).toBe(IPAddress.IPv6Any);
  });

  test.each([IPAddress.IPv6Any, IPAddress.IPv6Loopback, IPAddress.IPv6None])(
    'the scope of %p cannot be set, not even to what it is or to nonsense',
    address => {
      for (const scope of [0, 5, -1]) {
        expect(() => (address.scopeId = scope)).toThrow(
          expect.objectContaining({ socketErrorCode: SocketError.OperationNotSupported }),
        );
      }
      expect(address.scopeId).toBe(0);
    },
  );
});

describe('scopeId', () => {
  test('can be set on an IPv6 address, and changes its hash', () => {
    const address = IPAddress.parse('fe80::1');
    const hash = address.getHashCode();
    address.scopeId = 9;
    expect(address.toString()).toBe('fe80::1%9');
    expect(address.getHashCode()).not.toBe(hash);
  });

  test.each([-1, 2 ** 32, 0.5])('refuses %p', scope => {
    const address = IPAddress.parse('::5');
    expect(() => (address.scopeId = scope)).toThrow(ArgumentOutOfRangeException);
    expect(() => (address.scopeId = scope)).toThrow(
      expect.objectContaining({ paramName: 'value' }),
    );
  });

  test('does not exist on an IPv4 address, whatever it is set to', () => {
    const address = IPAddress.parse('1.2.3.4');
    expect(() => address.scopeId).toThrow(SocketException);
    expect(() => (address.scopeId = 5)).toThrow(SocketException);
    expect(() => (address.scopeId = -1)).toThrow(SocketException);
  });

  test('address does not exist on an IPv6 address', () => {
    expect(IPAddress.parse('1.2.3.4').address).toBe(0x04030201);
    expect(() => IPAddress.IPv6Any.address).toThrow(SocketException);
  });
});

describe('classes of addresses', () => {
  test.each(recorded.classified)('$text is classified as in .NET', entry => {
    const address = IPAddress.parse(entry.text);
    expect({
      text: entry.text,
      isLoopback: IPAddress.isLoopback(address),
      isIPv6Multicast: address.isIPv6Multicast,
      isIPv6LinkLocal: address.isIPv6LinkLocal,
      isIPv6SiteLocal: address.isIPv6SiteLocal,
      isIPv6Teredo: address.isIPv6Teredo,
      isIPv6UniqueLocal: address.isIPv6UniqueLocal,
      isIPv4MappedToIPv6: address.isIPv4MappedToIPv6,
      mapToIPv4: address.mapToIPv4().toString(),
      mapToIPv6: address.mapToIPv6().toString(),
    }).toEqual(entry);
  });

  test('an address that needs no mapping is its own result', () => {
    const ipv4 = IPAddress.parse('1.2.3.4');
    const ipv6 = IPAddress.parse('fe80::1%5');
    expect(ipv4.mapToIPv4()).toBe(ipv4);
    expect(ipv6.mapToIPv6()).toBe(ipv6);
  });

  test('isLoopback wants an address', () => {
    const isLoopback = IPAddress.isLoopback as (address: unknown) => boolean;
    expect(() => isLoopback(null)).toThrow(ArgumentNullException);
    expect(() => isLoopback('127.0.0.1')).toThrow(
      expect.objectContaining({ name: 'ArgumentException', paramName: 'address' }),
    );
  });
});

describe('tryWriteBytes', () => {
  test.each([
    ['1.2.3.4', 4],
    ['::1', 16],
  ])('writes %s into %i bytes and leaves the rest', (text, length) => {
    const destination = new Uint8Array(length + 1).fill(0xee);
    const address = IPAddress.parse(text);
    expect(address.tryWriteBytes(destination)).toBe(length);
    expect(destination.subarray(0, length)).toEqual(address.getAddressBytes());
    expect(destination[length]).toBe(0xee);
    expect(address.tryWriteBytes(destination.subarray(0, length))).toBe(length);
  });

  test.each(['1.2.3.4', '::1'])('writes nothing of %s where there is no room', text => {
    const length = IPAddress.parse(text).getAddressBytes().length;
    const destination = new Uint8Array(length - 1);
    expect(IPAddress.parse(text).tryWriteBytes(destination)).toBe(-1);
    expect(destination.every(byte => byte === 0)).toBe(true);
  });

  test('wants bytes', () => {
    const write = (destination: unknown): number =>
      IPAddress.Any.tryWriteBytes(destination as Uint8Array);
    expect(() => write(null)).toThrow(ArgumentNullException);
    expect(() => write([])).toThrow(ArgumentException);
  });
});

describe('equality', () => {
  const same = ['1.2.3.4', '::1', 'fe80::1%3'];
  const different = ['1.2.3.4', '1.2.3.5', '::1.2.3.4', '::ffff:1.2.3.4', '::1', '::1%1', '1::1'];

  test.each(same)('%s equals another object of the same value', text => {
    const [left, right] = [IPAddress.parse(text), IPAddress.parse(text)];
    expect(left.equals(right)).toBe(true);
    expect(left.getHashCode()).toBe(right.getHashCode());
    expect(
      Number.isInteger(left.getHashCode()) && left.getHashCode() === (left.getHashCode() | 0),
    ).toBe(true);
  });

  test.each(different)('%s equals no address of another value', text => {
    const equal = different.filter(other => IPAddress.parse(text).equals(IPAddress.parse(other)));
    expect(equal).toEqual([text]);
  });

  test.each([null, undefined, '1.2.3.4', 1, {}])('an address does not equal %p', other => {
    expect(IPAddress.parse('1.2.3.4').equals(other)).toBe(false);
  });

  test('hashes of neighbours differ', () => {
    const hashes = Array.from({ length: 4096 }, (_, index) => new IPAddress(index).getHashCode());
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

test('prints as what it is', () => {
  expect(inspect(IPAddress.parse('fe80::1%3'))).toBe('IPAddress { fe80::1%3 }');
  expect(inspect({ at: IPAddress.Loopback })).toBe('{ at: IPAddress { 127.0.0.1 } }');
});
