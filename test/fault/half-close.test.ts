// The two directions of a connection end one after the other, in every order.

import { randomBytes } from 'node:crypto';

import { SocketError, SocketShutdown, type Socket } from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { canCountDescriptors, countSocketDescriptors } from '../support/descriptors.js';
import '../support/leak-audit.js';
import { begin, finish, type Begun } from '../support/operations.js';
import { connectedPair, eventArgs, type Pair } from '../support/sockets.js';
import { skipUnless } from '../support/skip.js';
import { receive, receiveAll, receiveOnce, send } from '../support/transfer.js';

const { Success, ConnectionReset, Shutdown, OperationAborted } = SocketError;
const { Send, Receive, Both } = SocketShutdown;
const nothing = { error: Success, bytes: new Uint8Array(0) };

/** More than loopback takes without a reader. */
const tooMuch = 16 << 20;

async function sendOnce(socket: Socket): Promise<SocketError> {
  return (await finish(eventArgs(5), e => socket.sendAsync(e))).e.socketError;
}

function beginReceive(socket: Socket, bytes = 8): Begun {
  return begin(eventArgs(bytes), e => socket.receiveAsync(e));
}

function beginBigSend(socket: Socket): Begun {
  const begun = begin(eventArgs(tooMuch), e => socket.sendAsync(e));
  expect(begun.isPending).toBe(true);
  return begun;
}

async function errorOf(begun: Begun): Promise<SocketError> {
  return (await begun.outcome).e.socketError;
}

describe('either end first', () => {
  const ends: [string, (pair: Pair) => [Socket, Socket]][] = [
    ['client', ({ client, server }) => [client, server]],
    ['server', ({ client, server }) => [server, client]],
  ];

  test.each(ends)('the %s ends sending, and still receives all', async (_name, choose) => {
    const [first, second] = choose(await connectedPair());
    first.shutdown(Send);
    expect(await receiveOnce(second)).toEqual(nothing);
    const bytes = randomBytes(300_000);
    const [got] = await Promise.all([
      receiveAll(first),
      send(second, bytes).then(() => {
        second.shutdown(Send);
      }),
    ]);
    expect(bytes.equals(got)).toBe(true);
    expect(await sendOnce(first)).toBe(Shutdown);
    expect(await sendOnce(second)).toBe(Shutdown);
    first.close();
    expect(await receiveOnce(second)).toEqual(nothing);
  });

  test.each(ends)('the %s closes in order after the other has ended', async (_name, choose) => {
    const [first, second] = choose(await connectedPair());
    const waiting = beginReceive(first);
    second.shutdown(Send);
    expect((await waiting.outcome).e.bytesTransferred).toBe(0);
    await send(first, Uint8Array.of(1, 2, 3));
    first.close();
    expect(await receive(second, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(await receiveOnce(second)).toEqual(nothing);
  });

  test.each(ends)('the %s resets after the other has ended', async (_name, choose) => {
    const [first, second] = choose(await connectedPair());
    second.shutdown(Send);
    expect(await receiveOnce(first)).toEqual(nothing);
    const waiting = beginReceive(second);
    first.close(0);
    expect(await errorOf(waiting)).toBe(ConnectionReset);
  });
});

test('both ends at once: both receives pending end with 0 bytes', async () => {
  const { client, server } = await connectedPair();
  const begun = [beginReceive(client), beginReceive(server)];
  client.shutdown(Send);
  server.shutdown(Send);
  for (const { outcome } of begun) {
    const { e } = await outcome;
    expect(e.socketError).toBe(Success);
    expect(e.bytesTransferred).toBe(0);
  }
  expect(await receiveOnce(client)).toEqual(nothing);
});

test('both close at once, in order', async () => {
  const { client, server } = await connectedPair();
  await send(client, Uint8Array.of(1));
  await receive(server, 1);
  client.close();
  server.close();
});

test('a peer that has gone takes one send, and fails the next', async () => {
  const { client, server } = await connectedPair();
  server.close();
  expect(await receiveOnce(client)).toEqual(nothing);
  expect(await sendOnce(client)).toBe(Success);
  expect(await receiveOnce(client)).toEqual(nothing);
  expect(await sendOnce(client)).toBe(Shutdown);
  expect(client.connected).toBe(false);
});

test.each([
  ['Send', Send],
  ['Both', Both],
])('Shutdown(%s) fails a send pending, which reports what it sent', async (_how, how) => {
  const { client, server } = await connectedPair();
  const sending = beginBigSend(client);
  client.shutdown(how);
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(Shutdown);
  expect(e.bytesTransferred).toBeGreaterThan(0);
  expect((await receiveAll(server)).length).toBe(e.bytesTransferred);
});

test('Shutdown(Send) fails all sends in line, and the receive goes on', async () => {
  const { client, server } = await connectedPair();
  const sending = [beginBigSend(client), beginBigSend(client)];
  const receiving = beginReceive(client);
  client.shutdown(Send);
  expect(await Promise.all(sending.map(errorOf))).toEqual([Shutdown, Shutdown]);
  await send(server, Uint8Array.of(1));
  expect((await receiving.outcome).e.bytesTransferred).toBe(1);
});

test.each([
  ['Receive', Receive],
  ['Both', Both],
])('Shutdown(%s) ends receives pending with 0 bytes', async (_how, how) => {
  const { client } = await connectedPair();
  const begun = [beginReceive(client), beginReceive(client, 0), beginReceive(client)];
  client.shutdown(how);
  for (const { outcome } of begun) {
    const { e } = await outcome;
    expect(e.socketError).toBe(Success);
    expect(e.bytesTransferred).toBe(0);
  }
  expect(client.connected).toBe(false);
});

test('after Shutdown(Receive) what still arrives can be received, and nothing waits', async () => {
  const { client, server } = await connectedPair();
  client.shutdown(Receive);
  expect(await receiveOnce(client)).toEqual(nothing);
  await send(server, Uint8Array.of(1, 2, 3, 4));
  expect((await receiveOnce(client)).bytes).toHaveLength(4);
  expect(await receiveOnce(client)).toEqual(nothing);
  await send(client, Uint8Array.of(5));
  expect(await receive(server, 1)).toEqual(Uint8Array.of(5));
});

test.each([Receive, Send, Both])('Shutdown(%d) may be repeated', async how => {
  const { client } = await connectedPair();
  client.shutdown(how);
  client.shutdown(how);
  client.shutdown(Both);
});

test('a send to a peer that only reads later survives its own end of sending', async () => {
  const { client, server } = await connectedPair();
  const bytes = randomBytes(200_000);
  await send(client, bytes);
  client.shutdown(Send);
  client.close();
  expect(bytes.equals(await receiveAll(server))).toBe(true);
});

describe('close(timeout)', () => {
  test('is orderly when the peer ends in time', async () => {
    const { client, server } = await connectedPair();
    await send(client, Uint8Array.of(1, 2));
    const pending = beginReceive(client);
    client.close(10_000);
    expect(await errorOf(pending)).toBe(OperationAborted);
    expect(await receiveAll(server)).toEqual(Buffer.of(1, 2));
    const waiting = beginReceive(server);
    expect((await waiting.outcome).e.socketError).toBe(Success);
  });

  test('resets a peer that sends more', async () => {
    const { client, server } = await connectedPair();
    client.close(10_000);
    expect(await receiveOnce(server)).toEqual(nothing);
    await send(server, Uint8Array.of(1));
    let error: SocketError = Success;
    while (error === Success) error = await sendOnce(server);
    expect(error).toBe(Shutdown);
  });

  const testDescriptors = skipUnless(canCountDescriptors, 'the system does not count descriptors');
  testDescriptors('resets a peer that does not end in time', async () => {
    const { client, server } = await connectedPair();
    const before = countSocketDescriptors();
    client.close(20);
    expect(countSocketDescriptors()).toBe(before);
    await until(() => countSocketDescriptors() < before, 'the time is over');
    expect(await sendOnce(server)).toBe(Shutdown); // of one that closed in order it would be taken
  });
});
