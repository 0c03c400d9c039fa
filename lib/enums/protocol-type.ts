/**
 * The protocols a socket can speak.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.protocoltype
 */
export const ProtocolType = {
  /** Internet Protocol; the same number as `Unspecified`. */
  IP: 0,
  /** The hop-by-hop options header of IPv6. */
  IPv6HopByHopOptions: 0,
  /** Internet Control Message Protocol. */
  Icmp: 1,
  /** Internet Group Management Protocol. */
  Igmp: 2,
  /** Gateway-to-Gateway Protocol. */
  Ggp: 3,
  /** Internet Protocol version 4. */
  IPv4: 4,
  /** Transmission Control Protocol. */
  Tcp: 6,
  /** PARC Universal Packet Protocol. */
  Pup: 12,
  /** User Datagram Protocol. */
  Udp: 17,
  /** Internet Datagram Protocol. */
  Idp: 22,
  /** Internet Protocol version 6. */
  IPv6: 41,
  /** The routing header of IPv6. */
  IPv6RoutingHeader: 43,
  /** The fragment header of IPv6. */
  IPv6FragmentHeader: 44,
  /** The encapsulating security payload header of IPsec. */
  IPSecEncapsulatingSecurityPayload: 50,
  /** The authentication header of IPsec. */
  IPSecAuthenticationHeader: 51,
  /** Internet Control Message Protocol for IPv6. */
  IcmpV6: 58,
  /** The mark that no header follows in IPv6. */
  IPv6NoNextHeader: 59,
  /** The destination options header of IPv6. */
  IPv6DestinationOptions: 60,
  /** Net Disk Protocol, unofficial. */
  ND: 77,
  /** The raw IP packet. */
  Raw: 255,
  /** No protocol was chosen; the system picks the usual one for the socket type. */
  Unspecified: 0,
  /** Internetwork Packet Exchange. */
  Ipx: 1000,
  /** Sequenced Packet Exchange. */
  Spx: 1256,
  /** Sequenced Packet Exchange, version 2. */
  SpxII: 1257,
  /** A protocol that is not known. */
  Unknown: -1,
} as const;

/** One of the values of {@link ProtocolType}. */
export type ProtocolType = (typeof ProtocolType)[keyof typeof ProtocolType];
