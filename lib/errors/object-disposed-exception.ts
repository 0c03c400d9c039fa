import { exceptionCode, nameException } from './exception-codes.js';
import { InvalidOperationException } from './invalid-operation-exception.js';

/**
 * An object is used after it was disposed.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.objectdisposedexception
 */
export class ObjectDisposedException extends InvalidOperationException {
  static {
    nameException(this, 'ObjectDisposedException');
  }

  override readonly code: string = exceptionCode.disposed;

  /**
   * The name of the object, usually that of its class; empty if none was given.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.objectdisposedexception.objectname
   */
  readonly objectName: string;

  /**
   * Creates the exception; the object's name is appended to the message.
   *
   * @param objectName The name of the object.
   * @param message What is wrong, as a sentence.
   * @see https://learn.microsoft.com/dotnet/api/system.objectdisposedexception.-ctor
   */
  constructor(
    objectName: string | null = null,
    message = 'The object has been disposed and cannot be used any more.',
  ) {
    const name = objectName ?? '';
    super(name === '' ? message : `${message} (Object '${name}')`);
    this.objectName = name;
  }
}
