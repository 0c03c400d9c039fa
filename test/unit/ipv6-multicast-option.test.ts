import { inspect } from 'node:util';

import { IPAddress } from '../../lib/endpoints/ip-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { IPv6MulticastOption } from '../../lib/options/ipv6-multicast-option.js';

const group = IPAddress.parse('ff02::1');
const construct = (...args: unknown[]): IPv6MulticastOption =>
  Reflect.construct(IPv6MulticastOption, args) as IPv6MulticastOption;

test('takes a group, and an index up to 2^32 - 1', () => {
  expect(new IPv6MulticastOption(group).interfaceIndex).toBe(0);
  const option = new IPv6MulticastOption(group, 0xffffffff);
  expect(option.group).toBe(group);
  expect(option.interfaceIndex).toBe(0xffffffff);
});

test.each([
  ['a missing group', [null], ArgumentNullException, 'group'],
  ['a missing group before the index', [null, -1], ArgumentNullException, 'group'],
  ['a group in text', ['ff02::1'], ArgumentException, 'group'],
  ['an index of -1', [group, -1], ArgumentOutOfRangeException, 'ifindex'],
  ['an index of 2^32', [group, 2 ** 32], ArgumentOutOfRangeException, 'ifindex'],
  ['an index in text', [group, '1'], ArgumentException, 'ifindex'],
])('refuses %s', (_what, args, type, paramName) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});

test('its properties can be set, also to an IPv4 group, as in .NET', () => {
  const option = new IPv6MulticastOption(group);
  option.group = IPAddress.Any;
  option.interfaceIndex = 2;
  expect(inspect(option)).toBe('IPv6MulticastOption { 0.0.0.0 on 2 }');
});

test('its properties refuse what the constructor refuses', () => {
  const option = new IPv6MulticastOption(group, 3);
  const refused = expect.objectContaining({ paramName: 'value' });
  expect(() => (option.interfaceIndex = -1)).toThrow(refused);
  expect(() => (option.interfaceIndex = 2 ** 32)).toThrow(ArgumentOutOfRangeException);
  expect(() => Object.assign(option, { group: null })).toThrow(ArgumentNullException);
  expect([option.group, option.interfaceIndex]).toEqual([group, 3]);
});
