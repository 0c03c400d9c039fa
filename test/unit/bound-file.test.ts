// Which file a bind makes. That it goes with its socket is in
// conformance/unix-domain.bound-file.test.ts.

import { join, resolve } from 'node:path';

import { IPAddress, IPEndPoint, UnixDomainSocketEndPoint } from 'socket-async-event-args';

import { fileToBind } from '../../lib/internal/bound-file.js';

function fileOf(path: string): string | undefined {
  return fileToBind(new UnixDomainSocketEndPoint(path))?.toString();
}

test('an absolute path stays what it is, by the rules of the system', () => {
  const path = resolve('/', 'somewhere', '..', 'a.sock'); // on Windows with the letter of a drive
  expect(fileOf(path)).toBe(path);
  expect(fileOf('/a/../b.sock')).toBe('/a/../b.sock');
});

test('a relative path is meant from the working folder', () => {
  expect(fileOf('a/../b.sock')).toBe(`${process.cwd()}/a/../b.sock`);
  expect(resolve(fileOf('c.sock') ?? '')).toBe(join(process.cwd(), 'c.sock'));
});

test('neither an abstract name nor an IP address is a file', () => {
  expect(fileOf('\0name')).toBeUndefined();
  expect(fileToBind(new IPEndPoint(IPAddress.Loopback, 1))).toBeNull();
});
