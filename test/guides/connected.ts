// Around examples of the guides: two ends of a connection, `socket` and `peer`, and free event args.

import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  AddressFamily,
  BufferManager,
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  SendPacketsElement,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncEventArgsPool,
  SocketAsyncOperation,
  SocketError,
  SocketException,
  SocketShutdown,
  SocketType,
} from 'socket-async-event-args';

void [AsyncLocalStorage, BufferManager, DnsEndPoint, SendPacketsElement, SocketAsyncEventArgsPool];
void [SocketAsyncOperation, SocketException, SocketShutdown, assert];

const listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.listen();
const accepting = new SocketAsyncEventArgs();
const accepted = new Promise<void>(resolve => {
  accepting.on('completed', () => {
    resolve();
  });
  if (!listener.acceptAsync(accepting)) resolve();
});
const socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
const connecting = new SocketAsyncEventArgs();
connecting.remoteEndPoint = listener.localEndPoint;
const connected = new Promise<void>(resolve => {
  connecting.on('completed', () => {
    resolve();
  });
  if (!socket.connectAsync(connecting)) resolve();
});
await Promise.all([accepted, connected]);
listener.close();
const peer = accepting.acceptSocket;
if (peer === null || connecting.socketError !== SocketError.Success) throw new Error('no pair');

// The peer says something, and ends: whatever an example waits for comes.
const greeting = new SocketAsyncEventArgs();
greeting.setBuffer(Buffer.from('hello'));
peer.sendAsync(greeting);
setImmediate(() => {
  peer.shutdown(SocketShutdown.Send);
});
const e = new SocketAsyncEventArgs();
e.setBuffer(Buffer.alloc(64));

/* the example */
