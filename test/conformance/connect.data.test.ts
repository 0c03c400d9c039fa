// Rows S-032 … S-036 and C-011 … C-013 of the specification: a connect whose event args have a
// buffer sends it when the connection is made, and completes when all of it is sent.

import {
  ProtocolType,
  Socket,
  SocketError,
  SocketOptionLevel,
  SocketOptionName,
  SocketType,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { acceptFrom, argsFor, listener, refusing, tcpSocket, tracked } from '../support/sockets.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

/** More than the system buffers on both sides of a connection. */
const large = 20_000_000;

function pattern(size: number): Uint8Array {
  const period = 251; // a prime: a piece that is lost or twice there shows
  return Buffer.alloc(
    size,
    Uint8Array.from({ length: period }, (_, index) => index),
  );
}

function argsWith(target: Socket, bytes: Uint8Array): SocketAsyncEventArgs {
  const e = argsFor(target);
  e.setBuffer(bytes, 0, bytes.length);
  return e;
}

async function expectBytes(socket: Socket, bytes: Uint8Array): Promise<void> {
  expect(Buffer.compare(await receive(socket, bytes.length), bytes)).toBe(0);
}

describe.each(families)('%s', (_name, family) => {
  test.each([
    ['S-032', 1],
    ['S-033', 10_000],
  ])('%s %d bytes are sent, twice in a row', async (_row, size) => {
    const listening = listener(family);
    const bytes = pattern(size);
    const e = argsWith(listening, bytes);
    for (let round = 0; round < 2; round++) {
      const client = tcpSocket(family);
      await succeed(e, each => client.connectAsync(each));
      expect(e.bytesTransferred).toBe(size);
      expect(client.connected).toBe(true);
      await expectBytes(await acceptFrom(listening), bytes);
    }
  });

  test('C-011 a static connect sends too', async () => {
    const listening = listener(family);
    const e = argsWith(listening, pattern(1000));
    await succeed(e, each => Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, each));
    expect(e.bytesTransferred).toBe(1000);
    expect(tracked(e.connectSocket as Socket).connected).toBe(true);
    await expectBytes(await acceptFrom(listening), pattern(1000));
  });
});

test('S-035 a socket with fast open sends the same', async () => {
  const listening = listener();
  const client = tcpSocket();
  client.setSocketOption(SocketOptionLevel.Tcp, SocketOptionName.FastOpen, 1);
  const e = argsWith(listening, pattern(10_000));
  await succeed(e, each => client.connectAsync(each));
  expect(e.bytesTransferred).toBe(10_000);
  await expectBytes(await acceptFrom(listening), pattern(10_000));
});

test('C-011 no more is sent than the window of the buffer', async () => {
  const listening = listener();
  const e = argsFor(listening);
  e.setBuffer(Buffer.from('abcdef'), 2, 3);
  const client = tcpSocket();
  await succeed(e, each => client.connectAsync(each));
  expect(e.bytesTransferred).toBe(3);
  const server = await acceptFrom(listening);
  client.dispose();
  expect(Buffer.from(await receive(server, 3)).toString()).toBe('cde');
  expect((await receiveOnce(server)).bytes).toHaveLength(0);
});

test('C-011 an empty window sends nothing', async () => {
  const listening = listener();
  const e = argsFor(listening);
  e.setBuffer(Buffer.from('abcdef'), 2, 0);
  await succeed(e, each => tcpSocket().connectAsync(each));
  expect(e.bytesTransferred).toBe(0);
});

test('C-013 sends that follow come after the buffer, and blocking stays as it is', async () => {
  const listening = listener();
  const client = tcpSocket();
  await succeed(argsWith(listening, Buffer.from('first ')), e => client.connectAsync(e));
  await send(client, Buffer.from('second'));
  const server = await acceptFrom(listening);
  expect(Buffer.from(await receive(server, 12)).toString()).toBe('first second');
  expect([client.blocking, server.blocking]).toEqual([true, true]);
});

describe('a buffer that the system does not take at once', () => {
  test('C-011 completes the connect when all of it is sent', async () => {
    const listening = listener();
    const client = tcpSocket();
    const bytes = pattern(large);
    const connecting = begin(argsWith(listening, bytes), e => client.connectAsync(e));
    const server = await acceptFrom(listening);
    await until(() => server.available > 0, 'data arrive');
    expect(client.connected).toBe(false);
    await expectBytes(server, bytes);
    const { e, wasPending, sender } = await connecting.outcome;
    expect(wasPending).toBe(true);
    expect(sender).toBe(client);
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: large });
    expect(e.connectSocket).toBe(client);
    expect(client.connected).toBe(true);
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
  });

  test('is given up when the socket closes, with the bytes that were sent', async () => {
    const listening = listener();
    const client = tcpSocket();
    const connecting = begin(argsWith(listening, pattern(large)), e => client.connectAsync(e));
    const server = await acceptFrom(listening);
    await until(() => server.available > 0, 'data arrive');
    client.dispose();
    const { e } = await connecting.outcome;
    expect(e).toMatchObject({ socketError: SocketError.OperationAborted, connectSocket: null });
    expect(e.bytesTransferred).toBeGreaterThan(0);
    expect(e.bytesTransferred).toBeLessThan(large);
  });

  test('fails with the connection when the peer resets it', async () => {
    const listening = listener();
    const client = tcpSocket();
    const connecting = begin(argsWith(listening, pattern(large)), e => client.connectAsync(e));
    const server = await acceptFrom(listening);
    await until(() => server.available > 0, 'data arrive');
    server.close(0);
    const { e } = await connecting.outcome;
    // Whichever the system notices first.
    expect([SocketError.ConnectionReset, SocketError.Shutdown]).toContain(e.socketError);
    expect(e.connectSocket).toBeNull();
    expect(client.connected).toBe(false);
  });
});

test('C-012 a refused connect with a buffer is reported once, and sends nothing', async () => {
  const client = tcpSocket();
  const e = argsWith(refusing(), pattern(10));
  let events = 0;
  e.on('completed', () => events++);
  const { wasPending } = await finish(e, each => client.connectAsync(each));
  expect(events).toBe(wasPending ? 1 : 0);
  expect(e).toMatchObject({ socketError: SocketError.ConnectionRefused, bytesTransferred: 0 });
  expect(e.connectSocket).toBeNull();
  expect(client.blocking).toBe(true);
  const listening = listener();
  e.remoteEndPoint = listening.localEndPoint;
  await succeed(e, each => client.connectAsync(each));
  await expectBytes(await acceptFrom(listening), pattern(10));
});
