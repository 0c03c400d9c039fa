/**
 * The outcomes of a socket operation.
 *
 * The numbers are those of Windows Sockets on every platform; on Unix they are translated from the
 * system's error numbers.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketerror
 */
export const SocketError = {
  /** An error that has no name of its own here. */
  SocketError: -1,
  /** The operation succeeded. */
  Success: 0,
  /** The operation was cancelled, or its socket was closed. */
  OperationAborted: 995,
  /** The operation has started and is not finished yet. */
  IOPending: 997,
  /** A blocking call was interrupted. */
  Interrupted: 10004,
  /** The operation is not permitted. */
  AccessDenied: 10013,
  /** The system was given an invalid memory address. */
  Fault: 10014,
  /** The system was given an invalid argument. */
  InvalidArgument: 10022,
  /** The process or the system has no descriptor left. */
  TooManyOpenSockets: 10024,
  /** The operation would have to wait, and the socket does not block. */
  WouldBlock: 10035,
  /** Another blocking operation is running. */
  InProgress: 10036,
  /** The same operation is already running on this socket. */
  AlreadyInProgress: 10037,
  /** The descriptor is not that of a socket. */
  NotSocket: 10038,
  /** The operation needs a destination address, and there is none. */
  DestinationAddressRequired: 10039,
  /** The message is too long. */
  MessageSize: 10040,
  /** The protocol does not fit the socket's type. */
  ProtocolType: 10041,
  /** The option is not known, or not valid at this level. */
  ProtocolOption: 10042,
  /** The protocol is not available. */
  ProtocolNotSupported: 10043,
  /** The socket type is not available in this address family. */
  SocketNotSupported: 10044,
  /** The operation is not available on this socket. */
  OperationNotSupported: 10045,
  /** The protocol family is not available. */
  ProtocolFamilyNotSupported: 10046,
  /** The address family is not available, or does not fit the socket. */
  AddressFamilyNotSupported: 10047,
  /** The address is already taken by another socket. */
  AddressAlreadyInUse: 10048,
  /** The address cannot be used here. */
  AddressNotAvailable: 10049,
  /** The network is not available. */
  NetworkDown: 10050,
  /** There is no route to the network. */
  NetworkUnreachable: 10051,
  /** The connection was reset because a keep-alive failed. */
  NetworkReset: 10052,
  /** The connection was given up by this host. */
  ConnectionAborted: 10053,
  /** The connection was reset by the peer. */
  ConnectionReset: 10054,
  /** The system has no buffer space left. */
  NoBufferSpaceAvailable: 10055,
  /** The socket is already connected. */
  IsConnected: 10056,
  /** The socket is not connected. */
  NotConnected: 10057,
  /** This direction of the connection has been shut down. */
  Shutdown: 10058,
  /** The peer did not answer in time. */
  TimedOut: 10060,
  /** The peer refuses the connection. */
  ConnectionRefused: 10061,
  /** The host is down. */
  HostDown: 10064,
  /** There is no route to the host. */
  HostUnreachable: 10065,
  /** Too many processes use the network. */
  ProcessLimit: 10067,
  /** The network subsystem is not available. */
  SystemNotReady: 10091,
  /** The network subsystem does not have the version asked for. */
  VersionNotSupported: 10092,
  /** The network subsystem was not initialized. */
  NotInitialized: 10093,
  /** The connection is being closed. */
  Disconnecting: 10101,
  /** The class was not found. */
  TypeNotFound: 10109,
  /** No host has this name. */
  HostNotFound: 11001,
  /** The name could not be resolved now; later it may. */
  TryAgain: 11002,
  /** The name cannot be resolved, and trying again will not help. */
  NoRecovery: 11003,
  /** The name exists, but has no address that fits. */
  NoData: 11004,
} as const;

/** One of the values of {@link SocketError}. */
export type SocketError = (typeof SocketError)[keyof typeof SocketError];
