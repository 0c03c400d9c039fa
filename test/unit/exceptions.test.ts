import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../../lib/errors/argument-exceptions.js';
import { FormatException } from '../../lib/errors/format-exception.js';
import { IndexOutOfRangeException } from '../../lib/errors/index-out-of-range-exception.js';
import { InvalidOperationException } from '../../lib/errors/invalid-operation-exception.js';
import {
  DirectoryNotFoundException,
  FileNotFoundException,
  IOException,
} from '../../lib/errors/io-exceptions.js';
import { NotImplementedException } from '../../lib/errors/not-implemented-exception.js';
import {
  NotSupportedException,
  PlatformNotSupportedException,
} from '../../lib/errors/not-supported-exception.js';
import { ObjectDisposedException } from '../../lib/errors/object-disposed-exception.js';
import { OverflowException } from '../../lib/errors/overflow-exception.js';
import { SocketException } from '../../lib/errors/socket-exception.js';
import { Win32Exception } from '../../lib/errors/win32-exception.js';
import { readErrors } from './oracle/recorded.js';

type Made = Error & { code: string };

const recorded = readErrors().exceptions;

const made: Record<string, Made> = {
  ArgumentException: new ArgumentException(),
  ArgumentNullException: new ArgumentNullException(),
  ArgumentOutOfRangeException: new ArgumentOutOfRangeException(),
  DirectoryNotFoundException: new DirectoryNotFoundException(),
  FileNotFoundException: new FileNotFoundException(),
  FormatException: new FormatException(),
  IOException: new IOException(),
  IndexOutOfRangeException: new IndexOutOfRangeException(),
  InvalidOperationException: new InvalidOperationException(),
  NotImplementedException: new NotImplementedException(),
  NotSupportedException: new NotSupportedException(),
  ObjectDisposedException: new ObjectDisposedException(),
  OverflowException: new OverflowException(),
  PlatformNotSupportedException: new PlatformNotSupportedException(),
  SocketException: new SocketException(10054),
  Win32Exception: new Win32Exception(5),
};

const codes: Record<string, string> = {
  ArgumentException: 'ERR_INVALID_ARG_VALUE',
  ArgumentNullException: 'ERR_INVALID_ARG_VALUE',
  ArgumentOutOfRangeException: 'ERR_OUT_OF_RANGE',
  DirectoryNotFoundException: 'ENOENT',
  FileNotFoundException: 'ENOENT',
  FormatException: 'ERR_INVALID_FORMAT',
  IOException: 'ERR_IO',
  IndexOutOfRangeException: 'ERR_OUT_OF_RANGE',
  InvalidOperationException: 'ERR_INVALID_STATE',
  NotImplementedException: 'ERR_METHOD_NOT_IMPLEMENTED',
  NotSupportedException: 'ERR_NOT_SUPPORTED',
  ObjectDisposedException: 'ERR_OBJECT_DISPOSED',
  OverflowException: 'ERR_OVERFLOW',
  PlatformNotSupportedException: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
  SocketException: 'ECONNRESET',
  Win32Exception: 'ERR_SYSTEM_ERROR',
};

const names = Object.keys(made);

function basesOf(error: Error): string[] {
  const bases: string[] = [];
  let at = Object.getPrototypeOf(Object.getPrototypeOf(error)) as Error;
  for (; at !== Error.prototype; at = Object.getPrototypeOf(at) as Error) bases.push(at.name);
  return bases;
}

test('every recorded exception is compared', () => {
  expect([...names].sort()).toEqual(Object.keys(recorded).sort());
});

test.each(names)('%s derives from what it derives from in .NET', name => {
  const bases = recorded[name].filter(base => base in made);
  expect(basesOf(made[name])).toEqual(bases);
  expect(made[name]).toBeInstanceOf(Error);
});

test.each(names)('%s has its name and its code', name => {
  expect(made[name].name).toBe(name);
  expect(Object.keys(made[name])).not.toContain('name');
  expect(made[name].code).toBe(codes[name]);
  expect(String(made[name])).toBe(`${name}: ${made[name].message}`);
  expect(made[name].stack).toMatch(new RegExp(`^${name}: `));
});

test.each(names)('%s has a sentence for a message by default', name => {
  expect(made[name].message).toMatch(/^[A-Z].*\.$/);
});

test.each([
  ['InvalidOperationException', InvalidOperationException],
  ['NotSupportedException', NotSupportedException],
  ['PlatformNotSupportedException', PlatformNotSupportedException],
  ['NotImplementedException', NotImplementedException],
  ['FormatException', FormatException],
  ['OverflowException', OverflowException],
  ['IndexOutOfRangeException', IndexOutOfRangeException],
  ['IOException', IOException],
  ['DirectoryNotFoundException', DirectoryNotFoundException],
])('%s carries the message and the cause it is given', (_name, type) => {
  const cause = new Error('first');
  const error = new type('It went wrong.', { cause });
  expect(error.message).toBe('It went wrong.');
  expect(error.cause).toBe(cause);
  expect(Object.keys(new type())).not.toContain('cause');
});

describe('ArgumentException', () => {
  test('appends the name of the argument to the message', () => {
    const cause = new Error('first');
    const error = new ArgumentException('It is wrong.', 'port', { cause });
    expect(error.message).toBe("It is wrong. (Parameter 'port')");
    expect(error.paramName).toBe('port');
    expect(error.cause).toBe(cause);
  });

  test('has no name to tell if none was given', () => {
    expect(new ArgumentException('It is wrong.').paramName).toBeNull();
    expect(new ArgumentException('It is wrong.').message).toBe('It is wrong.');
    expect(new ArgumentException('It is wrong.', '').message).toBe('It is wrong.');
    expect(new ArgumentNullException().paramName).toBeNull();
    expect(new ArgumentOutOfRangeException().paramName).toBeNull();
  });
});

test('ArgumentNullException takes the name of the argument first', () => {
  const error = new ArgumentNullException('address', 'It is missing.');
  expect(error.paramName).toBe('address');
  expect(error.message).toBe("It is missing. (Parameter 'address')");
});

describe('ArgumentOutOfRangeException', () => {
  test('takes a name and a message', () => {
    const error = new ArgumentOutOfRangeException('port', 'Too large.');
    expect(error.paramName).toBe('port');
    expect(error.actualValue).toBeNull();
    expect(error.message).toBe("Too large. (Parameter 'port')");
  });

  test('takes the value between name and message, and tells it', () => {
    const error = new ArgumentOutOfRangeException('port', 65536, 'Too large.');
    expect(error.actualValue).toBe(65536);
    expect(error.message).toBe("Too large. The value was 65536. (Parameter 'port')");
  });

  test('shows no more than the top of a large value', () => {
    const value = { inner: { deep: { deeper: 1 } } };
    expect(new ArgumentOutOfRangeException('x', value, 'No.').message).toContain('[Object]');
  });
});

test('ObjectDisposedException tells the name of the object', () => {
  const error = new ObjectDisposedException('Socket');
  expect(error.objectName).toBe('Socket');
  expect(error.message).toMatch(/\(Object 'Socket'\)$/);
  expect(new ObjectDisposedException('Socket', 'Gone.').message).toBe("Gone. (Object 'Socket')");
  expect(new ObjectDisposedException().objectName).toBe('');
  expect(new ObjectDisposedException(null, 'Gone.').message).toBe('Gone.');
});

test('FileNotFoundException tells the path', () => {
  const cause = new Error('first');
  const error = new FileNotFoundException('It is not there.', '/no/such', { cause });
  expect(error.message).toBe('It is not there.');
  expect(error.fileName).toBe('/no/such');
  expect(error.cause).toBe(cause);
  expect(new FileNotFoundException().fileName).toBeNull();
});

test('Win32Exception tells the number of the system', () => {
  expect(new Win32Exception(5).nativeErrorCode).toBe(5);
  expect(new Win32Exception(5).message).toContain('5');
  expect(new Win32Exception(5, 'No.').message).toBe('No.');
});
