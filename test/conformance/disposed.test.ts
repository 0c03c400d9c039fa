// Rows of the specification, for the members that exist: what a disposed socket does.

import { inspect } from 'node:util';

import {
  AddressFamily,
  EndPoint,
  LingerOption,
  ProtocolType,
  Socket,
  SocketShutdown,
  SocketType,
  type SocketAddress,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin } from '../support/operations.js';
import { connectedPair, eventArgs, listener, loopback, tcpSocket } from '../support/sockets.js';
import { aoore, thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

const disposed = 'ObjectDisposedException';
const { InterNetwork, InterNetworkV6, Unix } = AddressFamily;

const ways = new Map<string, (socket: Socket) => void>([
  ['dispose()', socket => socket.dispose()],
  ['using', socket => socket[Symbol.dispose]()],
  ['close()', socket => socket.close()],
  ['close(0)', socket => socket.close(0)],
  ['close(50)', socket => socket.close(50)],
]);

function disposedSocket(family: AddressFamily = InterNetwork, type: SocketType = 1): Socket {
  const protocol = family === Unix ? ProtocolType.Unspecified : undefined;
  const usual = type === SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
  const socket = new Socket(family, type, protocol ?? usual);
  socket.dispose();
  return socket;
}

const starts = new Map<string, (socket: Socket, e: SocketAsyncEventArgs) => boolean>([
  ['acceptAsync', (socket, e) => socket.acceptAsync(e)],
  ['connectAsync', (socket, e) => socket.connectAsync(e)],
  ['disconnectAsync', (socket, e) => socket.disconnectAsync(e)],
  ['receiveAsync', (socket, e) => socket.receiveAsync(e)],
  ['sendAsync', (socket, e) => socket.sendAsync(e)],
]);

describe.each([...ways])('after %s', (_way, end) => {
  test.each([...starts])('X-001 %s throws, whatever the event args are', async (_name, start) => {
    const { client, server, listener: listening } = await connectedPair();
    const [good, gone, busy] = [eventArgs(1), eventArgs(), eventArgs(1)];
    good.remoteEndPoint = listening.localEndPoint;
    gone.dispose();
    const receiving = begin(busy, each => server.receiveAsync(each));
    end(client);
    for (const e of [good, null, undefined, gone, busy, {}] as unknown[]) {
      expect(thrownBy(() => start(client, e as SocketAsyncEventArgs))).toBe(disposed);
    }
    good.setBuffer(null); // it is free
    await receiving.outcome; // the peer's is none of this socket's affairs
  });

  test('X-004 a socket can be ended again, in any way', async () => {
    const { client } = await connectedPair();
    end(client);
    for (const [, again] of ways) expect(thrownBy(() => again(client))).toBe('nothing');
    expect(thrownBy(() => client.close(-2))).toBe(aoore('timeout'));
  });

  test('X-004 what was known of the socket can be read', async () => {
    const { client, listener: listening } = await connectedPair();
    client.blocking = false;
    end(client);
    end(listening);
    const { addressFamily, socketType, protocolType } = client;
    expect([addressFamily, socketType, protocolType]).toEqual([InterNetwork, 1, 6]);
    expect([client.connected, client.isBound, client.blocking]).toEqual([false, true, false]);
    expect([listening.connected, listening.isBound, listening.blocking]).toEqual([
      false,
      true,
      true,
    ]);
    expect(client.handle).toBe(-1);
    expect(client.equals(client)).toBe(true);
    expect(client.getHashCode()).toBe(client.getHashCode());
    expect(client.toString()).toBe('Socket');
    expect(inspect(client)).toContain('closed');
  });

  test('X-004 a socket can be referenced and unreferenced, without effect', async () => {
    const { client } = await connectedPair();
    end(client);
    expect(client.unref().hasRef()).toBe(false);
    expect(client.ref().hasRef()).toBe(true);
  });
});

describe('X-002 of a disposed socket', () => {
  const getters = [
    'available',
    'dontFragment',
    'enableBroadcast',
    'exclusiveAddressUse',
    'lingerState',
    'localEndPoint',
    'multicastLoopback',
    'noDelay',
    'receiveBufferSize',
    'receiveTimeout',
    'remoteEndPoint',
    'sendBufferSize',
    'sendTimeout',
    'ttl',
  ] as const;

  test.each(getters)('%s throws', name => {
    expect(thrownBy(() => disposedSocket(InterNetwork, SocketType.Dgram)[name])).toBe(disposed);
  });

  const setters: Partial<Record<keyof Socket, unknown>> = {
    blocking: true,
    dontFragment: true,
    enableBroadcast: true,
    exclusiveAddressUse: true,
    lingerState: new LingerOption(true, 1),
    multicastLoopback: true,
    noDelay: true,
    receiveBufferSize: 8192,
    receiveTimeout: 1,
    sendBufferSize: 8192,
    sendTimeout: 1,
    ttl: 1,
  };

  test.each(Object.entries(setters))('%s = %p throws', (name, value) => {
    expect(thrownBy(() => Object.assign(disposedSocket(), { [name]: value }))).toBe(disposed);
  });

  test.each([true, false])('dualMode throws on IPv6: %p', value => {
    const socket = disposedSocket(InterNetworkV6);
    expect(thrownBy(() => socket.dualMode)).toBe(disposed);
    expect(thrownBy(() => (socket.dualMode = value))).toBe(disposed);
  });

  // What .NET knows without the system it says as before.
  test('enableBroadcast of a stream, and dualMode of IPv4, are false', () => {
    expect(disposedSocket().enableBroadcast).toBe(false);
    expect(disposedSocket().dualMode).toBe(false);
  });

  test.each<[keyof Socket, unknown, string]>([
    ['receiveBufferSize', -1, aoore('value')],
    ['sendBufferSize', -1, aoore('value')],
    ['receiveTimeout', -2, aoore('value')],
    ['sendTimeout', -2, aoore('value')],
    ['ttl', 256, aoore('value')],
    ['dualMode', true, 'NotSupportedException'],
    // Here the socket comes first.
    ['lingerState', null, disposed],
    ['lingerState', new LingerOption(true, -1), disposed],
  ])('%s = %p throws %s', (name, value, thrown) => {
    expect(thrownBy(() => Object.assign(disposedSocket(), { [name]: value }))).toBe(thrown);
  });

  test.each<[keyof Socket, unknown]>([
    ['ttl', 1],
    ['dontFragment', true],
    ['multicastLoopback', true],
    ['dualMode', true],
  ])('%s throws NotSupportedException where the family has no such option', (name, value) => {
    const socket = disposedSocket(Unix);
    const unsupported = 'NotSupportedException';
    expect(thrownBy(() => Object.assign(socket, { [name]: value }))).toBe(unsupported);
    if (name !== 'dualMode') expect(thrownBy(() => socket[name])).toBe(unsupported);
  });

  test('exclusiveAddressUse throws as it did before, if the socket was bound', () => {
    const socket = tcpSocket();
    socket.bind(loopback());
    socket.dispose();
    expect(thrownBy(() => (socket.exclusiveAddressUse = true))).toBe('InvalidOperationException');
  });
});

describe('X-003 of a disposed socket', () => {
  const { Both } = SocketShutdown;
  test.each<[string, (socket: Socket) => void]>([
    ['bind', socket => socket.bind(loopback())],
    ['bind(null)', socket => socket.bind(null as unknown as EndPoint)],
    ['listen()', socket => socket.listen()],
    ['listen(-1)', socket => socket.listen(-1)],
    ['shutdown', socket => socket.shutdown(Both)],
    ['shutdown(5)', socket => socket.shutdown(5 as SocketShutdown)],
  ])('%s throws', (_name, call) => {
    expect(thrownBy(() => call(disposedSocket()))).toBe(disposed);
  });
});

test('X-001 event args survive the socket: they serve the next one', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  expect(thrownBy(() => disposedSocket().receiveAsync(e))).toBe(disposed);
  const receiving = begin(e, each => client.receiveAsync(each));
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  expect(e.bytesTransferred).toBe(1);
});

test('X-001 a listener that is disposed accepts nothing more', () => {
  const listening = listener();
  listening.dispose();
  expect(thrownBy(() => listening.acceptAsync(eventArgs()))).toBe(disposed);
});

test('an endpoint that closes the socket while it is written leaves the event args free', async () => {
  const { client, server } = await connectedPair();
  const socket = tcpSocket();
  class Closing extends EndPoint {
    override get addressFamily(): AddressFamily {
      return InterNetwork;
    }

    override serialize(): SocketAddress {
      socket.close();
      return loopback().serialize();
    }
  }
  const e = eventArgs(1);
  e.remoteEndPoint = new Closing();
  expect(thrownBy(() => socket.connectAsync(e))).toBe(disposed);
  await send(server, Buffer.from('a'));
  await begin(e, each => client.receiveAsync(each)).outcome;
  expect(e.bytesTransferred).toBe(1);
});
