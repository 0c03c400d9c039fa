import { exceptionCode, nameException } from './exception-codes.js';

/**
 * An index lies outside of what it indexes.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.indexoutofrangeexception
 */
export class IndexOutOfRangeException extends Error {
  static {
    nameException(this, 'IndexOutOfRangeException');
  }

  /** Always `'ERR_OUT_OF_RANGE'`. */
  readonly code: string = exceptionCode.outOfRange;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.indexoutofrangeexception.-ctor
   */
  constructor(message = 'The index is outside the bounds.', options?: ErrorOptions) {
    super(message, options);
  }
}
