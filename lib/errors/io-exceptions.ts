import { exceptionCode, nameException } from './exception-codes.js';

/**
 * Reading or writing failed.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.io.ioexception
 */
export class IOException extends Error {
  static {
    nameException(this, 'IOException');
  }

  /** `'ERR_IO'`, or `'ENOENT'` in the two subclasses, as Node's file functions have it. */
  readonly code: string = exceptionCode.io;

  /**
   * Creates the exception.
   *
   * @param message What went wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.io.ioexception.-ctor
   */
  constructor(message = 'Reading or writing failed.', options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * A file that was to be opened does not exist.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.io.filenotfoundexception
 */
export class FileNotFoundException extends IOException {
  static {
    nameException(this, 'FileNotFoundException');
  }

  override readonly code: string = exceptionCode.notFound;

  /**
   * The path of the missing file, or `null` if none was given.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.io.filenotfoundexception.filename
   */
  readonly fileName: string | null;

  /**
   * Creates the exception.
   *
   * @param message What went wrong, as a sentence.
   * @param fileName The path of the missing file.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.io.filenotfoundexception.-ctor
   */
  constructor(
    message = 'The file was not found.',
    fileName: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.fileName = fileName;
  }
}

/**
 * A part of a path does not exist.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.io.directorynotfoundexception
 */
export class DirectoryNotFoundException extends IOException {
  static {
    nameException(this, 'DirectoryNotFoundException');
  }

  override readonly code: string = exceptionCode.notFound;

  /**
   * Creates the exception.
   *
   * @param message What went wrong, as a sentence.
   * @param options The error that led to this one, as `cause`.
   * @see https://learn.microsoft.com/dotnet/api/system.io.directorynotfoundexception.-ctor
   */
  constructor(message = 'A part of the path was not found.', options?: ErrorOptions) {
    super(message, options);
  }
}
