/**
 * The options of a socket; the `SocketOptionLevel` given with one decides which of the names that
 * share a number is meant.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketoptionname
 */
export const SocketOptionName = {
  // Level Socket.

  /** Records debugging information. */
  Debug: 0x0001,
  /** Whether the socket listens; can only be read. */
  AcceptConnection: 0x0002,
  /** Allows several sockets on one local address. */
  ReuseAddress: 0x0004,
  /** Sends probes on an idle connection. */
  KeepAlive: 0x0008,
  /** Sends to directly connected hosts only. */
  DontRoute: 0x0010,
  /** Permits sending to broadcast addresses. */
  Broadcast: 0x0020,
  /** Bypasses the hardware where possible. */
  UseLoopback: 0x0040,
  /** What closing does with unsent data; a `LingerOption`. */
  Linger: 0x0080,
  /** Delivers urgent data in the ordinary stream. */
  OutOfBandInline: 0x0100,
  /** Closes without waiting for unsent data: the bitwise complement of `Linger`. */
  DontLinger: -129,
  /** Keeps other sockets off the local address: the bitwise complement of `ReuseAddress`. */
  ExclusiveAddressUse: -5,
  /** Size of the system's send buffer, in bytes. */
  SendBuffer: 0x1001,
  /** Size of the system's receive buffer, in bytes. */
  ReceiveBuffer: 0x1002,
  /** Low-water mark of sends, in bytes. */
  SendLowWater: 0x1003,
  /** Low-water mark of receives, in bytes. */
  ReceiveLowWater: 0x1004,
  /** Time limit of a blocking send, in milliseconds. */
  SendTimeout: 0x1005,
  /** Time limit of a blocking receive, in milliseconds. */
  ReceiveTimeout: 0x1006,
  /** Takes and clears the pending error; can only be read. */
  Error: 0x1007,
  /** The type of the socket; can only be read. */
  Type: 0x1008,
  /** Lets a connecting socket share its ephemeral port. */
  ReuseUnicastPort: 0x3007,
  /** Not an option: the largest backlog that listening can be asked for. */
  MaxConnections: 0x7fffffff,

  // Levels IP and IPv6.

  /** The options written into outgoing IPv4 datagrams. */
  IPOptions: 1,
  /** The application provides the IPv4 header itself. */
  HeaderIncluded: 2,
  /** The type-of-service field of IPv4. */
  TypeOfService: 3,
  /** How many hops a packet may take. */
  IpTimeToLive: 4,
  /** The interface that multicast packets leave by. */
  MulticastInterface: 9,
  /** How many hops a multicast packet may take. */
  MulticastTimeToLive: 10,
  /** Whether multicast packets are delivered to this host too. */
  MulticastLoopback: 11,
  /** Joins a multicast group. */
  AddMembership: 12,
  /** Leaves a multicast group. */
  DropMembership: 13,
  /** Forbids fragmenting IPv4 datagrams. */
  DontFragment: 14,
  /** Joins a multicast group for one source. */
  AddSourceMembership: 15,
  /** Leaves a multicast group for one source. */
  DropSourceMembership: 16,
  /** Shuts out one source of a multicast group. */
  BlockSource: 17,
  /** Lets in a source of a multicast group that was shut out. */
  UnblockSource: 18,
  /** Reports destination address and interface of received packets. */
  PacketInformation: 19,
  /** How many hops an IPv6 packet may take. */
  HopLimit: 21,
  /** How far an IPv6 socket may be reached; Windows only. */
  IPProtectionLevel: 23,
  /** Whether an IPv6 socket refuses IPv4 peers. */
  IPv6Only: 27,

  // Level Tcp.

  /** Sends small segments at once, without waiting to fill them. */
  NoDelay: 1,
  /** Whether the urgent pointer is counted as BSD does. */
  BsdUrgent: 2,
  /** Whether urgent data is sent as expedited data; the same number as `BsdUrgent`. */
  Expedited: 2,
  /** Sends data with the opening handshake. */
  FastOpen: 15,
  /** How many keep-alive probes may stay unanswered. */
  TcpKeepAliveRetryCount: 16,
  /** Idle time before the first keep-alive probe, in seconds. */
  TcpKeepAliveTime: 3,
  /** Time between two keep-alive probes, in seconds. */
  TcpKeepAliveInterval: 17,

  // Level Udp.

  /** Sends datagrams with a checksum of zero. */
  NoChecksum: 1,
  /** Whether the checksum covers the data. */
  ChecksumCoverage: 20,
  /** Gives an accepted socket the properties of its listener. */
  UpdateAcceptContext: 0x700b,
  /** Gives a connected socket its properties. */
  UpdateConnectContext: 0x7010,
} as const;

/** One of the values of {@link SocketOptionName}. */
export type SocketOptionName = (typeof SocketOptionName)[keyof typeof SocketOptionName];
