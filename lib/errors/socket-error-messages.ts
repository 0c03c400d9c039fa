import { SocketError } from '../enums/socket-error.js';

const messages: Readonly<Record<SocketError, string>> = {
  [SocketError.SocketError]: 'The system reported an error that has no name here.',
  [SocketError.Success]: 'The operation succeeded.',
  [SocketError.OperationAborted]: 'The operation was cancelled, or its socket was closed.',
  [SocketError.IOPending]: 'The operation has started and is not finished yet.',
  [SocketError.Interrupted]: 'The call was interrupted.',
  [SocketError.AccessDenied]: 'The operation is not permitted.',
  [SocketError.Fault]: 'The system was given an invalid memory address.',
  [SocketError.InvalidArgument]: 'The system was given an invalid argument.',
  [SocketError.TooManyOpenSockets]: 'Too many files or sockets are open.',
  [SocketError.WouldBlock]: 'The operation would have to wait.',
  [SocketError.InProgress]: 'Another operation is in progress.',
  [SocketError.AlreadyInProgress]: 'The operation is already in progress.',
  [SocketError.NotSocket]: 'The descriptor is not a socket.',
  [SocketError.DestinationAddressRequired]: 'A destination address is needed.',
  [SocketError.MessageSize]: 'The message is too long.',
  [SocketError.ProtocolType]: 'The protocol does not fit the type of the socket.',
  [SocketError.ProtocolOption]: 'The option is unknown or not valid at this level.',
  [SocketError.ProtocolNotSupported]: 'The protocol is not supported.',
  [SocketError.SocketNotSupported]: 'The type of socket is not supported.',
  [SocketError.OperationNotSupported]: 'The operation is not supported.',
  [SocketError.ProtocolFamilyNotSupported]: 'The protocol family is not supported.',
  [SocketError.AddressFamilyNotSupported]: 'The address family is not supported.',
  [SocketError.AddressAlreadyInUse]: 'The address is already in use.',
  [SocketError.AddressNotAvailable]: 'The address is not available.',
  [SocketError.NetworkDown]: 'The network is down.',
  [SocketError.NetworkUnreachable]: 'The network is unreachable.',
  [SocketError.NetworkReset]: 'The network dropped the connection.',
  [SocketError.ConnectionAborted]: 'The connection was aborted by this host.',
  [SocketError.ConnectionReset]: 'The connection was reset by the peer.',
  [SocketError.NoBufferSpaceAvailable]: 'No buffer space is available.',
  [SocketError.IsConnected]: 'The socket is already connected.',
  [SocketError.NotConnected]: 'The socket is not connected.',
  [SocketError.Shutdown]: 'This direction of the connection has been shut down.',
  [SocketError.TimedOut]: 'The operation timed out.',
  [SocketError.ConnectionRefused]: 'The connection was refused.',
  [SocketError.HostDown]: 'The host is down.',
  [SocketError.HostUnreachable]: 'The host is unreachable.',
  [SocketError.ProcessLimit]: 'Too many processes use the network.',
  [SocketError.SystemNotReady]: 'The network subsystem is not ready.',
  [SocketError.VersionNotSupported]: 'This version of the network subsystem is not supported.',
  [SocketError.NotInitialized]: 'The network subsystem is not initialized.',
  [SocketError.Disconnecting]: 'The connection is being closed.',
  [SocketError.TypeNotFound]: 'The class was not found.',
  [SocketError.HostNotFound]: 'The host was not found.',
  [SocketError.TryAgain]: 'The name could not be resolved now; try again later.',
  [SocketError.NoRecovery]: 'The name cannot be resolved.',
  [SocketError.NoData]: 'The name has no address that fits.',
};

const sentenceByNumber: ReadonlyMap<number, string> = new Map(
  Object.entries(messages).map(([number, sentence]) => [Number(number), sentence]),
);

/**
 * A short sentence for a socket error, or for a number that is none.
 *
 * @internal
 */
export function messageOf(socketError: number): string {
  return sentenceByNumber.get(socketError) ?? `Socket error ${socketError} occurred.`;
}
