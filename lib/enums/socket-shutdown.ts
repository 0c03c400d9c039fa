/**
 * The directions of a connection that `Socket.shutdown` can end.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketshutdown
 */
export const SocketShutdown = {
  /** Nothing more is received. */
  Receive: 0,
  /** Nothing more is sent; the peer sees the end of the stream. */
  Send: 1,
  /** Neither direction is used any more. */
  Both: 2,
} as const;

/** One of the values of {@link SocketShutdown}. */
export type SocketShutdown = (typeof SocketShutdown)[keyof typeof SocketShutdown];
