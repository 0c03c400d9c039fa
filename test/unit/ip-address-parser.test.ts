import { AddressFamily } from '../../lib/enums/address-family.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';
import { parseUInt32 } from '../../lib/endpoints/ip-address-parser.js';
import { ArgumentException, ArgumentNullException } from '../../lib/errors/argument-exceptions.js';
import { FormatException } from '../../lib/errors/format-exception.js';
import { readEndPoints } from './oracle/recorded.js';

const { parsed } = readEndPoints();
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('hundreds of recorded texts are compared', () => {
  expect(parsed.length).toBeGreaterThan(600);
  expect(parsed.filter(({ address }) => address !== null).length).toBeGreaterThan(400);
});

test.each(parsed)('$text is read as in .NET', ({ text, address, bytes, scope }) => {
  const read = IPAddress.tryParse(text);
  expect(read?.toString() ?? null).toBe(address);
  expect(IPAddress.isValid(text)).toBe(address !== null);
  if (read === null) return;
  expect(hexOf(read.getAddressBytes())).toBe(bytes);
  const isIPv6 = read.addressFamily === AddressFamily.InterNetworkV6;
  expect(isIPv6 ? read.scopeId : null).toBe(scope);
});

test('parse throws where tryParse gives null', () => {
  expect(IPAddress.parse('::1').toString()).toBe('::1');
  expect(() => IPAddress.parse('')).toThrow(FormatException);
  expect(() => IPAddress.parse('::g')).toThrow(FormatException);
});

test('parse wants a string', () => {
  const parse = IPAddress.parse as (text: unknown) => IPAddress;
  expect(() => parse(null)).toThrow(expect.objectContaining({ paramName: 'ipString' }));
  expect(() => parse(undefined)).toThrow(ArgumentNullException);
  expect(() => parse(1)).toThrow(ArgumentException);
});

test('tryParse takes anything', () => {
  const tryParse = IPAddress.tryParse as (text: unknown) => IPAddress | null;
  expect([null, undefined, 1, {}].map(tryParse)).toEqual([null, null, null, null]);
  expect(IPAddress.isValid(null)).toBe(false);
});

test.each([
  ['0', 0],
  ['4294967295', 4294967295],
  ['00005', 5],
  ['5\0\0', 5],
  ['4294967296', null],
  ['', null],
  ['\0', null],
  ['5\u00005', null],
  ['-1', null],
  [' 5', null],
  ['5a', null],
])('the number %j is read as %p', (text, value) => {
  expect(parseUInt32(text)).toBe(value);
});
