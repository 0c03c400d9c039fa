import { formatIPv4 } from '../../lib/endpoints/ip-address-formatter.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';
import { readEndPoints } from './oracle/recorded.js';

const { formatted } = readEndPoints();
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

test('more than a hundred recorded addresses are compared', () => {
  expect(formatted.length).toBeGreaterThan(100);
});

test.each(formatted)('$bytes is written as in .NET', ({ bytes, text }) => {
  expect(new IPAddress(bytesOf(bytes)).toString()).toBe(text);
});

test('what is written is read as the same address', () => {
  for (const { bytes } of formatted) {
    const address = new IPAddress(bytesOf(bytes), 7);
    expect(IPAddress.parse(address.toString()).equals(address)).toBe(true);
  }
});

test('an IPv4 address may come as a signed or an unsigned number', () => {
  expect(formatIPv4(0xfffefdfc)).toBe('255.254.253.252');
  expect(formatIPv4(0xfffefdfc | 0)).toBe('255.254.253.252');
});
