/**
 * The addressing schemes a socket can use.
 *
 * The numbers are the same on every platform and differ from the system's own: `InterNetworkV6` is
 * 23 here, but 10 on Linux and 30 on macOS.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.addressfamily
 */
export const AddressFamily = {
  /** A family that is not known. */
  Unknown: -1,
  /** No family was chosen. */
  Unspecified: 0,
  /** Paths and names within one host (Unix domain). */
  Unix: 1,
  /** IPv4. */
  InterNetwork: 2,
  /** ARPANET IMP addresses. */
  ImpLink: 3,
  /** PUP protocols. */
  Pup: 4,
  /** MIT CHAOS protocols. */
  Chaos: 5,
  /** Xerox NS protocols; the same number as `Ipx`. */
  NS: 6,
  /** IPX or SPX. */
  Ipx: 6,
  /** ISO protocols. */
  Iso: 7,
  /** OSI protocols; the same number as `Iso`. */
  Osi: 7,
  /** European Computer Manufacturers Association. */
  Ecma: 8,
  /** Datakit protocols. */
  DataKit: 9,
  /** CCITT protocols, such as X.25. */
  Ccitt: 10,
  /** IBM SNA. */
  Sna: 11,
  /** DECnet. */
  DecNet: 12,
  /** Direct data-link interface. */
  DataLink: 13,
  /** LAT. */
  Lat: 14,
  /** NSC Hyperchannel. */
  HyperChannel: 15,
  /** AppleTalk. */
  AppleTalk: 16,
  /** NetBIOS. */
  NetBios: 17,
  /** VoiceView. */
  VoiceView: 18,
  /** FireFox. */
  FireFox: 19,
  /** Banyan. */
  Banyan: 21,
  /** Native ATM services. */
  Atm: 22,
  /** IPv6. */
  InterNetworkV6: 23,
  /** Microsoft cluster products. */
  Cluster: 24,
  /** IEEE 1284.4 working group. */
  Ieee12844: 25,
  /** IrDA. */
  Irda: 26,
  /** Network Designers OSI gateway protocols. */
  NetworkDesigners: 28,
  /** An upper bound of the classic families; not a family itself. */
  Max: 29,
  /** Linux packet sockets. */
  Packet: 65536,
  /** Controller area network (CAN) of Linux. */
  ControllerAreaNetwork: 65537,
} as const;

/** One of the values of {@link AddressFamily}. */
export type AddressFamily = (typeof AddressFamily)[keyof typeof AddressFamily];
