import { exceptionCode, nameException } from './exception-codes.js';

/**
 * A call is not valid in the object's present state.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.invalidoperationexception
 */
export class InvalidOperationException extends Error {
  static {
    nameException(this, 'InvalidOperationException');
  }

  /** `'ERR_INVALID_STATE'`, or `'ERR_OBJECT_DISPOSED'` in `ObjectDisposedException`. */
  readonly code: string = exceptionCode.invalidState;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.invalidoperationexception.-ctor
   */
  constructor(
    message = 'The operation is not valid in the present state of the object.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
