// Every exception carries a Node-style `code` beside its .NET class, so that both
// `error instanceof ArgumentNullException` and `error.code === 'ERR_...'` work. Node's own code is
// used wherever Node has one for the same mistake; the others are ours.
//
//   exception                       code                                   whose
//   ------------------------------  -------------------------------------  -----
//   ArgumentException               ERR_INVALID_ARG_VALUE                  Node
//   ArgumentNullException           ERR_INVALID_ARG_VALUE                  Node
//   ArgumentOutOfRangeException     ERR_OUT_OF_RANGE                       Node
//   IndexOutOfRangeException        ERR_OUT_OF_RANGE                       Node
//   InvalidOperationException       ERR_INVALID_STATE                      Node
//   ObjectDisposedException         ERR_OBJECT_DISPOSED                    ours
//   NotSupportedException           ERR_NOT_SUPPORTED                      ours
//   PlatformNotSupportedException   ERR_FEATURE_UNAVAILABLE_ON_PLATFORM    Node
//   NotImplementedException         ERR_METHOD_NOT_IMPLEMENTED             Node
//   FormatException                 ERR_INVALID_FORMAT                     ours
//   OverflowException               ERR_OVERFLOW                           ours
//   IOException                     ERR_IO                                 ours
//   FileNotFoundException           ENOENT                                 Node
//   DirectoryNotFoundException      ENOENT                                 Node
//   UnauthorizedAccessException     EACCES                                 Node
//   Win32Exception                  ERR_SYSTEM_ERROR                       Node
//   SocketException                 that of its error, as ECONNRESET       Node

/**
 * The codes of the table above, by the idea behind them.
 *
 * @internal
 */
export const exceptionCode = {
  invalidArgument: 'ERR_INVALID_ARG_VALUE',
  outOfRange: 'ERR_OUT_OF_RANGE',
  invalidState: 'ERR_INVALID_STATE',
  disposed: 'ERR_OBJECT_DISPOSED',
  notSupported: 'ERR_NOT_SUPPORTED',
  platform: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
  notImplemented: 'ERR_METHOD_NOT_IMPLEMENTED',
  format: 'ERR_INVALID_FORMAT',
  overflow: 'ERR_OVERFLOW',
  io: 'ERR_IO',
  notFound: 'ENOENT',
  accessDenied: 'EACCES',
  system: 'ERR_SYSTEM_ERROR',
} as const;

/**
 * Gives an exception class its `name`. On the prototype and not enumerable, as the built-in errors
 * have it: an own field would be set after the stack was captured, which would then begin with
 * "Error:", and would be printed as if it were data.
 *
 * @internal
 */
export function nameException(type: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(type.prototype, 'name', {
    value: name,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
