import { inspect } from 'node:util';

import { IPAddress } from '../../lib/endpoints/ip-address.js';
import {
  ArgumentException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { IPPacketInformation } from '../../lib/options/ip-packet-information.js';

const construct = (...args: unknown[]): IPPacketInformation =>
  Reflect.construct(IPPacketInformation, args) as IPPacketInformation;

test('is empty by default', () => {
  const information = new IPPacketInformation();
  expect([information.address, information.interface]).toEqual([null, 0]);
  expect(information.equals(new IPPacketInformation())).toBe(true);
  expect(information.getHashCode()).toBe(new IPPacketInformation().getHashCode());
  expect(inspect(information)).toBe('IPPacketInformation { null by 0 }');
});

test('keeps what it is given', () => {
  const information = new IPPacketInformation(IPAddress.Loopback, 1);
  expect([information.address, information.interface]).toEqual([IPAddress.Loopback, 1]);
  expect(inspect(information)).toBe('IPPacketInformation { 127.0.0.1 by 1 }');
});

test('is compared by value', () => {
  const information = new IPPacketInformation(IPAddress.parse('1.2.3.4'), 1);
  const same = new IPPacketInformation(IPAddress.parse('1.2.3.4'), 1);
  expect(information.equals(same)).toBe(true);
  expect(information.getHashCode()).toBe(same.getHashCode());
  expect(information.equals(new IPPacketInformation(IPAddress.Any, 1))).toBe(false);
  expect(information.equals(new IPPacketInformation(information.address, 2))).toBe(false);
  expect(information.equals(new IPPacketInformation(null, 1))).toBe(false);
  expect(new IPPacketInformation(null, 1).equals(information)).toBe(false);
  expect(information.equals(null)).toBe(false);
});

test.each([
  ['address', ['1.2.3.4'], ArgumentException],
  ['interfaceIndex', [null, '1'], ArgumentException],
  ['interfaceIndex', [null, 2 ** 31], ArgumentOutOfRangeException],
])('refuses %s in %j', (paramName, args, type) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});
