/**
 * The protocol layer an option belongs to; it decides what a `SocketOptionName` number means.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketoptionlevel
 */
export const SocketOptionLevel = {
  /** Options of every socket. */
  Socket: 0xffff,
  /** Options of IPv4 sockets. */
  IP: 0,
  /** Options of IPv6 sockets. */
  IPv6: 41,
  /** Options of TCP sockets. */
  Tcp: 6,
  /** Options of UDP sockets. */
  Udp: 17,
} as const;

/** One of the values of {@link SocketOptionLevel}. */
export type SocketOptionLevel = (typeof SocketOptionLevel)[keyof typeof SocketOptionLevel];
