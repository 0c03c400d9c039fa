// Rows V-001 to V-019 of the specification, for the operations that exist: misuse is thrown, with the
// exception and the parameter name of .NET on Linux, and leaves everything as it was.

import {
  AddressFamily,
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  type SocketAsyncEventArgs,
  SocketType,
  type EndPoint,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  tracked,
} from '../support/sockets.js';
import { ae, ane, refuses, thrownBy } from '../support/thrown.js';

const { InterNetwork, InterNetworkV6 } = AddressFamily;
const missing = null as unknown as SocketAsyncEventArgs;
const list = [new Uint8Array(1)];

function bound(): Socket {
  const socket = tcpSocket();
  socket.bind(loopback());
  return socket;
}

function argsTo(remoteEndPoint: EndPoint | null): SocketAsyncEventArgs {
  const e = eventArgs();
  e.remoteEndPoint = remoteEndPoint;
  return e;
}

function argsWithList(remoteEndPoint: EndPoint | null = null): SocketAsyncEventArgs {
  const e = argsTo(remoteEndPoint);
  e.bufferList = list;
  return e;
}

function connectStatic(e: SocketAsyncEventArgs): boolean {
  return Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);
}

describe('acceptAsync', () => {
  const invalid = 'InvalidOperationException';
  refuses([
    ['V-001', 'without event args', () => listener().acceptAsync(missing), ane('e')],
    ['V-002', 'with a bufferList', () => listener().acceptAsync(argsWithList()), ae('e')],
    ['V-002', 'with a bufferList, unbound', () => tcpSocket().acceptAsync(argsWithList()), ae('e')],
    ['V-003', 'on a socket that is not bound', () => tcpSocket().acceptAsync(eventArgs()), invalid],
    ['V-030', 'on a socket that does not listen', () => bound().acceptAsync(eventArgs()), invalid],
  ]);

  test.each([
    ['bound', async () => Promise.resolve(bound())],
    ['connected', async () => (await connectedPair()).client],
    ['listening', async () => Promise.resolve(listener())],
  ])('into a socket that is %s throws, and the event args stay free', async (_how, make) => {
    const listening = listener();
    const e = eventArgs();
    e.acceptSocket = await make();
    expect(thrownBy(() => listening.acceptAsync(e))).toBe(invalid);
    e.acceptSocket = null;
    const accepting = begin(e, each => listening.acceptAsync(each));
    await succeed(argsFor(listening), each => tcpSocket().connectAsync(each));
    await accepting.outcome;
    tracked(e.acceptSocket as unknown as Socket);
  });
});

describe('connectAsync', () => {
  const ipv6Name = new DnsEndPoint('localhost', 1, InterNetworkV6);
  const ipv6 = new IPEndPoint(IPAddress.IPv6Loopback, 1);
  const there = loopback(InterNetwork, 1);
  const unsupported = 'NotSupportedException';
  refuses([
    ['V-005', 'without event args', () => tcpSocket().connectAsync(missing), ane('e')],
    [
      'V-006',
      'with a bufferList',
      () => tcpSocket().connectAsync(argsWithList(there)),
      ae('BufferList'),
    ],
    [
      'V-006',
      'with a bufferList, to nowhere, while listening',
      () => listener().connectAsync(argsWithList()),
      ae('BufferList'),
    ],
    ['V-007', 'to nowhere', () => tcpSocket().connectAsync(argsTo(null)), ane('remoteEP')],
    [
      'V-007',
      'to nowhere, while listening',
      () => listener().connectAsync(argsTo(null)),
      ane('remoteEP'),
    ],
    [
      'V-008',
      'while listening',
      () => listener().connectAsync(argsTo(there)),
      'InvalidOperationException',
    ],
    [
      'V-008',
      'to another family, while listening',
      () => listener().connectAsync(argsTo(ipv6)),
      'InvalidOperationException',
    ],
    [
      'V-009',
      'of IPv4 to an IPv6 name',
      () => tcpSocket().connectAsync(argsTo(ipv6Name)),
      unsupported,
    ],
    [
      'V-009',
      'of IPv4 to an IPv6 address',
      () => tcpSocket().connectAsync(argsTo(ipv6)),
      unsupported,
    ],
    [
      'V-009',
      'of IPv6 alone to an IPv4 address',
      () => tcpSocket(InterNetworkV6).connectAsync(argsTo(there)),
      unsupported,
    ],
  ]);

  test('V-008 of a connected socket throws IsConnected, before the family is looked at', async () => {
    const { client, listener: listening } = await connectedPair();
    for (const endPoint of [listening.localEndPoint, ipv6]) {
      const thrown = thrownBy(() => client.connectAsync(argsTo(endPoint)));
      expect(thrown).toBe('SocketException(IsConnected)');
    }
    expect(client.connected).toBe(true);
  });

  test('V-007 leaves event args free, and the socket able to connect', async () => {
    const listening = listener();
    const client = tcpSocket();
    const e = argsWithList(listening.localEndPoint);
    thrownBy(() => client.connectAsync(e));
    e.bufferList = null;
    e.remoteEndPoint = null;
    thrownBy(() => client.connectAsync(e));
    e.remoteEndPoint = ipv6;
    thrownBy(() => client.connectAsync(e));
    e.remoteEndPoint = listening.localEndPoint;
    await succeed(e, each => client.connectAsync(each));
  });
});

describe('the static connectAsync', () => {
  const { Stream, Dgram } = SocketType;
  const { Tcp } = ProtocolType;
  const there = loopback(InterNetwork, 1);
  const nowhere = 99 as SocketType;
  refuses([
    ['V-011', 'without event args', () => connectStatic(missing), ane('e')],
    ['V-012', 'with a bufferList', () => connectStatic(argsWithList(there)), ae('e')],
    ['V-012', 'with a bufferList, to nowhere', () => connectStatic(argsWithList()), ae('e')],
    ['V-013', 'to nowhere', () => connectStatic(argsTo(null)), ae('e')],
    [
      'V-013',
      'of a kind of socket that there is not',
      () => Socket.connectAsync(nowhere, Tcp, argsTo(there)),
      'SocketException(ProtocolType)',
    ],
    [
      'V-013',
      'of TCP by datagrams',
      () => Socket.connectAsync(Dgram, Tcp, argsTo(there)),
      'SocketException(ProtocolNotSupported)',
    ],
  ]);

  test('V-013 leaves event args free', async () => {
    const e = argsTo(there);
    thrownBy(() => Socket.connectAsync(Dgram, Tcp, e));
    e.remoteEndPoint = listener().localEndPoint;
    await succeed(e, each => Socket.connectAsync(Stream, Tcp, each));
    tracked(e.connectSocket as Socket);
  });
});

describe('without event args', () => {
  refuses([
    ['V-014', 'receiveAsync', () => tcpSocket().receiveAsync(missing), ane('e')],
    ['V-014', 'sendAsync', () => tcpSocket().sendAsync(missing), ane('e')],
    ['V-014', 'disconnectAsync', () => tcpSocket().disconnectAsync(missing), ane('e')],
    ['V-019', 'cancelConnectAsync', () => Socket.cancelConnectAsync(missing), ane('e')],
  ]);
});
