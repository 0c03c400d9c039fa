import { inspect } from 'node:util';

import {
  ArgumentException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { LingerOption } from '../../lib/options/linger-option.js';

const construct = (...args: unknown[]): LingerOption =>
  Reflect.construct(LingerOption, args) as LingerOption;

test('keeps what it is given, unchecked, as .NET does', () => {
  const option = new LingerOption(true, -5);
  expect([option.enabled, option.lingerTime]).toEqual([true, -5]);
  option.enabled = false;
  option.lingerTime = 70000;
  expect([option.enabled, option.lingerTime]).toEqual([false, 70000]);
  expect(inspect(option)).toBe('LingerOption { enabled: false, lingerTime: 70000 }');
});

test.each([
  ['enable', [1, 1], ArgumentException],
  ['enable', [null, 1], ArgumentException],
  ['seconds', [true], ArgumentException],
  ['seconds', [true, '1'], ArgumentException],
  ['seconds', [true, 0.5], ArgumentOutOfRangeException],
  ['seconds', [true, 2 ** 31], ArgumentOutOfRangeException],
])('refuses %s in %j', (paramName, args, type) => {
  expect(() => construct(...args)).toThrow(type);
  expect(() => construct(...args)).toThrow(expect.objectContaining({ paramName }));
});

test('its properties refuse other types', () => {
  const option = new LingerOption(true, 1);
  const refused = expect.objectContaining({ paramName: 'value' });
  expect(() => Object.assign(option, { enabled: 0 })).toThrow(refused);
  expect(() => Object.assign(option, { lingerTime: '1' })).toThrow(refused);
});

test('is compared by value', () => {
  const option = new LingerOption(true, 5);
  expect(option.equals(new LingerOption(true, 5))).toBe(true);
  expect(option.getHashCode()).toBe(new LingerOption(true, 5).getHashCode());
  expect(option.equals(new LingerOption(false, 5))).toBe(false);
  expect(option.getHashCode()).not.toBe(new LingerOption(false, 5).getHashCode());
  expect(option.equals(new LingerOption(true, 6))).toBe(false);
  expect(option.equals(null)).toBe(false);
  expect(option.equals({ enabled: true, lingerTime: 5 })).toBe(false);
});
