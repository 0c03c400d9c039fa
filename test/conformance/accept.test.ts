// Rows A-001 … A-018, V-002 to V-004 and Z-009 of the specification: accepting connections. What an
// AcceptSocket of the user's may be is in accept.target.test.ts.

import {
  IPAddress,
  IPEndPoint,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed, type Begun } from '../support/operations.js';
import {
  acceptFrom,
  argsFor,
  connectTo,
  dualSocket,
  endPointOf,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  tracked,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

function acceptedBy(e: SocketAsyncEventArgs): Socket {
  return tracked(e.acceptSocket as Socket);
}

function clients(target: Socket, count: number): Promise<Socket[]> {
  return Promise.all(Array.from({ length: count }, () => connectTo(target)));
}

/** Where sockets are, or where their peers are, in an order that does not depend on theirs. */
function places(sockets: Socket[], side: 'localEndPoint' | 'remoteEndPoint'): string[] {
  return sockets.map(socket => String(socket[side])).sort();
}

describe.each(families)('%s', (_name, family) => {
  test('A-001 an accept is pending until a client connects', async () => {
    const listening = listener(family);
    const e = eventArgs();
    e.remoteEndPoint = loopback(family, 1);
    const accepting = begin(e, each => listening.acceptAsync(each));
    expect(accepting.isPending).toBe(true);
    expect(e.lastOperation).toBe(SocketAsyncOperation.Accept);
    expect(e.acceptSocket).toBeNull();
    const client = await connectTo(listening);
    const { sender } = await accepting.outcome;
    expect(sender).toBe(listening);
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 0 });
    expect(e.connectSocket).toBeNull();
    expect(e.remoteEndPoint).toEqual(loopback(family, 1));
    const accepted = acceptedBy(e);
    expect(accepted).toMatchObject({ connected: true, isBound: true, addressFamily: family });
    expect(accepted.socketType).toBe(listening.socketType);
    expect(accepted.protocolType).toBe(listening.protocolType);
    expect(accepted.localEndPoint).toEqual(client.remoteEndPoint);
    expect(accepted.remoteEndPoint).toEqual(client.localEndPoint);
  });

  test.each([
    ['A-003', 2],
    ['A-004', 5],
  ])('%s %d accepts before as many connects get a connection each', async (_row, count) => {
    const listening = listener(family);
    const args = Array.from({ length: count }, () => eventArgs());
    const order: SocketAsyncEventArgs[] = [];
    const accepting = args.map(e => {
      e.on('completed', () => order.push(e));
      return begin(e, each => listening.acceptAsync(each));
    });
    const connected = await clients(listening, count);
    await Promise.all(accepting.map(({ outcome }) => outcome));
    expect(order).toEqual(args);
    const accepted = args.map(acceptedBy);
    expect(new Set(accepted).size).toBe(count);
    expect(places(accepted, 'remoteEndPoint')).toEqual(places(connected, 'localEndPoint'));
  });

  test.each([
    ['A-005', 2],
    ['A-006', 5],
  ])('%s %d accepts after as many connects get a connection each', async (_row, count) => {
    const listening = listener(family);
    const connected = await clients(listening, count);
    const args = Array.from({ length: count }, () => eventArgs());
    for (const e of args) {
      // All are in the line of the system already, so none has to wait.
      expect((await succeed(e, each => listening.acceptAsync(each))).wasPending).toBe(false);
    }
    const accepted = args.map(acceptedBy);
    expect(places(accepted, 'remoteEndPoint')).toEqual(places(connected, 'localEndPoint'));
  });
});

test('A-001 accepted sockets transfer data at once', async () => {
  const listening = listener();
  const client = await connectTo(listening);
  const accepted = await acceptFrom(listening);
  await send(client, Buffer.from('there'));
  await send(accepted, Buffer.from('back'));
  expect(Buffer.from(await receive(accepted, 5)).toString()).toBe('there');
  expect(Buffer.from(await receive(client, 4)).toString()).toBe('back');
});

test.each([
  ['U-009', 'IPv4', IPAddress.Loopback, IPAddress.Loopback],
  ['U-011', 'IPv6', IPAddress.IPv6Loopback, IPAddress.IPv6Loopback],
  ['U-012', 'IPv6', IPAddress.IPv6Any, IPAddress.IPv6Loopback],
  ['U-013', 'IPv4', IPAddress.IPv6Any, IPAddress.Loopback],
])('%s a dual-mode listener accepts over %s (bound to %s)', async (_row, _how, bound, reached) => {
  const listening = dualSocket();
  listening.bind(new IPEndPoint(bound, 0));
  listening.listen();
  const client = tcpSocket(reached.addressFamily);
  const connecting = eventArgs();
  connecting.remoteEndPoint = new IPEndPoint(reached, endPointOf(listening).port);
  await succeed(connecting, e => client.connectAsync(e));
  const accepted = await acceptFrom(listening);
  expect(accepted.addressFamily).toBe(listening.addressFamily);
  // IPv4 clients appear under mapped addresses, on both ends.
  const { port } = endPointOf(client);
  expect(accepted.remoteEndPoint).toEqual(new IPEndPoint(reached.mapToIPv6(), port));
  expect(endPointOf(accepted).address).toEqual(reached.mapToIPv6());
  await send(client, new Uint8Array(1));
  expect(await receive(accepted, 1)).toHaveLength(1);
});

test('A-001 one burst of connects serves many accepts, in the order of their calls', async () => {
  const listening = listener();
  const count = 100;
  const args = Array.from({ length: count }, () => eventArgs());
  const order: SocketAsyncEventArgs[] = [];
  const accepting = args.map(e => {
    e.on('completed', (_sender, raised) => order.push(raised));
    return begin(e, each => listening.acceptAsync(each));
  });
  expect(accepting.every(({ isPending }) => isPending)).toBe(true);
  const connected = await clients(listening, count);
  await Promise.all(accepting.map(({ outcome }) => outcome));
  expect(order).toEqual(args);
  const accepted = args.map(acceptedBy);
  expect(accepted.map(each => each.remoteEndPoint)).toEqual(
    connected.map(each => each.localEndPoint),
  );
});

describe('A-012 a listener that closes', () => {
  function pendingAccepts(listening: Socket, count: number): Begun[] {
    return Array.from({ length: count }, () =>
      begin(eventArgs(), each => listening.acceptAsync(each)),
    );
  }

  test.each(['close', 'dispose'] as const)('ends all accepts in order: %s()', async how => {
    const listening = listener();
    const accepting = pendingAccepts(listening, 5);
    const order: number[] = [];
    const ends = accepting.map(async ({ outcome }, index) => {
      const { e, sender } = await outcome;
      expect(e.socketError).toBe(SocketError.OperationAborted);
      expect(e.acceptSocket).toBeNull();
      expect(sender).toBe(listening);
      order.push(index);
    });
    listening[how]();
    expect(order).toEqual([]);
    await Promise.all(ends);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([
    ['A-013', 'an IPv4', () => listener()],
    ['A-013', 'an IPv6', () => listener(families[1][1])],
    ['A-015', 'a dual-mode', mappedListener],
  ])('%s cancels an accept on %s socket', async (_row, _kind, make) => {
    const listening = make();
    const e = eventArgs();
    const accepting = begin(e, each => listening.acceptAsync(each));
    listening.dispose();
    await accepting.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
  });

  function mappedListener(): Socket {
    const socket = dualSocket();
    socket.bind(new IPEndPoint(IPAddress.Loopback, 0));
    socket.listen();
    return socket;
  }
});

test('an accept on a listener that is shut down fails, and the listener can go on', async () => {
  const listening = listener();
  const e = eventArgs();
  const accepting = begin(e, each => listening.acceptAsync(each));
  listening.shutdown(SocketShutdown.Both);
  await accepting.outcome;
  expect(e.socketError).toBe(SocketError.InvalidArgument);
  await finish(e, each => listening.acceptAsync(each));
  expect(e.socketError).toBe(SocketError.InvalidArgument);
  listening.listen();
  await connectTo(listening);
  expect((await acceptFrom(listening)).connected).toBe(true);
});

test('A-001 the accepted socket takes blocking over from the listener', async () => {
  const listening = listener();
  listening.blocking = false;
  await connectTo(listening);
  expect((await acceptFrom(listening)).blocking).toBe(false);
});

describe('what an accept refuses', () => {
  test('V-003 a socket that is not bound, or does not listen', () => {
    const socket = tcpSocket();
    expect(thrownBy(() => socket.acceptAsync(eventArgs()))).toBe('InvalidOperationException');
    socket.bind(loopback());
    expect(thrownBy(() => socket.acceptAsync(eventArgs()))).toBe('InvalidOperationException');
    const datagram = udpSocket();
    datagram.bind(loopback());
    expect(thrownBy(() => datagram.listen())).toBe('SocketException(OperationNotSupported)');
  });

  test('V-002 a list of buffers, even before the state of the socket', () => {
    const e = eventArgs();
    e.bufferList = [new Uint8Array(1)];
    expect(thrownBy(() => tcpSocket().acceptAsync(e))).toBe('ArgumentException(e)');
  });

  const tooSmall = 'ArgumentException(Count)';

  // Two addresses of the system, and 16 bytes beside each, are what Windows needs room for.
  test.each([
    ['IPv4', families[0][1], 64],
    ['IPv6', families[1][1], 88],
  ])('S-041 a buffer, of any size (%s)', async (_name, family, room) => {
    const listening = listener(family);
    const e = eventArgs();
    for (const [size, exception] of [
      [1, tooSmall],
      [room - 1, tooSmall],
      [room, 'PlatformNotSupportedException'],
      [1024, 'PlatformNotSupportedException'],
    ] as const) {
      e.setBuffer(new Uint8Array(size), 0, size);
      expect(thrownBy(() => listening.acceptAsync(e))).toBe(exception);
    }
    e.setBuffer(new Uint8Array(100), 0, 0);
    expect(thrownBy(() => listening.acceptAsync(e))).toBe(tooSmall);
    // .NET would leave the event args in progress for ever.
    e.setBuffer(null, 0, 0);
    await connectTo(listening);
    await succeed(e, each => listening.acceptAsync(each));
    expect(acceptedBy(e).connected).toBe(true);
  });

  test('Z-009 event args that hold the socket of the last accept', async () => {
    const listening = listener();
    const e = eventArgs();
    await connectTo(listening);
    await succeed(e, each => listening.acceptAsync(each));
    const first = acceptedBy(e);
    expect(thrownBy(() => listening.acceptAsync(e))).toBe('InvalidOperationException');
    e.acceptSocket = null;
    await connectTo(listening);
    await succeed(e, each => listening.acceptAsync(each));
    expect(acceptedBy(e)).not.toBe(first);
    expect(first.connected).toBe(true);
  });

  test('a socket that is connected', async () => {
    const client = await connectTo(listener());
    expect(thrownBy(() => client.acceptAsync(argsFor(client)))).toBe('InvalidOperationException');
  });
});
