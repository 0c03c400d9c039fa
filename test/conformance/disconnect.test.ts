// Rows D-001 … D-006 of the specification: disconnecting, and what the socket is good for after it.

import {
  AddressFamily,
  DnsEndPoint,
  LingerOption,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import {
  acceptFrom,
  argsFor,
  connectedPair,
  endPointOf,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, receiveAll, receiveOnce, send } from '../support/transfer.js';

function disconnectArgs(isReused: boolean): SocketAsyncEventArgs {
  const e = eventArgs();
  e.disconnectReuseSocket = isReused;
  return e;
}

/** Disconnecting never waits. */
function disconnect(socket: Socket, isReused = false): SocketAsyncEventArgs {
  const e = disconnectArgs(isReused);
  expect(socket.disconnectAsync(e)).toBe(false);
  expect(e.socketError).toBe(SocketError.Success);
  return e;
}

async function connect(socket: Socket, target: Socket): Promise<SocketError> {
  const { e } = await finish(argsFor(target), each => socket.connectAsync(each));
  return e.socketError;
}

describe.each(families)('%s', (_name, family) => {
  test('D-001 a socket that is disconnected for reuse connects to another server', async () => {
    const { client, server } = await connectedPair(family);
    client.noDelay = true;
    client.lingerState = new LingerOption(true, 9);
    const e = disconnect(client, true);
    expect(e.lastOperation).toBe(SocketAsyncOperation.Disconnect);
    expect(e.bytesTransferred).toBe(0);
    expect(client.connected).toBe(false);
    expect(client.remoteEndPoint).toBeNull();
    expect(await receiveAll(server)).toHaveLength(0);

    const second = listener(family);
    expect(await connect(client, second)).toBe(SocketError.Success);
    expect(client.connected).toBe(true);
    expect(client.remoteEndPoint).toEqual(second.localEndPoint);
    expect(client.noDelay).toBe(true);
    expect(client.lingerState).toMatchObject({ enabled: true, lingerTime: 9 });
    const accepted = await acceptFrom(second);
    expect(client.localEndPoint).toEqual(accepted.remoteEndPoint);
    await send(client, Buffer.from('again'));
    await send(accepted, Buffer.from('yes'));
    expect(Buffer.from(await receive(accepted, 5)).toString()).toBe('again');
    expect(Buffer.from(await receive(client, 3)).toString()).toBe('yes');
  });

  test('D-002 a socket that is disconnected for good reports IsConnected', async () => {
    const { client, server } = await connectedPair(family);
    const local = client.localEndPoint;
    disconnect(client);
    expect(client).toMatchObject({ connected: false, isBound: true });
    expect(client.remoteEndPoint).toBeNull();
    expect(client.localEndPoint).toBe(local);
    expect(await receiveAll(server)).toHaveLength(0);
    const e = argsFor(listener(family));
    expect((await finish(e, each => client.connectAsync(each))).wasPending).toBe(false);
    expect(e.socketError).toBe(SocketError.IsConnected);
    expect(e.connectSocket).toBeNull();
    expect(client.connected).toBe(false);
  });
});

test('D-002 IsConnected is reported to a connect by name too', async () => {
  const { client } = await connectedPair();
  disconnect(client);
  const e = eventArgs();
  e.remoteEndPoint = new DnsEndPoint('127.0.0.1', endPointOf(listener()).port);
  await finish(e, each => client.connectAsync(each));
  expect(e.socketError).toBe(SocketError.IsConnected);
  expect(e.connectByNameError).toMatchObject({ socketErrorCode: SocketError.IsConnected });
});

test('C-007 the connect after that one gets a fresh descriptor, and succeeds', async () => {
  const { client } = await connectedPair();
  disconnect(client);
  expect(await connect(client, listener())).toBe(SocketError.IsConnected);
  expect(await connect(client, listener())).toBe(SocketError.Success);
  expect(client.connected).toBe(true);
});

describe('D-004 without a connection', () => {
  test.each([
    ['a fresh socket', tcpSocket],
    ['a datagram socket', udpSocket],
    ['a bound socket', boundSocket],
  ])('%s throws, and the event args stay free', async (_kind, make) => {
    const socket = make();
    const e = disconnectArgs(true);
    expect(thrownBy(() => socket.disconnectAsync(e))).toBe('SocketException(NotConnected)');
    e.setBuffer(new Uint8Array(1), 0, 1);
    const { client } = await connectedPair();
    await succeed(e, each => client.disconnectAsync(each));
  });

  test('a listener ends its accepts', async () => {
    const listening = listener();
    const accepting = begin(eventArgs(), e => listening.acceptAsync(e));
    disconnect(listening);
    expect((await accepting.outcome).e.socketError).toBe(SocketError.InvalidArgument);
  });

  function boundSocket(): Socket {
    const socket = tcpSocket();
    socket.bind(loopback());
    return socket;
  }
});

test('a connected datagram socket disconnects', async () => {
  const target = udpSocket();
  target.bind(loopback());
  const client = udpSocket();
  await succeed(argsFor(target), e => client.connectAsync(e));
  const local = client.localEndPoint;
  disconnect(client);
  expect(client).toMatchObject({ connected: false, isBound: true });
  expect(client.remoteEndPoint).toBeNull();
  expect(client.localEndPoint).toEqual(local);
});

describe('operations in progress', () => {
  test('a receive meets the end of the stream', async () => {
    const { client, server } = await connectedPair();
    const receiving = begin(eventArgs(10), e => client.receiveAsync(e));
    disconnect(client);
    const { e } = await receiving.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 0 });
    expect(await receiveAll(server)).toHaveLength(0);
  });

  test('a receive is aborted when the socket is to be reused; the peer sees the end', async () => {
    const { client, server } = await connectedPair();
    const receiving = begin(eventArgs(10), e => client.receiveAsync(e));
    disconnect(client, true);
    const { e, sender } = await receiving.outcome;
    expect(e).toMatchObject({ socketError: SocketError.OperationAborted, bytesTransferred: 0 });
    expect(sender).toBe(client);
    expect(await receiveAll(server)).toHaveLength(0);
  });

  test('an aborted receive does not spoil the connection that follows', async () => {
    const target = udpSocket();
    target.bind(loopback());
    const client = udpSocket(); // which connects at once, before the event of the receive
    await succeed(argsFor(target), e => client.connectAsync(e));
    const receiving = begin(eventArgs(10), e => client.receiveAsync(e));
    disconnect(client, true);
    expect(client.connectAsync(argsFor(target))).toBe(false);
    expect((await receiving.outcome).e.socketError).toBe(SocketError.OperationAborted);
    expect(client.connected).toBe(true);
  });

  test('a send that waits fails with Shutdown', async () => {
    const { client } = await connectedPair();
    const sending = begin(eventArgs(20_000_000), e => client.sendAsync(e));
    expect(sending.isPending).toBe(true);
    disconnect(client);
    expect((await sending.outcome).e.socketError).toBe(SocketError.Shutdown);
  });
});

describe('a second time', () => {
  test.each([
    ['for good, then for good', false, false],
    ['for good, then for reuse', false, true],
    ['for reuse, then for reuse', true, true],
  ])('disconnecting succeeds: %s', async (_how, first, second) => {
    const { client } = await connectedPair();
    disconnect(client, first);
    disconnect(client, second);
    const expected = second ? SocketError.Success : SocketError.IsConnected;
    expect(await connect(client, listener())).toBe(expected);
  });

  test('a reused socket can be disconnected and reused again and again', async () => {
    const client = tcpSocket();
    for (let round = 0; round < 5; round++) {
      const listening = listener();
      expect(await connect(client, listening)).toBe(SocketError.Success);
      const server = await acceptFrom(listening);
      await send(server, Buffer.from('a'));
      await receive(client, 1);
      disconnect(client, true);
      expect((await receiveOnce(server)).bytes).toHaveLength(0);
    }
  });
});

describe('after the peer has gone', () => {
  test.each([
    ['noticed', true],
    ['not noticed', false],
  ])('a reset that was %s is no failure', async (_how, isNoticed) => {
    const { client, server } = await connectedPair();
    server.close(0);
    if (isNoticed) {
      expect((await receiveOnce(client)).error).toBe(SocketError.ConnectionReset);
    }
    disconnect(client, true);
    expect(await connect(client, listener())).toBe(SocketError.Success);
  });

  test('a socket that was shut down is made fit to connect again', async () => {
    const { client } = await connectedPair();
    client.shutdown(SocketShutdown.Both);
    disconnect(client, true);
    expect(await connect(client, listener())).toBe(SocketError.Success);
  });
});

test('a disconnected socket neither sends nor receives', async () => {
  const { client } = await connectedPair();
  disconnect(client);
  const [sending, receiving] = [eventArgs(1), eventArgs(1)];
  await finish(sending, e => client.sendAsync(e));
  await finish(receiving, e => client.receiveAsync(e));
  expect(sending.socketError).toBe(SocketError.Shutdown);
  expect(receiving).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 0 });
});

test('a socket made fit for reuse is like one that never connected', async () => {
  const { client } = await connectedPair();
  disconnect(client, true);
  const [sending, receiving] = [eventArgs(1), eventArgs(1)];
  await finish(sending, e => client.sendAsync(e));
  await finish(receiving, e => client.receiveAsync(e));
  expect(sending.socketError).toBe(SocketError.Shutdown);
  expect(receiving.socketError).toBe(SocketError.NotConnected);
  expect(String(client.localEndPoint)).toBe('0.0.0.0:0');
});

test('D-006 what are no event args is refused', async () => {
  const { client } = await connectedPair(AddressFamily.InterNetworkV6);
  expect(thrownBy(() => client.disconnectAsync(null as never))).toBe('ArgumentNullException(e)');
  const busy = eventArgs(1);
  const receiving = begin(busy, e => client.receiveAsync(e));
  expect(thrownBy(() => client.disconnectAsync(busy))).toBe('InvalidOperationException');
  expect(client.connected).toBe(true);
  client.dispose();
  await receiving.outcome;
  expect(thrownBy(() => client.disconnectAsync(busy))).toBe('ObjectDisposedException');
});

test.each(families)(
  'a socket over %s whose disconnect threw connects, and sends',
  async (_name, family) => {
    const listening = listener(family);
    const socket = tcpSocket(family);
    expect(thrownBy(() => socket.disconnectAsync(eventArgs()))).toBe(
      'SocketException(NotConnected)',
    );
    const accepted = acceptFrom(listening);
    const connecting = eventArgs();
    connecting.remoteEndPoint = listening.localEndPoint;
    await succeed(connecting, e => socket.connectAsync(e));
    await send(socket, Buffer.from('hello'));
    expect(Buffer.from(await receive(await accepted, 5)).toString()).toBe('hello');
  },
);
