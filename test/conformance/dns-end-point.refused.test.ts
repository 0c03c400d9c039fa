// Rows N-011 and N-012 of the specification: a name is for connecting alone.

import { AddressFamily, DnsEndPoint, SocketType, type Socket } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { eventArgs, tcpSocket, udpSocket } from '../support/sockets.js';
import { ae, thrownBy } from '../support/thrown.js';
import { unixSocket } from '../support/unix-sockets.js';

describe.each<[string, () => Socket]>([
  ['TCP', () => tcpSocket()],
  ['UDP', () => udpSocket()],
  ['UDP over IPv6', () => udpSocket(AddressFamily.InterNetworkV6)],
  ['Unix-domain datagram', () => unixSocket(SocketType.Dgram)],
])('a DnsEndPoint on a %s socket', (_kind, make) => {
  test.each<[string, (socket: Socket, name: DnsEndPoint) => unknown, string]>([
    ['N-011 sendToAsync', (socket, name) => socket.sendToAsync(argsTo(name)), 'remoteEP'],
    ['N-012 receiveFromAsync', (socket, name) => socket.receiveFromAsync(argsTo(name)), 'e'],
    [
      'N-012 receiveMessageFromAsync',
      (socket, name) => socket.receiveMessageFromAsync(argsTo(name)),
      'e',
    ],
    ['N-012 bind', (socket, name) => socket.bind(name), 'remoteEP'],
  ])('is refused by %s', (_member, call, paramName) => {
    const socket = make();
    expect(thrownBy(() => call(socket, new DnsEndPoint('localhost', 1)))).toBe(ae(paramName));
    expect(socket.isBound).toBe(false);
  });
});

function argsTo(name: DnsEndPoint): ReturnType<typeof eventArgs> {
  const e = eventArgs(4);
  e.remoteEndPoint = name;
  return e;
}
