import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

import { SocketError } from '../../lib/enums/socket-error.js';
import {
  errnoOfCode,
  nativeErrorCodeOf,
  nodeCodeOf,
  nodeCodeOfErrno,
  socketErrorFromErrno,
  socketErrorFromNodeCode,
} from '../../lib/errors/socket-error-codes.js';
import { messageOf } from '../../lib/errors/socket-error-messages.js';
import { readErrors } from './oracle/recorded.js';

const recorded = readErrors();
const errors = SocketError as Readonly<Record<string, SocketError>>;
const systemNumbers = constants.errno as Readonly<Record<string, number | undefined>>;
const hasWinsock = systemNumbers['WSAECONNRESET'] !== undefined;

// Names of .NET's own that no system has.
const notOfTheSystem = ['SUCCESS', 'EHOSTNOTFOUND', 'ESOCKETERROR'];

const errnos = Object.entries(recorded.errnos).filter(([name]) => !notOfTheSystem.includes(name));
const known = errnos.filter(([name]) => systemNumbers[name] !== undefined);

test('the recording has the numbers that this system has', () => {
  expect(errnos.length).toBeGreaterThan(80);
  expect(known.length).toBeGreaterThan(60);
});

test.each(known)('%s gives %s, as in .NET', (name, error) => {
  expect(socketErrorFromErrno(systemNumbers[name] ?? 0)).toBe(errors[error]);
  expect(socketErrorFromNodeCode(name)).toBe(errors[error]);
});

test.each(['EHOSTDOWN', 'ESHUTDOWN', 'ESOCKTNOSUPPORT', 'EPFNOSUPPORT'])(
  '%s gives what it gives in .NET, though the runtime does not list its number',
  name => {
    const error = errors[recorded.errnos[name]];
    expect(socketErrorFromNodeCode(name)).toBe(error);
    expect(socketErrorFromErrno(-errnoOfCode(name))).toBe(error);
    expect(nodeCodeOf(error)).toBe(name);
  },
);

test.each([
  ['EAI_AGAIN', SocketError.TryAgain],
  ['EAI_BADFLAGS', SocketError.InvalidArgument],
  ['EAI_FAIL', SocketError.NoRecovery],
  ['EAI_FAMILY', SocketError.AddressFamilyNotSupported],
  ['EAI_NONAME', SocketError.HostNotFound],
  ['EAI_NODATA', SocketError.HostNotFound],
  ['EAI_CANCELED', SocketError.OperationAborted],
  ['EAI_SERVICE', SocketError.SocketError],
  ['EAI_MEMORY', SocketError.SocketError],
])('the name resolution error %s gives %i', (code, error) => {
  const number = [...getSystemErrorMap()].find(([, [name]]) => name === code)?.[0] ?? 0;
  expect(number).toBeLessThan(0);
  expect(socketErrorFromErrno(-number)).toBe(error);
  expect(socketErrorFromNodeCode(code)).toBe(error);
});

test('ENOTFOUND, which Node makes of EAI_NONAME, gives HostNotFound and its number', () => {
  expect(socketErrorFromNodeCode('ENOTFOUND')).toBe(SocketError.HostNotFound);
  expect(errnoOfCode('ENOTFOUND')).toBe(errnoOfCode('EAI_NONAME'));
});

test('a Winsock number is a socket error already', () => {
  expect(socketErrorFromErrno(10054)).toBe(SocketError.ConnectionReset);
  expect(socketErrorFromErrno(11001)).toBe(SocketError.HostNotFound);
  expect(socketErrorFromErrno(10059)).toBe(SocketError.SocketError);
  expect(nodeCodeOfErrno(10054)).toBe('ECONNRESET');
});

test('zero is success, and unknown numbers and codes are the unnamed error', () => {
  expect(socketErrorFromErrno(0)).toBe(SocketError.Success);
  expect(socketErrorFromErrno(9999)).toBe(SocketError.SocketError);
  expect(socketErrorFromErrno(-1)).toBe(SocketError.SocketError);
  expect(socketErrorFromNodeCode('ENOSUCHCODE')).toBe(SocketError.SocketError);
  expect(socketErrorFromNodeCode('toString')).toBe(SocketError.SocketError);
});

test.each(Object.entries(SocketError))('%s keeps its value through its code', (name, error) => {
  const code = nodeCodeOf(error);
  if (error === SocketError.Success) expect(code).toBe('UNKNOWN');
  else if (error === SocketError.IOPending) expect(code).toBe('EINPROGRESS');
  else expect(socketErrorFromNodeCode(code)).toBe(error);
  expect(messageOf(error)).toMatch(/^[A-Z].*\.$/);
  expect(name).not.toBe('');
});

test('every socket error has a sentence of its own', () => {
  const sentences = Object.values(SocketError).map(messageOf);
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(messageOf(4711)).toBe('Socket error 4711 occurred.');
});

test('a code of the system tells apart what the socket error does not', () => {
  expect(nodeCodeOfErrno(constants.errno.EPERM)).toBe('EPERM');
  expect(nodeCodeOfErrno(constants.errno.EACCES)).toBe('EACCES');
  expect(nodeCodeOfErrno(constants.errno.EAGAIN)).toBe('EAGAIN');
  expect(nodeCodeOfErrno(-errnoOfCode('ENOMEM'))).toBe('ENOMEM');
  expect(nodeCodeOfErrno(9999)).toBeUndefined();
});

test.each(recorded.errors)('$name has the native number of .NET', entry => {
  const error = errors[entry.name];
  const number = systemNumbers[entry.native ?? ''];
  const expected = hasWinsock ? error : (number ?? entry.nativeErrorCode);
  expect(nativeErrorCodeOf(error)).toBe(expected);
});

test('a number that is no socket error is its own native number', () => {
  expect(nativeErrorCodeOf(12345)).toBe(12345);
  expect(nodeCodeOf(12345)).toBe('UNKNOWN');
});

test('the number beside a code is the one that Node gives', () => {
  const numbers = new Map([...getSystemErrorMap()].map(([number, [code]]) => [code, number]));
  expect(errnoOfCode('ECONNRESET')).toBe(numbers.get('ECONNRESET'));
  expect(errnoOfCode('ENETRESET')).toBe(-constants.errno.ENETRESET);
  expect(errnoOfCode('ENOSUCHCODE')).toBe(numbers.get('UNKNOWN'));
});
