// Reads IP addresses from text by .NET's rules, which are laxer than any RFC in places. Every rule
// here that looks odd is pinned by recorded results in test/unit/oracle/endpoints.json.

import { maxUInt32 } from '../internal/validate.js';
import { interfaceIndexOf } from './interface-index.js';

/**
 * What an IPv6 text says.
 *
 * @internal
 */
export interface ParsedIPv6 {
  /** The eight groups, 0 to 0xffff each. */
  readonly groups: readonly number[];
  /** The scope, 0 to 2^32 - 1; 0 if there is none. */
  readonly scopeId: number;
}

const groupCount = 8;

const hexadecimalPart = /^0[xX]([0-9a-fA-F]+)$/;
const octalPart = /^0[0-7]*$/;
const decimalPart = /^[1-9][0-9]*$/;

// A leading zero is refused in the first three parts, but one is let through in the last.
const dottedTail =
  /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|0?[1-9][0-9]{0,2})$/;
const hexadecimalGroup = /^[0-9a-fA-F]{1,4}$/;
// Only its form is checked, and not even that it has digits: the port is no part of the address.
const portBehindBracket = /^(?::(?:[0-9]*|0x[0-9a-fA-F]*))?$/;
const digitsAndNuls = /^([0-9]+)\0*$/;

/**
 * Reads a decimal number below 2^32, or gives `null`. NUL characters behind the digits are ignored,
 * as .NET's number parser does for the sake of texts that come out of C buffers.
 *
 * @internal
 */
export function parseUInt32(text: string): number | null {
  const match = digitsAndNuls.exec(text);
  if (match === null) return null;
  const value = Number(match[1]);
  return value <= maxUInt32 ? value : null;
}

function parseIPv4Part(text: string): number {
  const hexadecimal = hexadecimalPart.exec(text);
  if (hexadecimal !== null) return Number.parseInt(hexadecimal[1], 16);
  if (octalPart.test(text)) return Number.parseInt(text, 8);
  return decimalPart.test(text) ? Number(text) : Number.NaN;
}

/**
 * Reads an IPv4 address of one to four parts, each decimal, octal (leading 0) or hexadecimal
 * (leading 0x), of which the last fills all bytes that are left.
 *
 * @returns the address as an unsigned number, 1.2.3.4 being 0x01020304; or `null`.
 * @internal
 */
export function parseIPv4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length > 4) return null;
  const last = parts.length - 1;
  let address = 0;
  for (let index = 0; index < last; index++) {
    const value = parseIPv4Part(parts[index]);
    if (!(value <= 0xff)) return null;
    address = address * 0x100 + value;
  }
  const room = 0x100 ** (4 - last);
  const tail = parseIPv4Part(parts[last]);
  return tail < room ? address * room + tail : null;
}

function parseDottedTail(text: string): readonly number[] | null {
  const match = dottedTail.exec(text);
  if (match === null) return null;
  const bytes = match.slice(1).map(Number);
  const [a, b, c, d] = bytes;
  return bytes.every(byte => byte <= 0xff) ? [(a << 8) | b, (c << 8) | d] : null;
}

/** Reads groups between colons; only the very last of an address may be a dotted IPv4 address. */
function parseGroups(text: string, mayEndDotted: boolean): readonly number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (hexadecimalGroup.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const tail = mayEndDotted && index === parts.length - 1 ? parseDottedTail(part) : null;
    if (tail === null) return null;
    groups.push(...tail);
  }
  return groups;
}

function parseIPv6Body(text: string): readonly number[] | null {
  const gap = text.indexOf('::');
  if (gap === -1) {
    const groups = parseGroups(text, true);
    return groups?.length === groupCount ? groups : null;
  }
  const before = parseGroups(text.slice(0, gap), false);
  const after = parseGroups(text.slice(gap + 2), true);
  if (before === null || after === null) return null;
  const missing = groupCount - before.length - after.length;
  return missing > 0 ? [...before, ...new Array<number>(missing).fill(0), ...after] : null;
}

/** Takes off the brackets and a port behind them; gives `null` if they do not belong together. */
function withoutBrackets(text: string): string | null {
  const end = text.indexOf(']');
  if (!text.startsWith('[')) return end === -1 ? text : null;
  return end !== -1 && portBehindBracket.test(text.slice(end + 1)) ? text.slice(1, end) : null;
}

/**
 * Reads an IPv6 address: eight groups of hexadecimal digits with at most one `::`, possibly a
 * dotted IPv4 address in place of the last two, a scope behind `%` (a number, or the name of an
 * interface; an unknown name counts as 0), and brackets around it all.
 *
 * @internal
 */
export function parseIPv6(text: string): ParsedIPv6 | null {
  const inner = withoutBrackets(text);
  if (inner === null || inner.includes('/')) return null;
  const percent = inner.indexOf('%');
  const groups = parseIPv6Body(percent === -1 ? inner : inner.slice(0, percent));
  if (groups === null) return null;
  const scope = percent === -1 ? '' : inner.slice(percent + 1);
  return { groups, scopeId: parseUInt32(scope) ?? interfaceIndexOf(scope) };
}
