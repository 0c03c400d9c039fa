// Rows A-007 … A-011 of the specification: accepting into a socket of the user's. What .NET 10 does
// on Linux is what stands here.

import {
  AddressFamily,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { binding } from '../../lib/internal/binding.js';
import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import {
  acceptFrom,
  connectedPair,
  connectTo,
  dualSocket,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

function argsWith(target: Socket | null): SocketAsyncEventArgs {
  const e = eventArgs();
  e.acceptSocket = target;
  return e;
}

/** Accepts a connection into a socket; the client. */
async function acceptInto(target: Socket, listening = listener()): Promise<Socket> {
  const e = argsWith(target);
  const accepting = begin(e, each => listening.acceptAsync(each));
  expect(accepting.isPending).toBe(true);
  const client = await connectTo(listening);
  await accepting.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.acceptSocket).toBe(target);
  return client;
}

async function expectConnection(one: Socket, other: Socket): Promise<void> {
  expect(one).toMatchObject({ connected: true, isBound: true });
  expect(one.remoteEndPoint).toEqual(other.localEndPoint);
  expect(one.localEndPoint).toEqual(other.remoteEndPoint);
  await send(one, Buffer.from('a'));
  expect(await receive(other, 1)).toEqual(new Uint8Array(Buffer.from('a')));
}

async function disconnected(isReused: boolean): Promise<Socket> {
  const { client } = await connectedPair();
  const e = eventArgs();
  e.disconnectReuseSocket = isReused;
  await succeed(e, each => client.disconnectAsync(each));
  return client;
}

test('A-007 a fresh socket becomes the accepted one', async () => {
  const target = tcpSocket();
  const descriptor = target.handle;
  const client = await acceptInto(target);
  expect(target.handle).not.toBe(descriptor);
  await expectConnection(target, client);
});

test('A-007 a fresh socket takes the connection at once if one is waiting', async () => {
  const listening = listener();
  const client = await connectTo(listening);
  const target = tcpSocket();
  const { wasPending } = await succeed(argsWith(target), e => listening.acceptAsync(e));
  expect(wasPending).toBe(false);
  await expectConnection(target, client);
});

test.each([
  ['an IPv6 socket', () => tcpSocket(AddressFamily.InterNetworkV6)],
  ['a dual-mode socket', dualSocket],
  ['a datagram socket', udpSocket],
])('A-007 %s becomes what the listener is', async (_kind, make) => {
  const target = make();
  const listening = listener();
  listening.blocking = false;
  const client = await acceptInto(target, listening);
  expect(target.addressFamily).toBe(listening.addressFamily);
  expect(target.socketType).toBe(listening.socketType);
  expect(target.protocolType).toBe(listening.protocolType);
  expect(target.blocking).toBe(false);
  expect(target.dualMode).toBe(false);
  await expectConnection(target, client);
});

test('A-008 a socket that was disconnected for reuse is accepted into', async () => {
  const target = await disconnected(true);
  await expectConnection(target, await acceptInto(target));
});

test('A-009 a socket that was disconnected for good is refused', async () => {
  const target = await disconnected(false);
  const listening = listener();
  const e = argsWith(target);
  expect(thrownBy(() => listening.acceptAsync(e))).toBe('SocketException(InvalidArgument)');
  const client = await connectTo(listening);
  await expectConnection(await acceptFrom(listening), client);
});

test('A-010 a bound socket, and the listener itself, are refused', () => {
  const listening = listener();
  const bound = tcpSocket();
  bound.bind(loopback());
  for (const target of [bound, listening]) {
    const start = (): unknown => listening.acceptAsync(argsWith(target));
    expect(thrownBy(start)).toBe('InvalidOperationException');
  }
});

test('A-011 a connected socket is refused, and stays connected', async () => {
  const { client, server, listener: listening } = await connectedPair();
  for (const target of [client, server]) {
    const start = (): unknown => listening.acceptAsync(argsWith(target));
    expect(thrownBy(start)).toBe('InvalidOperationException');
  }
  await expectConnection(client, server);
});

describe('a target that is closed', () => {
  // As in .NET, it comes to life again.
  test('before the accept carries the connection all the same', async () => {
    const target = tcpSocket();
    target.dispose();
    await expectConnection(target, await acceptInto(target));
  });

  test('while the accept is pending carries the connection all the same', async () => {
    const listening = listener();
    const target = tcpSocket();
    const e = argsWith(target);
    const accepting = begin(e, each => listening.acceptAsync(each));
    target.dispose();
    const client = await connectTo(listening);
    await accepting.outcome;
    expect(e.acceptSocket).toBe(target);
    await expectConnection(target, client);
  });

  test('is watched again: forgotten, it is closed by the collector', async () => {
    const listening = listener();
    const client = await connectTo(listening);
    const open = binding.openSocketCount();
    const acceptAndForget = (): void => {
      const target = new Socket(SocketType.Stream, ProtocolType.Tcp); // not held by the tests
      target.dispose();
      using e = new SocketAsyncEventArgs();
      e.acceptSocket = target;
      expect(listening.acceptAsync(e)).toBe(false);
    };
    acceptAndForget();
    expect(binding.openSocketCount()).toBe(open + 1);
    await until(() => {
      gc?.();
      return binding.openSocketCount() === open;
    }, 'the forgotten socket is closed');
    expect(client.connected).toBe(true);
  });
});

test('a listener that closes leaves the target as it was', async () => {
  const listening = listener();
  const target = tcpSocket();
  const e = argsWith(target);
  const accepting = begin(e, each => listening.acceptAsync(each));
  listening.dispose();
  await accepting.outcome;
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e.acceptSocket).toBe(target);
  expect(target).toMatchObject({ connected: false, isBound: false });
  await expectConnection(target, await acceptInto(target));
});

test('a target that connects while the accept is pending changes its connection', async () => {
  const [listening, other] = [listener(), listener()];
  const target = tcpSocket();
  const e = argsWith(target);
  const accepting = begin(e, each => listening.acceptAsync(each));
  const connecting = eventArgs();
  connecting.remoteEndPoint = other.localEndPoint;
  await succeed(connecting, each => target.connectAsync(each));
  const first = await acceptFrom(other);
  const client = await connectTo(listening);
  await accepting.outcome;
  await expectConnection(target, client);
  const end = eventArgs(1);
  await succeed(end, each => first.receiveAsync(each));
  expect(end.bytesTransferred).toBe(0);
});

test('a target of two accepts carries the last connection', async () => {
  const listening = listener();
  const target = tcpSocket();
  const accepting = [argsWith(target), argsWith(target)].map(e =>
    begin(e, each => listening.acceptAsync(each)),
  );
  await connectTo(listening);
  const second = await connectTo(listening);
  for (const { outcome } of accepting) {
    expect((await outcome).e.socketError).toBe(SocketError.Success);
  }
  await expectConnection(target, second);
});
