// The argument checks that public members share. Each throws what .NET throws for the same
// mistake, with the same name of the parameter; for values of a type that C# would not compile it
// throws ArgumentException.

import { types } from 'node:util';

import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../errors/argument-exceptions.js';

/** The largest value of a signed 32-bit integer, .NET's `int`. */
export const maxInt32 = 0x7fffffff;

/** The largest value of an unsigned 32-bit integer, .NET's `uint`. */
export const maxUInt32 = 0xffffffff;

/** Names the kind of a value, for messages: `string`, `null`, `Buffer`. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object') return typeof value;
  if (value === null) return 'null';
  const { constructor } = value;
  return typeof constructor === 'function' ? constructor.name : 'object';
}

/** Makes the exception for a value of the wrong type. */
export function wrongType(value: unknown, paramName: string, expected: string): ArgumentException {
  const message = `The value must be of type ${expected}; it is of type ${kindOf(value)}.`;
  return new ArgumentException(message, paramName);
}

/** Refuses `null` and `undefined`. */
export function requireNotNull<T>(value: T, paramName: string): asserts value is NonNullable<T> {
  if (value === null || value === undefined) throw new ArgumentNullException(paramName);
}

/** Refuses everything but strings; the empty one is fine. */
export function requireString(value: unknown, paramName: string): asserts value is string {
  if (typeof value === 'string') return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, 'string');
}

/** Refuses everything but `true` and `false`. */
export function requireBoolean(value: unknown, paramName: string): asserts value is boolean {
  if (typeof value === 'boolean') return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, 'boolean');
}

/** Refuses everything but whole numbers from `min` to `max`, both included. */
export function requireInteger(
  value: unknown,
  paramName: string,
  min: number,
  max: number,
): asserts value is number {
  if (typeof value !== 'number') {
    requireNotNull(value, paramName);
    throw wrongType(value, paramName, 'number');
  }
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new ArgumentOutOfRangeException(
    paramName,
    value,
    `A whole number from ${min} to ${max} is needed.`,
  );
}

/** Refuses everything but .NET's `int`; its enums, too, take any. */
export function requireInt32(value: unknown, paramName: string): asserts value is number {
  requireInteger(value, paramName, -maxInt32 - 1, maxInt32);
}

/** Refuses everything but functions. */
export function requireFunction(value: unknown, paramName: string): void {
  if (typeof value === 'function') return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, 'function');
}

/** Refuses everything but a `Uint8Array` of any realm; Node's `Buffer` is one. */
export function requireBytes(value: unknown, paramName: string): asserts value is Uint8Array {
  if (types.isUint8Array(value)) return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, 'Uint8Array');
}

/** Refuses everything but arrays, whatever is in them. */
export function requireArray(value: unknown, paramName: string): void {
  if (Array.isArray(value)) return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, 'Array');
}

/** Refuses everything but instances of a class. */
export function requireInstance<T>(
  value: unknown,
  type: abstract new (...args: never[]) => T,
  paramName: string,
): asserts value is T {
  if (value instanceof type) return;
  requireNotNull(value, paramName);
  throw wrongType(value, paramName, type.name);
}
