import { SocketError } from '../enums/socket-error.js';
import { nameException } from './exception-codes.js';
import {
  errnoOfCode,
  nativeErrorCodeOf,
  nodeCodeOf,
  nodeCodeOfErrno,
} from './socket-error-codes.js';
import { messageOf } from './socket-error-messages.js';
import { Win32Exception } from './win32-exception.js';

/** What else is known about a socket error; every part is optional. */
export interface SocketExceptionDetails {
  /** A message to use in place of the usual one. */
  readonly message?: string;
  /** The positive number the system gave: `errno`, or Winsock's on Windows. */
  readonly nativeErrorCode?: number;
  /** The call that failed, as Node names it: `'connect'`, `'bind'`, `'getaddrinfo'`. */
  readonly syscall?: string;
  /** The address or host name that the call was about. */
  readonly address?: string;
  /** The port that the call was about, 0 to 65535. */
  readonly port?: number;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

function composeMessage(error: number, code: string, details: SocketExceptionDetails): string {
  if (details.message !== undefined) return details.message;
  const { syscall, address, port } = details;
  const where = port === undefined ? address : `${address ?? ''}:${port}`;
  const context = [syscall, code, where].filter(part => part !== undefined).join(' ');
  const hasContext = syscall !== undefined || where !== undefined;
  return hasContext ? `${messageOf(error)} (${context})` : messageOf(error);
}

/**
 * A socket operation failed. Carries .NET's properties and those of Node's own network errors.
 *
 * **Differs from .NET:** the messages are this package's own, and without a number there is no
 * constructor, because JavaScript has no last error of the system.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketexception
 */
export class SocketException extends Win32Exception {
  static {
    nameException(this, 'SocketException');
  }

  /** The code Node's errors carry for this error, such as `'ECONNRESET'`; else `'UNKNOWN'`. */
  override readonly code: string;

  /**
   * The negative number Node's errors carry beside `code`; 0 for `Success`. It depends on the
   * operating system.
   */
  readonly errno: number;

  /**
   * What went wrong, in numbers that are the same on every platform.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketexception.socketerrorcode
   */
  readonly socketErrorCode: SocketError;

  /** The call that failed; absent if it is not known. */
  declare readonly syscall?: string;

  /** The address or host name that the call was about; absent if it is not known. */
  declare readonly address?: string;

  /** The port that the call was about, 0 to 65535; absent if it is not known. */
  declare readonly port?: number;

  /**
   * Creates the exception.
   *
   * @param socketErrorNumber A value of `SocketError`. Other numbers are kept as they are.
   * @param details A message, or what else is known about the error.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketexception.-ctor
   */
  constructor(socketErrorNumber: number, details: string | SocketExceptionDetails = {}) {
    const known = typeof details === 'string' ? { message: details } : details;
    const native = known.nativeErrorCode ?? nativeErrorCodeOf(socketErrorNumber);
    const code = nodeCodeOfErrno(known.nativeErrorCode ?? 0) ?? nodeCodeOf(socketErrorNumber);
    super(
      native,
      composeMessage(socketErrorNumber, code, known),
      known.cause === undefined ? undefined : { cause: known.cause },
    );
    this.code = code;
    this.errno = socketErrorNumber === SocketError.Success ? 0 : errnoOfCode(code);
    // A number that names no member stays as it is, as a cast does in .NET.
    this.socketErrorCode = socketErrorNumber as SocketError;
    if (known.syscall !== undefined) this.syscall = known.syscall;
    if (known.address !== undefined) this.address = known.address;
    if (known.port !== undefined) this.port = known.port;
  }

  /**
   * The same number as `nativeErrorCode`.
   *
   * **Differs from .NET:** the same while an exception is made from a `SocketError` alone. When the
   * system's number is known it is given here, so that EMFILE (24) is not reported as ENFILE (23).
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketexception.errorcode
   */
  get errorCode(): number {
    return this.nativeErrorCode;
  }
}
