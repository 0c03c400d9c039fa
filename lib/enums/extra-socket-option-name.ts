/**
 * Options that .NET has no name for; `setSocketOption` and `getSocketOption` take them as those of
 * `SocketOptionName`. A system that lacks one answers `OperationNotSupported`. The numbers are this
 * package's own.
 *
 * **Differs from .NET:** there they are set by `SetRawSocketOption`, with the system's numbers.
 */
export const ExtraSocketOptionName = {
  // Level Socket.

  /**
   * The only network interface to be used: its name, as bytes of at most 15; no effect on what is
   * received by others. Linux alone (SO_BINDTODEVICE, man 7 socket).
   */
  BindToDevice: 0x10001,

  // Level IPv6.

  /**
   * The traffic class of outgoing IPv6 packets, 0 to 255; -1 for the default. Not on Windows
   * (IPV6_TCLASS, RFC 3542).
   */
  IPv6TrafficClass: 0x10002,

  // Level Tcp.

  /**
   * How many milliseconds sent data may stay unacknowledged before the connection is given up; 0
   * for the default. Linux alone (TCP_USER_TIMEOUT, man 7 tcp).
   */
  TcpUserTimeout: 0x10003,
  /**
   * Whether what arrives is acknowledged at once. The system turns it off again by itself. Linux
   * alone (TCP_QUICKACK, man 7 tcp).
   */
  TcpQuickAck: 0x10004,
} as const;

/** One of the values of {@link ExtraSocketOptionName}. */
export type ExtraSocketOptionName =
  (typeof ExtraSocketOptionName)[keyof typeof ExtraSocketOptionName];
