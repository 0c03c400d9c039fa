// Closing a connected socket while it sends and receives: what both ends see.

import { randomBytes } from 'node:crypto';

import {
  ObjectDisposedException,
  SocketError,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, type Begun } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { receive, receiveAll, receiveOnce, send } from '../support/transfer.js';

/** More than loopback takes without a reader. */
const tooMuch = 16 << 20;

type Verb = (socket: Socket, e: SocketAsyncEventArgs) => boolean;

const receiveAsync: Verb = (socket, e) => socket.receiveAsync(e);
const sendAsync: Verb = (socket, e) => socket.sendAsync(e);

function beginReceive(socket: Socket): Begun {
  return begin(eventArgs(16), e => socket.receiveAsync(e));
}

async function errorOf(begun: Begun): Promise<SocketError> {
  return (await begun.outcome).e.socketError;
}

/** Receives up to the loss of the connection; how many bytes came before it. */
async function receiveToReset(socket: Socket): Promise<number> {
  let count = 0;
  for (;;) {
    const { error, bytes } = await receiveOnce(socket, 1 << 20);
    if (error === SocketError.ConnectionReset) return count;
    expect(error).toBe(SocketError.Success);
    if (bytes.length === 0) throw new Error('The stream ended in order.');
    count += bytes.length;
  }
}

test('R-014 R-018 a receive pending when its socket is disposed completes with OperationAborted', async () => {
  const { client, server } = await connectedPair();
  const [mine, theirs] = [beginReceive(client), beginReceive(server)];
  let isRaised = false;
  const noted = mine.outcome.then(() => (isRaised = true));
  client.dispose();
  expect(isRaised).toBe(false);
  const { e, sender } = await mine.outcome;
  await noted;
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e.bytesTransferred).toBe(0);
  expect(sender).toBe(client);
  expect(await errorOf(theirs)).toBe(SocketError.ConnectionReset);
  expect(server.connected).toBe(false);
});

test('R-019 a send pending when its socket is disposed completes with OperationAborted', async () => {
  const { client, server } = await connectedPair();
  const sending = begin(eventArgs(tooMuch), e => client.sendAsync(e));
  expect(sending.isPending).toBe(true);
  client.dispose();
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e.bytesTransferred).toBeGreaterThan(0);
  expect(e.bytesTransferred).toBeLessThan(tooMuch);
  const received = await receiveToReset(server);
  expect(received).toBeLessThanOrEqual(e.bytesTransferred);
});

test.each([
  ['Send', SocketShutdown.Send],
  ['Both', SocketShutdown.Both],
])('R-020 after Shutdown(%s) disposing with a receive pending is orderly', async (_how, how) => {
  const { client, server } = await connectedPair();
  const bytes = randomBytes(100_000);
  await send(client, bytes);
  const receiving = beginReceive(client);
  client.shutdown(how);
  client.dispose();
  expect(bytes.equals(await receiveAll(server))).toBe(true);
  expect(await errorOf(receiving)).toBe(SocketError.OperationAborted);
});

test('after Shutdown(Receive) alone disposing with a send pending resets', async () => {
  const { client, server } = await connectedPair();
  const sending = begin(eventArgs(tooMuch), e => client.sendAsync(e));
  client.shutdown(SocketShutdown.Receive);
  client.dispose();
  expect(await errorOf(sending)).toBe(SocketError.OperationAborted);
  await receiveToReset(server);
});

test('disposing with nothing pending is orderly, and all that was sent arrives', async () => {
  const { client, server } = await connectedPair();
  const bytes = randomBytes(100_000);
  await send(client, bytes);
  client.dispose();
  expect(bytes.equals(await receiveAll(server))).toBe(true);
});

test('disposing with data unread resets the connection', async () => {
  const { client, server } = await connectedPair();
  await send(server, Buffer.from('unread'));
  await receive(client, 1);
  client.dispose();
  expect((await receiveOnce(server)).error).toBe(SocketError.ConnectionReset);
});

test('receives and sends pending at once are all aborted, each side in its order', async () => {
  const { client } = await connectedPair();
  const order: string[] = [];
  const begun = ['r0', 's0', 'r1', 's1', 'r2'].map(name => {
    const isReceive = name.startsWith('r');
    const e = eventArgs(isReceive ? 8 : tooMuch);
    e.on('completed', () => order.push(name));
    return begin(e, each => (isReceive ? receiveAsync : sendAsync)(client, each));
  });
  expect(begun.every(each => each.isPending)).toBe(true);
  client.dispose();
  const errors = await Promise.all(begun.map(errorOf));
  expect(new Set(errors)).toEqual(new Set([SocketError.OperationAborted]));
  expect(order.filter(name => name.startsWith('r'))).toEqual(['r0', 'r1', 'r2']);
  expect(order.filter(name => name.startsWith('s'))).toEqual(['s0', 's1']);
});

const moments: [string, (dispose: () => void) => void][] = [
  ['at once', dispose => dispose()],
  ['in a microtask', dispose => queueMicrotask(dispose)],
  ['in a tick', dispose => process.nextTick(dispose)],
  ['in the next turn', dispose => setImmediate(dispose)],
  ['in a timer', dispose => setTimeout(dispose, 0)],
];

describe.each(moments)('disposed %s', (_when, schedule) => {
  test.each([
    ['R-015', 'send', sendAsync, 8 << 20],
    ['R-016', 'receive', receiveAsync, 1 << 20],
  ])('%s a %s succeeds or is aborted, once', async (_id, _name, verb, length) => {
    const { client, server } = await connectedPair();
    await send(server, randomBytes(1000));
    const begun = [1, 2, 3].map(() => begin(eventArgs(length), e => verb(client, e)));
    schedule(() => {
      client.dispose();
    });
    for (const each of begun) {
      const allowed = [SocketError.Success, SocketError.OperationAborted];
      expect(allowed).toContain(await errorOf(each));
    }
    await new Promise(resolve => setTimeout(resolve, 0)); // the dispose itself may come later
    expect(() => verb(client, eventArgs(1))).toThrow(ObjectDisposedException);
  });
});

/** Two receives that complete in one batch; the handler of the first disposes the other's socket. */
async function disposeInBatch(end: (peer: Socket) => void): Promise<SocketAsyncEventArgs> {
  const pairs = [await connectedPair(), await connectedPair()];
  const events: SocketAsyncEventArgs[] = [];
  for (const { client } of pairs) {
    const e = eventArgs(16);
    e.on('completed', (sender, each) => {
      events.push(each);
      const other = pairs.find(pair => pair.client !== sender);
      if (events.length === 1) other?.client.dispose();
    });
    expect(client.receiveAsync(e)).toBe(true);
  }
  for (const { server } of pairs) end(server);
  await until(() => events.length === 2, 'both have completed');
  return events[1];
}

test('a success that came before the dispose stays one', async () => {
  const e = await disposeInBatch(peer => peer.sendAsync(eventArgs(Buffer.from('data'))));
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(4);
});

test('a failure that came before the dispose is reported as OperationAborted', async () => {
  const e = await disposeInBatch(peer => peer.close(0));
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e.bytesTransferred).toBe(0);
});

test('Z-012 closing with 10,000 receives pending aborts each of them once, in order', async () => {
  const { client } = await connectedPair();
  const count = 10_000;
  const order: number[] = [];
  const begun = Array.from({ length: count }, (_, i) => {
    const e = eventArgs();
    e.on('completed', () => order.push(i));
    return begin(e, each => client.receiveAsync(each));
  });
  client.close();
  const errors = new Set(await Promise.all(begun.map(errorOf)));
  expect(errors).toEqual(new Set([SocketError.OperationAborted]));
  expect(order).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('Z-018 close(0) resets the connection, and aborts what is pending', async () => {
  const { client, server } = await connectedPair();
  const [mine, theirs] = [beginReceive(client), beginReceive(server)];
  client.close(0);
  expect(await errorOf(mine)).toBe(SocketError.OperationAborted);
  expect(await errorOf(theirs)).toBe(SocketError.ConnectionReset);
});

test('Z-018 close(0) resets the connection with nothing pending', async () => {
  const { client, server } = await connectedPair();
  client.close(0);
  expect((await receiveOnce(server)).error).toBe(SocketError.ConnectionReset);
});
