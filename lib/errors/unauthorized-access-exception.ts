import { exceptionCode, nameException } from './exception-codes.js';

/**
 * The operating system denies access, or the path is that of a directory.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.unauthorizedaccessexception
 */
export class UnauthorizedAccessException extends Error {
  static {
    nameException(this, 'UnauthorizedAccessException');
  }

  /** Node's code for the mistake: always `'EACCES'`. */
  readonly code: string = exceptionCode.accessDenied;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.unauthorizedaccessexception.-ctor
   */
  constructor(message = 'Access is denied.', options?: ErrorOptions) {
    super(message, options);
  }
}
