/**
 * The kinds of operation a `SocketAsyncEventArgs` can carry; `lastOperation` reports one of them.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasyncoperation
 */
export const SocketAsyncOperation = {
  /** No operation has been started with the event args yet. */
  None: 0,
  /** Taking a connection from a listening socket. */
  Accept: 1,
  /** Connecting to a remote endpoint. */
  Connect: 2,
  /** Ending a connection, so that the socket may be used again. */
  Disconnect: 3,
  /** Receiving from the connected peer. */
  Receive: 4,
  /** Receiving, together with the sender's endpoint. */
  ReceiveFrom: 5,
  /** Receiving, together with the sender's endpoint and the packet information. */
  ReceiveMessageFrom: 6,
  /** Sending to the connected peer. */
  Send: 7,
  /** Sending a list of files and buffers to the connected peer. */
  SendPackets: 8,
  /** Sending to a given endpoint. */
  SendTo: 9,
} as const;

/** One of the values of {@link SocketAsyncOperation}. */
export type SocketAsyncOperation = (typeof SocketAsyncOperation)[keyof typeof SocketAsyncOperation];
