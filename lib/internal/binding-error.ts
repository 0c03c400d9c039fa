/** Why the addon cannot be used here. */
export type BindingErrorCode =
  /** No file for this platform could be loaded; the message lists what was tried. */
  | 'ERR_SAEA_NO_BINARY'
  /** A file was loaded, and belongs to another version of this package. */
  | 'ERR_SAEA_WRONG_BINARY'
  /** Bun and Deno lack the part of libuv that the engine needs. */
  | 'ERR_SAEA_UNSUPPORTED_RUNTIME'
  /** Node itself refuses addons: `--permission` without `--allow-addons`, or `--no-addons`. */
  | 'ERR_SAEA_ADDONS_DISABLED'
  /** `useBinding` came too late: another addon is in use. */
  | 'ERR_SAEA_BINDING_IN_USE';

/** The addon cannot be loaded here; `code` says why. */
export class BindingError extends Error {
  override readonly name = 'BindingError';
  readonly code: BindingErrorCode;

  constructor(code: BindingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
