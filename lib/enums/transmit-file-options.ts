/**
 * How a file or a list of packets is sent; combine the values with `|`.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.transmitfileoptions
 */
export const TransmitFileOptions = {
  /** Nothing out of the ordinary. */
  UseDefaultWorkerThread: 0x00,
  /** Ends the connection once everything has been sent. */
  Disconnect: 0x01,
  /** Makes the socket usable for another connection; works together with `Disconnect`. */
  ReuseSocket: 0x02,
  /** Completes when the data is queued, before it is sent. No effect outside Windows. */
  WriteBehind: 0x04,
  /** Lets a system thread do long sends. No effect outside Windows. */
  UseSystemThread: 0x10,
  /** Lets kernel procedure calls do long sends. No effect outside Windows. */
  UseKernelApc: 0x20,
} as const;

/**
 * Any combination of the values of {@link TransmitFileOptions}. An alias of `number`, because a
 * union of the single values would refuse a combination made with `|`, whose type is `number`.
 */
export type TransmitFileOptions = number;
