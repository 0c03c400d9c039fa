import { exceptionCode, nameException } from './exception-codes.js';

/**
 * The class leaves this member to its subclasses, and this one has not implemented it.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.notimplementedexception
 */
export class NotImplementedException extends Error {
  static {
    nameException(this, 'NotImplementedException');
  }

  /** Always `'ERR_METHOD_NOT_IMPLEMENTED'`. */
  readonly code: string = exceptionCode.notImplemented;

  /**
   * Creates the exception.
   *
   * @param message What is wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.notimplementedexception.-ctor
   */
  constructor(message = 'The member is not implemented.', options?: ErrorOptions) {
    super(message, options);
  }
}
