// Completions that come at once and completions that come by event: neither overtakes the other, and
// those at once do not come for ever.

import type { Socket, SocketAsyncEventArgs } from 'socket-async-event-args';

import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs, type Pair } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

/** The most operations that one side of a socket finishes at once per turn: docs/decisions/0004. */
const syncBudget = 32;

/** Starts a receive of one byte, and notes it once it has completed, at once or later. */
function receiveByte(socket: Socket, note: (byte: number) => void): boolean {
  const e = eventArgs(1);
  const done = (): void => {
    expect(e.bytesTransferred).toBe(1);
    note(e.memoryBuffer[0]);
  };
  e.on('completed', done);
  const isPending = socket.receiveAsync(e);
  if (!isPending) done();
  return isPending;
}

/** Repeats an operation on the same event args for as long as it finishes at once. */
function countFinishedAtOnce(
  e: SocketAsyncEventArgs,
  start: (e: SocketAsyncEventArgs) => boolean,
  most = 10_000,
): number {
  let count = 0;
  while (count < most && !start(e)) count++;
  return count;
}

/** A turn of the loop in which no budget has been used yet. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

test('a receive started in a handler does not overtake one that completed in the same batch', async () => {
  const pairs = [await connectedPair(), await connectedPair()] as const;
  const seen: number[][] = [[], []];
  let isFirst = true;
  for (const [i, { client }] of pairs.entries()) {
    const other = 1 - i;
    receiveByte(client, byte => {
      seen[i]?.push(byte);
      if (!isFirst) return;
      isFirst = false;
      const { client: neighbour } = pairs[other];
      // Its first byte was received in this batch, and its event is still to come.
      expect(neighbour.available).toBe(1);
      expect(seen[other]).toEqual([]);
      receiveByte(neighbour, second => seen[other]?.push(second));
    });
  }
  for (const { server } of pairs) {
    const e = eventArgs(Uint8Array.of(1, 2));
    expect(server.sendAsync(e)).toBe(false);
  }
  await until(() => seen.flat().length === 3, 'three receives have completed');
  const [shorter, longer] = seen.sort((a, b) => a.length - b.length);
  expect(shorter).toEqual([1]);
  expect(longer).toEqual([1, 2]);
});

test.each([
  ['receives', (pair: Pair) => (e: SocketAsyncEventArgs) => pair.client.receiveAsync(e)],
  ['sends', (pair: Pair) => (e: SocketAsyncEventArgs) => pair.server.sendAsync(e)],
])('%s that could all finish at once are pending after a number of them', async (_what, verb) => {
  const pair = await connectedPair();
  await send(pair.server, new Uint8Array(1000));
  await until(() => pair.client.available === 1000, 'the data has arrived');
  const start = verb(pair);
  const e = eventArgs(1);
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    const completed = new Promise<void>(resolve => e.once('completed', () => resolve()));
    expect(countFinishedAtOnce(e, start)).toBe(syncBudget);
    await withDeadline(completed, 'the event');
    expect(e.bytesTransferred).toBe(1);
  }
});

test('each side of each socket has a budget of its own', async () => {
  const pairs = [await connectedPair(), await connectedPair()];
  for (const { client, server } of pairs) {
    await send(server, new Uint8Array(100));
    await until(() => client.available === 100, 'the data has arrived');
  }
  await nextTurn();
  const counts = pairs.flatMap(({ client }) => [
    countFinishedAtOnce(eventArgs(1), e => client.receiveAsync(e)),
    countFinishedAtOnce(eventArgs(1), e => client.sendAsync(e)),
  ]);
  expect(counts).toEqual([syncBudget, syncBudget, syncBudget, syncBudget]);
});

test('results beyond the budget keep their order', async () => {
  const { client, server } = await connectedPair();
  const count = 5 * syncBudget;
  await send(
    server,
    Uint8Array.from({ length: count }, (_, i) => i),
  );
  await until(() => client.available === count, 'the data has arrived');
  const order: number[] = [];
  let pending = 0;
  for (let i = 0; i < count; i++) {
    if (receiveByte(client, byte => order.push(byte))) pending++;
  }
  expect(pending).toBeGreaterThanOrEqual(count - syncBudget);
  await until(() => order.length === count, 'all have completed');
  expect(order).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('a handler that always finds data lets timers and other sockets have their turn', async () => {
  const { client, server } = await connectedPair();
  const other = await connectedPair();
  const total = 20_000;
  await send(server, new Uint8Array(total));
  let received = 0;
  let turns = 0;
  let timers = 0;
  const counting = setInterval(() => timers++, 1);
  const countTurn = (): void => {
    turns++;
    if (received < total) setImmediate(countTurn);
  };
  setImmediate(countTurn);
  const neighbour = receive(other.client, 1).then(() => received);

  const greedy = eventArgs(1);
  const drain = (): void => {
    do {
      received += greedy.bytesTransferred;
      if (received === 500) other.server.sendAsync(eventArgs(Uint8Array.of(1)));
    } while (received < total && !client.receiveAsync(greedy));
  };
  greedy.on('completed', drain);
  drain();
  await until(() => received === total, 'all bytes have been received');
  clearInterval(counting);
  expect(turns).toBeGreaterThanOrEqual(Math.floor(total / (2 * syncBudget)));
  expect(timers).toBeGreaterThan(0);
  expect(await neighbour).toBeLessThan(total);
});

test('results that come at once are on the event args, and raise no event', async () => {
  const { client, server } = await connectedPair();
  await send(server, Uint8Array.of(1, 2, 3));
  await until(() => client.available === 3, 'the data has arrived');
  const e = eventArgs(2);
  e.on('completed', () => {
    throw new Error('There must be no event.');
  });
  expect(client.receiveAsync(e)).toBe(false);
  expect(e.bytesTransferred).toBe(2);
  await nextTurn();
});

test('a pending event never comes before the call has returned and its turn is over', async () => {
  const { client, server } = await connectedPair();
  await send(server, new Uint8Array(100));
  await until(() => client.available === 100, 'the data has arrived');
  const steps: string[] = [];
  const e = eventArgs(1);
  e.on('completed', () => steps.push('event'));
  countFinishedAtOnce(e, each => client.receiveAsync(each));
  queueMicrotask(() => steps.push('microtask'));
  process.nextTick(() => steps.push('tick'));
  steps.push('returned');
  await until(() => steps.includes('event'), 'the event was raised');
  expect(steps[0]).toBe('returned');
  expect(steps.at(-1)).toBe('event');
  expect(steps).toHaveLength(4);
});

test('Z-003 the same event args finish at once many times in a loop', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  let sent = 0;
  for (let turn = 0; turn < 100; turn++) {
    sent += countFinishedAtOnce(e, each => server.sendAsync(each), 10);
    await nextTurn();
  }
  expect(sent).toBe(1000);
  await receive(client, sent);
  await succeed(eventArgs(Uint8Array.of(1)), each => client.sendAsync(each));
});
