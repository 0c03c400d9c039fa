// What a call throws, as one word: tables of exceptions read well that way, and compare whole.

import { ArgumentException, SocketError, SocketException } from 'socket-async-event-args';

function detailOf(error: Error): string {
  if (error instanceof ArgumentException) return `(${error.paramName ?? 'no name'})`;
  if (!(error instanceof SocketException)) return '';
  const code = error.socketErrorCode;
  const name = Object.entries(SocketError).find(([, value]) => value === code)?.[0];
  return `(${name ?? code})`;
}

/** `ArgumentNullException(e)`, `SocketException(NotConnected)`, `TypeError`, …, or `nothing`. */
export function thrownBy(call: () => unknown): string {
  try {
    call();
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? `${error.name}${detailOf(error)}` : `a ${typeof error}`;
  }
}

/** The exceptions of arguments, by their short names in the specification. */
export const ae = (paramName: string): string => `ArgumentException(${paramName})`;
export const ane = (paramName: string): string => `ArgumentNullException(${paramName})`;
export const aoore = (paramName: string): string => `ArgumentOutOfRangeException(${paramName})`;

/** What is wrong, as the middle of a title, and what it throws. */
export type Refusal = readonly [row: string, what: string, call: () => unknown, thrown: string];

/** One test for each. */
export function refuses(refusals: readonly Refusal[]): void {
  for (const [row, what, call, thrown] of refusals) {
    test(`${row} ${what} throws ${thrown}`, () => {
      expect(thrownBy(call)).toBe(thrown);
    });
  }
}
