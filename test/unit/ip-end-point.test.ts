import { inspect } from 'node:util';

import { AddressFamily } from '../../lib/enums/address-family.js';
import { DnsEndPoint } from '../../lib/endpoints/dns-end-point.js';
import { EndPoint } from '../../lib/endpoints/end-point.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';
import { IPEndPoint } from '../../lib/endpoints/ip-end-point.js';
import { SocketAddress } from '../../lib/endpoints/socket-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { FormatException } from '../../lib/errors/format-exception.js';
import { readEndPoints } from './oracle/recorded.js';

const recorded = readEndPoints();
const construct = (...args: unknown[]): IPEndPoint =>
  Reflect.construct(IPEndPoint, args) as IPEndPoint;

describe('text', () => {
  test.each(recorded.parsed)('$text is read as in .NET', ({ text, endPoint }) => {
    expect(IPEndPoint.tryParse(text)?.toString() ?? null).toBe(endPoint);
  });

  test('parse throws where tryParse gives null', () => {
    expect(IPEndPoint.parse('[::1]:80').toString()).toBe('[::1]:80');
    expect(() => IPEndPoint.parse('x')).toThrow(FormatException);
    expect(() => IPEndPoint.parse('1.2.3.4:65536')).toThrow(FormatException);
  });

  test('parse wants a string', () => {
    const parse = IPEndPoint.parse as (text: unknown) => IPEndPoint;
    expect(() => parse(null)).toThrow(ArgumentNullException);
    expect(() => parse(80)).toThrow(expect.objectContaining({ paramName: 's' }));
    expect(IPEndPoint.tryParse(null)).toBeNull();
    expect(IPEndPoint.tryParse(undefined)).toBeNull();
  });
});

describe('construction', () => {
  test('takes an address or its number, and a port', () => {
    expect(new IPEndPoint(IPAddress.Loopback, 80).toString()).toBe('127.0.0.1:80');
    expect(new IPEndPoint(0x0100007f, 65535).toString()).toBe('127.0.0.1:65535');
    expect(new IPEndPoint(0x0100007fn, 0).toString()).toBe('127.0.0.1:0');
    expect(new IPEndPoint(IPAddress.IPv6Any, 0).addressFamily).toBe(AddressFamily.InterNetworkV6);
    expect(new IPEndPoint(0, 0)).toBeInstanceOf(EndPoint);
  });

  test.each([
    ['null', [null, 0], ArgumentNullException, 'address'],
    ['null and a bad port', [null, -1], ArgumentNullException, 'address'],
    ['a string', ['127.0.0.1', 0], ArgumentException, 'address'],
    ['a number that is no address', [-1, 0], ArgumentOutOfRangeException, 'newAddress'],
    ['no good number and a bad port', [-1, -1], ArgumentOutOfRangeException, 'port'],
    ['a port of -1', [IPAddress.Any, -1], ArgumentOutOfRangeException, 'port'],
    ['a port of 65536', [IPAddress.Any, 65536], ArgumentOutOfRangeException, 'port'],
    ['a port of 0.5', [IPAddress.Any, 0.5], ArgumentOutOfRangeException, 'port'],
    ['no port', [IPAddress.Any], ArgumentNullException, 'port'],
    ['a port that is a string', [IPAddress.Any, '80'], ArgumentException, 'port'],
  ])('refuses %s', (_what, args, type, paramName) => {
    expect(() => construct(...args)).toThrow(type);
    expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
  });

  test('the limits of a port are constants', () => {
    expect([IPEndPoint.MinPort, IPEndPoint.MaxPort]).toEqual([0, 65535]);
  });
});

describe('properties', () => {
  test('can be set', () => {
    const endPoint = new IPEndPoint(0, 0);
    endPoint.address = IPAddress.IPv6Loopback;
    endPoint.port = 443;
    expect(endPoint.toString()).toBe('[::1]:443');
    expect(endPoint.address).toBe(IPAddress.IPv6Loopback);
    expect(endPoint.port).toBe(443);
  });

  test('refuse what the constructor refuses', () => {
    const endPoint = new IPEndPoint(0, 0);
    const refused = expect.objectContaining({ paramName: 'value' });
    expect(() => Object.assign(endPoint, { address: null })).toThrow(ArgumentNullException);
    expect(() => Object.assign(endPoint, { address: '::1' })).toThrow(refused);
    expect(() => (endPoint.port = 65536)).toThrow(ArgumentOutOfRangeException);
    expect(() => (endPoint.port = -1)).toThrow(refused);
    expect(() => Object.assign(endPoint, { port: '1' })).toThrow(refused);
    expect(endPoint.toString()).toBe('0.0.0.0:0');
  });
});

describe('socket addresses', () => {
  test.each(recorded.serialized)('$text is serialized as in .NET', entry => {
    const endPoint = IPEndPoint.parse(entry.text);
    const serialized = endPoint.serialize();
    expect(serialized.toString()).toBe(entry.socketAddress);
    expect(Buffer.from(serialized.buffer).toString('hex')).toBe(entry.bytes);
    expect(endPoint.create(serialized).toString()).toBe(entry.created);
  });

  test('create reads either family', () => {
    const ipv6 = IPEndPoint.parse('[::1]:443');
    const ipv4 = IPEndPoint.parse('1.2.3.4:80');
    expect(ipv4.create(ipv6.serialize()).equals(ipv6)).toBe(true);
    expect(ipv6.create(ipv4.serialize()).equals(ipv4)).toBe(true);
  });

  test('create ignores what lies behind the address, and the flow of IPv6', () => {
    const long = new SocketAddress(AddressFamily.InterNetwork, 32);
    long.buffer.set([1, 2, 9], 2);
    expect(new IPEndPoint(0, 0).create(long).toString()).toBe('9.0.0.0:258');
    const flow = new SocketAddress(AddressFamily.InterNetworkV6);
    flow.buffer.set([1, 2, 3, 4], 4);
    expect(new IPEndPoint(0, 0).create(flow).toString()).toBe('[::]:0');
  });

  test.each([
    ['another family', new SocketAddress(AddressFamily.Unspecified)],
    ['a Unix family', new SocketAddress(AddressFamily.Unix)],
    ['15 bytes of IPv4', new SocketAddress(AddressFamily.InterNetwork, 15)],
    ['27 bytes of IPv6', new SocketAddress(AddressFamily.InterNetworkV6, 27)],
  ])('create refuses %s', (_what, socketAddress) => {
    expect(() => new IPEndPoint(0, 0).create(socketAddress)).toThrow(
      expect.objectContaining({ name: 'ArgumentException', paramName: 'socketAddress' }),
    );
  });

  test('create looks at the size in use, not at the buffer', () => {
    const socketAddress = new IPEndPoint(0, 0).serialize();
    socketAddress.size = 8;
    expect(() => new IPEndPoint(0, 0).create(socketAddress)).toThrow(ArgumentException);
  });

  test('create wants a socket address', () => {
    const create = (value: unknown): IPEndPoint =>
      new IPEndPoint(0, 0).create(value as SocketAddress);
    expect(() => create(null)).toThrow(ArgumentNullException);
    expect(() => create(new Uint8Array(16))).toThrow(ArgumentException);
  });
});

// "1.2.3.4:80", "[::1]:80", and "Unspecified/host:80" for a DNS endpoint.
function endPointOf(text: string): EndPoint {
  const match = /^(\w+)\/(.+):(\d+)$/.exec(text);
  if (match === null) return IPEndPoint.parse(text);
  const [, family, host, port] = match;
  return new DnsEndPoint(
    host,
    Number(port),
    AddressFamily[family as 'Unspecified' | 'InterNetwork'],
  );
}

describe('equality', () => {
  test.each(recorded.compared)('$left and $right are compared as in .NET', entry => {
    const [left, right] = [endPointOf(entry.left), endPointOf(entry.right)];
    expect([left.toString(), right.toString()]).toEqual([entry.left, entry.right]);
    expect(left.equals(right)).toBe(entry.equal);
    expect(right.equals(left)).toBe(entry.equal);
    expect(left.getHashCode() === right.getHashCode()).toBe(entry.equal);
  });

  test.each([null, undefined, '1.2.3.4:80', IPAddress.Any])('an endpoint is not %p', other => {
    expect(new IPEndPoint(0, 80).equals(other)).toBe(false);
  });
});

test('prints as what it is', () => {
  expect(inspect(new IPEndPoint(IPAddress.Loopback, 80))).toBe('IPEndPoint { 127.0.0.1:80 }');
});
