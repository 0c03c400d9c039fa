import { exceptionCode, nameException } from './exception-codes.js';

/**
 * A number does not fit into the type it is meant for.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.overflowexception
 */
export class OverflowException extends Error {
  static {
    nameException(this, 'OverflowException');
  }

  /** Always `'ERR_OVERFLOW'`. */
  readonly code: string = exceptionCode.overflow;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.overflowexception.-ctor
   */
  constructor(message = 'The number is too large for its type.', options?: ErrorOptions) {
    super(message, options);
  }
}
