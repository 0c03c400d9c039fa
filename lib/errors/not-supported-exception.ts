import { exceptionCode, nameException } from './exception-codes.js';

/**
 * The object does not offer the operation.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.notsupportedexception
 */
export class NotSupportedException extends Error {
  static {
    nameException(this, 'NotSupportedException');
  }

  /**
   * `'ERR_NOT_SUPPORTED'`, or `'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM'` in
   * `PlatformNotSupportedException`.
   */
  readonly code: string = exceptionCode.notSupported;

  /**
   * Creates the exception.
   *
   * @param message What is not supported, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.notsupportedexception.-ctor
   */
  constructor(message = 'The operation is not supported.', options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * This operating system does not offer the operation.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.platformnotsupportedexception
 */
export class PlatformNotSupportedException extends NotSupportedException {
  static {
    nameException(this, 'PlatformNotSupportedException');
  }

  override readonly code: string = exceptionCode.platform;

  /**
   * Creates the exception.
   *
   * @param message What is not supported, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.platformnotsupportedexception.-ctor
   */
  constructor(
    message = 'The operation is not supported on this platform.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
