import { constants } from 'node:os';
import { inspect } from 'node:util';

import { SocketError } from '../../lib/enums/socket-error.js';
import { nativeErrorCodeOf } from '../../lib/errors/socket-error-codes.js';
import { SocketException } from '../../lib/errors/socket-exception.js';
import { Win32Exception } from '../../lib/errors/win32-exception.js';

test('carries the properties of .NET', () => {
  const error = new SocketException(SocketError.ConnectionReset);
  expect(error).toBeInstanceOf(Win32Exception);
  expect(error.socketErrorCode).toBe(SocketError.ConnectionReset);
  expect(error.nativeErrorCode).toBe(nativeErrorCodeOf(SocketError.ConnectionReset));
  expect(error.errorCode).toBe(error.nativeErrorCode);
  expect(error.message).toBe('The connection was reset by the peer.');
});

test("carries the properties of Node's errors", () => {
  const error = new SocketException(SocketError.ConnectionRefused, {
    syscall: 'connect',
    address: '127.0.0.1',
    port: 80,
  });
  expect(error.code).toBe('ECONNREFUSED');
  expect(error.errno).toBeLessThan(0);
  expect(error.syscall).toBe('connect');
  expect(error.address).toBe('127.0.0.1');
  expect(error.port).toBe(80);
  expect(error.message).toBe('The connection was refused. (connect ECONNREFUSED 127.0.0.1:80)');
});

test('has no property for what is not known', () => {
  const keys = Object.keys(new SocketException(SocketError.TimedOut));
  expect(keys.sort()).toEqual(['code', 'errno', 'socketErrorCode']);
});

test.each([
  [{ syscall: 'bind' }, ' (bind EADDRINUSE)'],
  [{ address: '/tmp/a.sock' }, ' (EADDRINUSE /tmp/a.sock)'],
  [{ syscall: 'bind', port: 80 }, ' (bind EADDRINUSE :80)'],
  [{}, ''],
])('appends %j to the message as "%s"', (details, suffix) => {
  const error = new SocketException(SocketError.AddressAlreadyInUse, details);
  expect(error.message).toBe(`The address is already in use.${suffix}`);
});

test('takes a message of its own, alone or among the details', () => {
  expect(new SocketException(10054, 'Gone.').message).toBe('Gone.');
  expect(new SocketException(10054, { message: 'Gone.', syscall: 'read' }).message).toBe('Gone.');
});

test('carries the cause', () => {
  const cause = new Error('first');
  expect(new SocketException(10054, { cause }).cause).toBe(cause);
  expect(Object.keys(new SocketException(10054))).not.toContain('cause');
});

test('tells EMFILE from ENFILE and EPERM from EACCES when the number of the system is known', () => {
  const { EMFILE, ENFILE, EPERM } = constants.errno;
  const full = new SocketException(SocketError.TooManyOpenSockets, { nativeErrorCode: ENFILE });
  expect([full.code, full.errorCode]).toEqual(['ENFILE', ENFILE]);
  const own = new SocketException(SocketError.TooManyOpenSockets, { nativeErrorCode: EMFILE });
  expect([own.code, own.errorCode]).toEqual(['EMFILE', EMFILE]);
  const denied = new SocketException(SocketError.AccessDenied, { nativeErrorCode: EPERM });
  expect([denied.code, denied.errorCode]).toEqual(['EPERM', EPERM]);
});

test('keeps a number that names no socket error', () => {
  const error = new SocketException(12345);
  expect(error.socketErrorCode).toBe(12345);
  expect(error.nativeErrorCode).toBe(12345);
  expect(error.code).toBe('UNKNOWN');
});

test('says what it is for success, which .NET allows too', () => {
  const error = new SocketException(SocketError.Success);
  expect([error.errno, error.nativeErrorCode]).toEqual([0, 0]);
});

test('prints its numbers', () => {
  const printed = inspect(new SocketException(SocketError.ConnectionReset));
  expect(printed).toMatch(/^SocketException: The connection was reset by the peer\./);
  expect(printed).toContain("code: 'ECONNRESET'");
  expect(printed).toContain('socketErrorCode: 10054');
});
