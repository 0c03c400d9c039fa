import { exceptionCode, nameException } from './exception-codes.js';

/**
 * An error with a number of the operating system; the base class of `SocketException`.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.componentmodel.win32exception
 */
export class Win32Exception extends Error {
  static {
    nameException(this, 'Win32Exception');
  }

  /** `'ERR_SYSTEM_ERROR'`, or the code of the socket error in `SocketException`. */
  readonly code: string = exceptionCode.system;

  readonly #nativeErrorCode: number;

  /**
   * Creates the exception.
   *
   * @param error The system's error number.
   * @param message What went wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.componentmodel.win32exception.-ctor
   */
  constructor(
    error: number,
    message = `The system reported error ${error}.`,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.#nativeErrorCode = error;
  }

  /**
   * The system's error number: `errno` on Unix, the Windows error on Windows.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.componentmodel.win32exception.nativeerrorcode
   */
  get nativeErrorCode(): number {
    return this.#nativeErrorCode;
  }
}
