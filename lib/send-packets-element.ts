/**
 * One piece of what `sendPacketsAsync` sends.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement
 */
export interface SendPacketsElement {
  /** The bytes to send. */
  readonly buffer: Uint8Array | null;
}
