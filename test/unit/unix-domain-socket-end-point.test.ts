import { inspect } from 'node:util';

import { AddressFamily } from '../../lib/enums/address-family.js';
import { EndPoint } from '../../lib/endpoints/end-point.js';
import { SocketAddress } from '../../lib/endpoints/socket-address.js';
import { UnixDomainSocketEndPoint } from '../../lib/endpoints/unix-domain-socket-end-point.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { readEndPoints } from './oracle/recorded.js';

const recorded = readEndPoints();

function received(hex: string): SocketAddress {
  const bytes = Buffer.from(hex, 'hex');
  const socketAddress = new SocketAddress(AddressFamily.Unix, 2 + bytes.length);
  socketAddress.buffer.set(bytes, 2);
  return socketAddress;
}

// A path of the recording may hold NULs and be long, so titles use its place in the list.
test.each(recorded.unixPaths.map((entry, index) => ({ ...entry, index })))(
  'path $index of the recording is treated as in .NET',
  entry => {
    if (entry.exception !== undefined) {
      expect(() => new UnixDomainSocketEndPoint(entry.path)).toThrow(
        expect.objectContaining({ name: entry.exception, paramName: entry.paramName }),
      );
      return;
    }
    const endPoint = new UnixDomainSocketEndPoint(entry.path);
    const serialized = endPoint.serialize();
    expect(endPoint.toString()).toBe(entry.text);
    expect(serialized.toString()).toBe(entry.socketAddress);
    expect(endPoint.create(serialized).toString()).toBe(entry.created);
  },
);

test.each(recorded.unixReceived)('the bytes "$bytes" are read as in .NET', entry => {
  const created = new UnixDomainSocketEndPoint('unused').create(received(entry.bytes));
  expect(created.toString()).toBe(entry.text);
  expect(created.serialize().toString()).toBe(entry.socketAddress);
  expect(created.equals(new UnixDomainSocketEndPoint('a'))).toBe(entry.equalsA);
});

test('is an endpoint of the Unix family', () => {
  const endPoint = new UnixDomainSocketEndPoint('/tmp/a.sock');
  expect(endPoint).toBeInstanceOf(EndPoint);
  expect(endPoint.addressFamily).toBe(AddressFamily.Unix);
  expect(inspect(endPoint)).toBe('UnixDomainSocketEndPoint { /tmp/a.sock }');
});

test.each([
  ['null', null, ArgumentNullException],
  ['a number', 1, ArgumentException],
  ['an empty path', '', ArgumentOutOfRangeException],
])('refuses %s', (_what, path, type) => {
  const construct = (): UnixDomainSocketEndPoint => new UnixDomainSocketEndPoint(path as string);
  expect(construct).toThrow(type);
  expect(construct).toThrow(expect.objectContaining({ paramName: 'path' }));
});

test('create refuses what is no Unix address', () => {
  const endPoint = new UnixDomainSocketEndPoint('a');
  const refused = expect.objectContaining({ paramName: 'socketAddress' });
  expect(() => endPoint.create(new SocketAddress(AddressFamily.InterNetwork))).toThrow(refused);
  expect(() => endPoint.create(null as unknown as SocketAddress)).toThrow(ArgumentNullException);
});

test('create copies the bytes', () => {
  const socketAddress = received('6162');
  const created = new UnixDomainSocketEndPoint('unused').create(socketAddress);
  socketAddress.buffer.fill(0x63, 2);
  expect(created.serialize().toString()).toBe('Unix:4:{97,98}');
});

test('create takes a size below that of the family for "no path"', () => {
  const socketAddress = received('6162');
  socketAddress.size = 1;
  expect(new UnixDomainSocketEndPoint('unused').create(socketAddress).toString()).toBe('');
});

test('paths that differ are different endpoints', () => {
  const paths = ['/a', '/A', 'a', '\0a', '@a', 'a\0', './a'];
  for (const left of paths) {
    const equal = paths.filter(right =>
      new UnixDomainSocketEndPoint(left).equals(new UnixDomainSocketEndPoint(right)),
    );
    expect(equal).toEqual([left]);
  }
  expect(new UnixDomainSocketEndPoint('a').equals('a')).toBe(false);
});

test('endpoints of one path share their hash', () => {
  const hash = new UnixDomainSocketEndPoint('/a').getHashCode();
  expect(new UnixDomainSocketEndPoint('/a').getHashCode()).toBe(hash);
  expect(new UnixDomainSocketEndPoint('/b').getHashCode()).not.toBe(hash);
});

test.each([
  ['/tmp/a', '2f746d702f61', 'Unix:9:{47,116,109,112,47,97,0}'],
  ['\0ab', '006162', 'Unix:5:{0,97,98}'],
])('the bytes of a path lack its end and make an equal endpoint', (path, hex, serialized) => {
  const endPoint = new UnixDomainSocketEndPoint(path);
  expect(Buffer.from(endPoint.pathBytes).toString('hex')).toBe(hex);
  const again = UnixDomainSocketEndPoint.fromPathBytes(endPoint.pathBytes);
  expect(again.equals(endPoint)).toBe(true);
  expect(again.serialize().toString()).toBe(serialized);
});

test('no bytes make the unnamed endpoint', () => {
  const unnamed = UnixDomainSocketEndPoint.fromPathBytes(new Uint8Array(0));
  expect(unnamed.toString()).toBe('');
  expect(unnamed.pathBytes.length).toBe(0);
  expect(unnamed.serialize().size).toBe(2);
});
