/**
 * The flags of a send or a receive, and those a receive reports back; combine them with `|`.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketflags
 */
export const SocketFlags = {
  /** No flag. */
  None: 0x0000,
  /** Out-of-band (urgent) data. */
  OutOfBand: 0x0001,
  /** Leaves what was received in the queue, to be received again. */
  Peek: 0x0002,
  /** Sends to directly connected hosts only, past the routing table. */
  DontRoute: 0x0004,
  /** The message did not fit into the buffer; the rest of it is lost. */
  Truncated: 0x0100,
  /** The control data did not fit; the rest of it is lost. */
  ControlDataTruncated: 0x0200,
  /** The packet was sent to a broadcast address. */
  Broadcast: 0x0400,
  /** The packet was sent to a multicast address. */
  Multicast: 0x0800,
  /** A part of a message only. */
  Partial: 0x8000,
} as const;

/**
 * Any combination of the values of {@link SocketFlags}. An alias of `number`, because a union of
 * the single values would refuse `SocketFlags.Peek | SocketFlags.OutOfBand`, whose type is `number`.
 */
export type SocketFlags = number;
