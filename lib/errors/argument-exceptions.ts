import { inspect } from 'node:util';

import { exceptionCode, nameException } from './exception-codes.js';

const outOfRange = 'The argument is outside the range of valid values.';

function withParamName(message: string, paramName: string | null): string {
  return paramName === null || paramName === '' ? message : `${message} (Parameter '${paramName}')`;
}

function withValue(message: string, value: unknown): string {
  return `${message} The value was ${inspect(value, { depth: 0 })}.`;
}

/**
 * An argument of a call is not valid.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.argumentexception
 */
export class ArgumentException extends Error {
  static {
    nameException(this, 'ArgumentException');
  }

  /**
   * Node's code for the mistake: `'ERR_INVALID_ARG_VALUE'`, or `'ERR_OUT_OF_RANGE'` in
   * `ArgumentOutOfRangeException`.
   */
  readonly code: string = exceptionCode.invalidArgument;

  /**
   * The name of the argument, or `null` if none was given.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.argumentexception.paramname
   */
  readonly paramName: string | null;

  /**
   * Creates the exception; the argument's name is appended to the message.
   *
   * @param message What is wrong, as a sentence.
   * @param paramName The name of the argument.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.argumentexception.-ctor
   */
  constructor(
    message = 'The argument is not valid.',
    paramName: string | null = null,
    options?: ErrorOptions,
  ) {
    super(withParamName(message, paramName), options);
    this.paramName = paramName;
  }
}

/**
 * An argument is `null` or `undefined` where a value is needed.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.argumentnullexception
 */
export class ArgumentNullException extends ArgumentException {
  static {
    nameException(this, 'ArgumentNullException');
  }

  /**
   * Creates the exception. The name comes first, as in .NET.
   *
   * @param paramName The name of the argument.
   * @param message What is wrong, as a sentence.
   * @see https://learn.microsoft.com/dotnet/api/system.argumentnullexception.-ctor
   */
  constructor(paramName: string | null = null, message = 'The value cannot be null.') {
    super(message, paramName);
  }
}

/**
 * An argument lies outside the values that are allowed.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.argumentoutofrangeexception
 */
export class ArgumentOutOfRangeException extends ArgumentException {
  static {
    nameException(this, 'ArgumentOutOfRangeException');
  }

  override readonly code: string = exceptionCode.outOfRange;

  /**
   * The value that was given, or `null` if it was not passed on.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.argumentoutofrangeexception.actualvalue
   */
  readonly actualValue: unknown;

  /**
   * Creates the exception. The name comes first, as in .NET.
   *
   * @param paramName The name of the argument.
   * @param message What is wrong, as a sentence.
   * @see https://learn.microsoft.com/dotnet/api/system.argumentoutofrangeexception.-ctor
   */
  constructor(paramName?: string | null, message?: string);
  /**
   * Creates the exception with the value that was given, which is appended to the message.
   *
   * @param paramName The name of the argument.
   * @param actualValue The value that was given.
   * @param message What is wrong, as a sentence.
   * @see https://learn.microsoft.com/dotnet/api/system.argumentoutofrangeexception.-ctor
   */
  constructor(paramName: string | null, actualValue: unknown, message: string);
  constructor(paramName: string | null = null, ...rest: readonly unknown[]) {
    const hasValue = rest.length > 1;
    const message = hasValue ? rest[1] : rest[0];
    const sentence = typeof message === 'string' ? message : outOfRange;
    super(hasValue ? withValue(sentence, rest[0]) : sentence, paramName);
    this.actualValue = hasValue ? rest[0] : null;
  }
}
