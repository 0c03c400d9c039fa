/**
 * The control codes that `Socket.ioControl` knows by name. All are Windows Sockets codes; each
 * platform offers only some of them.
 *
 * **Differs from .NET:** the numbers are of type `long` there; here they are plain numbers, and all
 * are below 2^32.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.iocontrolcode
 */
export const IOControlCode = {
  /** Turns notification of waiting data on. */
  AsyncIO: 0x8004667d,
  /** Switches between blocking and non-blocking. */
  NonBlockingIO: 0x8004667e,
  /** How many bytes can be read. */
  DataToRead: 0x4004667f,
  /** Whether all urgent data has been read. */
  OobDataRead: 0x40047307,
  /** Associates the socket with the handle of a companion interface. */
  AssociateHandle: 0x88000001,
  /** Lets an overflowing queue drop its oldest message instead of the new one. */
  EnableCircularQueuing: 0x28000002,
  /** Discards what waits to be sent. */
  Flush: 0x28000004,
  /** The broadcast address of the socket's family. */
  GetBroadcastAddress: 0x48000005,
  /** The address of an extension function. */
  GetExtensionFunctionPointer: 0xc8000006,
  /** The quality of service of the socket. */
  GetQos: 0xc8000007,
  /** The quality of service of the socket's group. */
  GetGroupQos: 0xc8000008,
  /** Whether multicast data is delivered to this host too. */
  MultipointLoopback: 0x88000009,
  /** How many hops multicast data may take. */
  MulticastScope: 0x8800000a,
  /** Sets the quality of service of the socket. */
  SetQos: 0x8800000b,
  /** Sets the quality of service of the socket's group. */
  SetGroupQos: 0x8800000c,
  /** The handle of the socket within a companion interface. */
  TranslateHandle: 0xc800000d,
  /** The interface that leads to a given address. */
  RoutingInterfaceQuery: 0xc8000014,
  /** Notification when the interface that leads to an address changes. */
  RoutingInterfaceChange: 0x88000015,
  /** The local addresses the socket can be bound to. */
  AddressListQuery: 0x48000016,
  /** Notification when those local addresses change. */
  AddressListChange: 0x28000017,
  /** The plug-and-play device below the socket. */
  QueryTargetPnpHandle: 0x48000018,
  /** Notification when a namespace changes. */
  NamespaceChange: 0x88000019,
  /** Sorts a list of addresses by how well they are reached. */
  AddressListSort: 0xc8000019,
  /** Receives every IPv4 packet of the network. */
  ReceiveAll: 0x98000001,
  /** Receives every multicast IPv4 packet of the network. */
  ReceiveAllMulticast: 0x98000002,
  /** Receives every group management packet of the network. */
  ReceiveAllIgmpMulticast: 0x98000003,
  /** Sets keep-alive on or off, with its times. */
  KeepAliveValues: 0x98000004,
  /** Receives packets that carry the router alert option. */
  AbsorbRouterAlert: 0x98000005,
  /** The interface that unicast packets leave by. */
  UnicastInterface: 0x98000006,
  /** Restricts broadcasts to one interface. */
  LimitBroadcasts: 0x98000007,
  /** Binds the socket to an interface by its index. */
  BindToInterface: 0x98000008,
  /** The interface that multicast packets leave by. */
  MulticastInterface: 0x98000009,
  /** Joins a multicast group on an interface given by its index. */
  AddMulticastGroupOnInterface: 0x9800000a,
  /** Leaves a multicast group on an interface given by its index. */
  DeleteMulticastGroupFromInterface: 0x9800000b,
} as const;

/** One of the values of {@link IOControlCode}. */
export type IOControlCode = (typeof IOControlCode)[keyof typeof IOControlCode];
