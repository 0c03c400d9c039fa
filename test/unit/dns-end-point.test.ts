import { inspect } from 'node:util';

import { AddressFamily } from '../../lib/enums/address-family.js';
import { DnsEndPoint } from '../../lib/endpoints/dns-end-point.js';
import { EndPoint } from '../../lib/endpoints/end-point.js';
import { SocketAddress } from '../../lib/endpoints/socket-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { NotImplementedException } from '../../lib/errors/not-implemented-exception.js';

const construct = (...args: unknown[]): DnsEndPoint =>
  Reflect.construct(DnsEndPoint, args) as DnsEndPoint;

test('keeps what it is given', () => {
  const endPoint = new DnsEndPoint('Localhost', 80, AddressFamily.InterNetwork);
  expect(endPoint).toBeInstanceOf(EndPoint);
  expect(endPoint.host).toBe('Localhost');
  expect(endPoint.port).toBe(80);
  expect(endPoint.addressFamily).toBe(AddressFamily.InterNetwork);
  expect(endPoint.toString()).toBe('InterNetwork/Localhost:80');
  expect(inspect(endPoint)).toBe('DnsEndPoint { InterNetwork/Localhost:80 }');
});

test('leaves the family open by default', () => {
  expect(new DnsEndPoint('::1', 65535).toString()).toBe('Unspecified/::1:65535');
});

test.each([
  ['a missing host', [null, 0], ArgumentNullException, 'host'],
  ['no arguments', [], ArgumentNullException, 'host'],
  ['an empty host', ['', 0], ArgumentException, 'host'],
  ['an empty host before all else', ['', -1, AddressFamily.Unix], ArgumentException, 'host'],
  ['a host that is a number', [1, 0], ArgumentException, 'host'],
  ['a port of -1', ['a', -1], ArgumentOutOfRangeException, 'port'],
  ['a port of 65536', ['a', 65536], ArgumentOutOfRangeException, 'port'],
  ['a bad port before the family', ['a', -1, AddressFamily.Unix], ArgumentException, 'port'],
  ['the family of Unix', ['a', 0, AddressFamily.Unix], ArgumentException, 'addressFamily'],
  ['the unknown family', ['a', 0, AddressFamily.Unknown], ArgumentException, 'addressFamily'],
  ['a family that is a string', ['a', 0, 'InterNetwork'], ArgumentException, 'addressFamily'],
])('refuses %s', (_what, args, type, paramName) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});

test('has no socket address', () => {
  const endPoint = new DnsEndPoint('a', 1);
  expect(() => endPoint.serialize()).toThrow(NotImplementedException);
  const socketAddress = new SocketAddress(AddressFamily.InterNetwork);
  expect(() => endPoint.create(socketAddress)).toThrow(NotImplementedException);
});

test.each([null, undefined, 'Unspecified/a:1', {}])('does not equal %p', other => {
  expect(new DnsEndPoint('a', 1).equals(other)).toBe(false);
});
