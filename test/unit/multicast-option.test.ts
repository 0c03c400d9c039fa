import { inspect } from 'node:util';

import { IPAddress } from '../../lib/endpoints/ip-address.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { MulticastOption } from '../../lib/options/multicast-option.js';

const group = IPAddress.parse('239.1.2.3');
const construct = (...args: unknown[]): MulticastOption =>
  Reflect.construct(MulticastOption, args) as MulticastOption;

function stateOf(option: MulticastOption): unknown[] {
  const local = option.localAddress === null ? null : option.localAddress.toString();
  return [option.group.toString(), local, option.interfaceIndex];
}

test.each([
  ['a group', [group], ['239.1.2.3', '0.0.0.0', 0]],
  ['an address', [group, IPAddress.Loopback], ['239.1.2.3', '127.0.0.1', 0]],
  ['an index', [group, 7], ['239.1.2.3', null, 7]],
  ['the largest index', [group, 0x00ffffff], ['239.1.2.3', null, 0x00ffffff]],
])('takes %s', (_what, args, state) => {
  expect(stateOf(construct(...args))).toEqual(state);
});

test.each([
  ['a missing group', [null], ArgumentNullException, 'group'],
  ['a missing group before the index', [null, -1], ArgumentNullException, 'group'],
  ['a missing group before the address', [null, null], ArgumentNullException, 'group'],
  ['a group in text', ['239.1.2.3'], ArgumentException, 'group'],
  ['null for the address', [group, null], ArgumentNullException, 'mcint'],
  ['an address in text', [group, '127.0.0.1'], ArgumentException, 'mcint'],
  ['an index of -1', [group, -1], ArgumentOutOfRangeException, 'interfaceIndex'],
  ['an index of 2^24', [group, 0x01000000], ArgumentOutOfRangeException, 'interfaceIndex'],
])('refuses %s', (_what, args, type, paramName) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});

test('the address and the index displace each other', () => {
  const option = new MulticastOption(group);
  option.interfaceIndex = 5;
  expect(stateOf(option)).toEqual(['239.1.2.3', null, 5]);
  expect(inspect(option)).toBe('MulticastOption { 239.1.2.3 on 5 }');
  option.localAddress = IPAddress.Loopback;
  expect(stateOf(option)).toEqual(['239.1.2.3', '127.0.0.1', 0]);
  expect(inspect(option)).toBe('MulticastOption { 239.1.2.3 on 127.0.0.1 }');
  option.interfaceIndex = 5;
  option.localAddress = null;
  expect(stateOf(option)).toEqual(['239.1.2.3', null, 0]);
});

test('a value that is refused changes nothing', () => {
  const option = new MulticastOption(group, IPAddress.Loopback);
  const refused = expect.objectContaining({ paramName: 'value' });
  expect(() => (option.interfaceIndex = -1)).toThrow(refused);
  expect(() => (option.interfaceIndex = 0x01000000)).toThrow(ArgumentOutOfRangeException);
  expect(() => Object.assign(option, { group: null })).toThrow(ArgumentNullException);
  expect(() => Object.assign(option, { group: '::1' })).toThrow(refused);
  expect(() => Object.assign(option, { localAddress: '::1' })).toThrow(refused);
  expect(stateOf(option)).toEqual(['239.1.2.3', '127.0.0.1', 0]);
  option.group = IPAddress.Broadcast;
  expect(option.group).toBe(IPAddress.Broadcast);
});
