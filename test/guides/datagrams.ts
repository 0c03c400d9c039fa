// Around examples of the guides: two bound UDP sockets, `socket` and `peer`, and three datagrams on
// their way from the peer.

import assert from 'node:assert';
import {
  AddressFamily,
  BufferManager,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

void [assert, BufferManager, SocketError];

function boundSocket(): Socket {
  const bound = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
  bound.bind(new IPEndPoint(IPAddress.Loopback, 0));
  return bound;
}
const socket = boundSocket();
const peer = boundSocket();

for (const text of ['one', 'two', 'three']) {
  const greeting = new SocketAsyncEventArgs();
  greeting.remoteEndPoint = socket.localEndPoint;
  greeting.setBuffer(Buffer.from(text));
  peer.sendToAsync(greeting);
}

/* the example */
