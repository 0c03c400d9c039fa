/**
 * The communication styles of a socket.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sockettype
 */
export const SocketType = {
  /** A reliable, ordered stream of bytes between two ends (TCP). */
  Stream: 1,
  /** Single messages that may be lost, doubled or reordered (UDP). */
  Dgram: 2,
  /** Access to the protocol below the transport, headers included. */
  Raw: 3,
  /** Single messages, delivered reliably but not necessarily in order. */
  Rdm: 4,
  /** Messages with boundaries over a reliable, ordered connection. */
  Seqpacket: 5,
  /** A style that is not known. */
  Unknown: -1,
} as const;

/** One of the values of {@link SocketType}. */
export type SocketType = (typeof SocketType)[keyof typeof SocketType];
