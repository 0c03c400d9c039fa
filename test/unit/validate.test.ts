import { runInNewContext } from 'node:vm';

import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import {
  requireArray,
  requireBoolean,
  requireBytes,
  requireFunction,
  requireInstance,
  requireInt32,
  requireInteger,
  requireNotNull,
  requireString,
  wrongType,
} from '../../lib/internal/validate.js';

class Base {
  readonly kind = 'base';
}
class Derived extends Base {}

const checks: Record<string, (value: unknown) => void> = {
  requireNotNull: value => requireNotNull(value, 'x'),
  requireString: value => requireString(value, 'x'),
  requireBoolean: value => requireBoolean(value, 'x'),
  requireInteger: value => requireInteger(value, 'x', -1, 10),
  requireInt32: value => requireInt32(value, 'x'),
  requireFunction: value => requireFunction(value, 'x'),
  requireArray: value => requireArray(value, 'x'),
  requireBytes: value => requireBytes(value, 'x'),
  requireInstance: value => requireInstance(value, Base, 'x'),
};

const good: [string, unknown][] = [
  ['requireNotNull', 0],
  ['requireNotNull', ''],
  ['requireString', ''],
  ['requireString', 'a'],
  ['requireBoolean', false],
  ['requireInteger', -1],
  ['requireInteger', 0],
  ['requireInteger', -0],
  ['requireInteger', 10],
  ['requireInt32', -0x80000000],
  ['requireInt32', 0x7fffffff],
  ['requireArray', []],
  ['requireArray', runInNewContext('[1]')],
  ['requireFunction', () => 1],
  ['requireFunction', Base],
  ['requireBytes', new Uint8Array(0)],
  ['requireBytes', Buffer.alloc(1)],
  ['requireBytes', runInNewContext('new Uint8Array(1)')],
  ['requireInstance', new Base()],
  ['requireInstance', new Derived()],
];

const ofWrongType: [string, unknown][] = [
  ['requireString', 1],
  ['requireString', new String('a')],
  ['requireBoolean', 0],
  ['requireInteger', '1'],
  ['requireInteger', 1n],
  ['requireInteger', {}],
  ['requireInt32', '1'],
  ['requireArray', { length: 0 }],
  ['requireArray', new Uint8Array(1)],
  ['requireFunction', {}],
  ['requireFunction', 'a'],
  ['requireBytes', []],
  ['requireBytes', 'a'],
  ['requireBytes', new Uint16Array(1)],
  ['requireBytes', new ArrayBuffer(1)],
  ['requireInstance', {}],
  ['requireInstance', Object.create(null)],
  ['requireInstance', () => 1],
];

const outOfRange = [-2, 11, 0.5, Number.NaN, Number.POSITIVE_INFINITY];

function thrownBy(check: () => void): unknown {
  try {
    check();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(good)('%s lets %p pass', (name, value) => {
  expect(() => checks[name](value)).not.toThrow();
});

test.each(Object.keys(checks))('%s refuses null and undefined as missing', name => {
  for (const value of [null, undefined]) {
    const error = thrownBy(() => checks[name](value));
    expect(error).toBeInstanceOf(ArgumentNullException);
    expect(error).toMatchObject({ paramName: 'x' });
  }
});

test.each(ofWrongType)('%s refuses the wrong type of %p', (name, value) => {
  const error = thrownBy(() => checks[name](value));
  expect(error).toBeInstanceOf(ArgumentException);
  expect(error).not.toBeInstanceOf(ArgumentNullException);
  expect(error).not.toBeInstanceOf(ArgumentOutOfRangeException);
  expect(error).toMatchObject({ paramName: 'x' });
});

test.each(outOfRange)('requireInteger refuses %p as out of range', value => {
  const error = thrownBy(() => checks['requireInteger'](value));
  expect(error).toBeInstanceOf(ArgumentOutOfRangeException);
  expect(error).toMatchObject({ paramName: 'x', actualValue: value });
});

test.each([-0x80000001, 0x80000000, 0.5, Number.NaN])('requireInt32 refuses %p', value => {
  const error = thrownBy(() => checks['requireInt32'](value));
  expect(error).toBeInstanceOf(ArgumentOutOfRangeException);
});

test.each([
  [1, 'number'],
  [null, 'null'],
  [new Derived(), 'Derived'],
  [Object.create(null), 'object'],
])('a message about %p says what it is', (value, kind) => {
  const message = `The value must be of type string; it is of type ${kind}. (Parameter 'x')`;
  expect(wrongType(value, 'x', 'string').message).toBe(message);
});
