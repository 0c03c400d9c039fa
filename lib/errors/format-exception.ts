import { exceptionCode, nameException } from './exception-codes.js';

/**
 * A text does not have the form that was expected.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.formatexception
 */
export class FormatException extends Error {
  static {
    nameException(this, 'FormatException');
  }

  /** Always `'ERR_INVALID_FORMAT'`. */
  readonly code: string = exceptionCode.format;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.formatexception.-ctor
   */
  constructor(message = 'The text does not have a valid form.', options?: ErrorOptions) {
    super(message, options);
  }
}
