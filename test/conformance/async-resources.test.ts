// Pending operations as async_hooks sees them: resources that are made at the start, entered around
// the event, and destroyed by the garbage collector.

import {
  createHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId,
} from 'node:async_hooks';

import { SocketAsyncEventArgs } from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin } from '../support/operations.js';
import { connectedPair, eventArgs, tracked } from '../support/sockets.js';
import { send } from '../support/transfer.js';

const type = 'SocketAsyncEventArgs';
const made = new Map<number, number>();
let events: [string, number][] = [];

const note = (event: string) => (asyncId: number) => {
  if (made.has(asyncId)) events.push([event, asyncId]);
};
const hook = createHook({
  init(asyncId, name, triggeredBy) {
    if (name === type) made.set(asyncId, triggeredBy);
  },
  before: note('before'),
  after: note('after'),
  destroy: note('destroy'),
});

/** Only what comes from now on counts. */
function forget(): void {
  made.clear();
  events = [];
}

beforeEach(() => {
  hook.enable();
});

afterEach(() => {
  hook.disable();
});

test('a pending operation is one resource, entered once, around its event', async () => {
  const { client, server } = await connectedPair();
  forget();
  const e = eventArgs(1);
  const startedIn = executionAsyncId();
  let seen: unknown[] = [];
  e.on('completed', () => {
    seen = [executionAsyncId(), triggerAsyncId(), executionAsyncResource().constructor.name];
  });
  const receiving = begin(e, each => client.receiveAsync(each));
  const [[asyncId, triggeredBy]] = made;
  expect(made.size).toBe(1);
  expect(triggeredBy).toBe(startedIn);
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  expect(seen).toEqual([asyncId, startedIn, 'AsyncResource']);
  expect(events).toEqual([
    ['before', asyncId],
    ['after', asyncId],
  ]);
  expect(executionAsyncId()).not.toBe(asyncId);
});

test('each operation is a resource of its own, also with the same event args', async () => {
  const { client, server } = await connectedPair();
  forget();
  const e = eventArgs(1);
  const ids: number[] = [];
  e.on('completed', () => ids.push(executionAsyncId()));
  for (let i = 0; i < 3; i++) {
    const receiving = begin(e, each => client.receiveAsync(each));
    await send(server, Buffer.from('a'));
    await receiving.outcome;
  }
  expect(ids).toEqual([...made.keys()]);
  expect(new Set(ids).size).toBe(3);
});

test('an operation that a handler starts is triggered by the one that has ended', async () => {
  const { client, server } = await connectedPair();
  forget();
  const e = eventArgs(1);
  const ids: [number, number][] = [];
  e.on('completed', () => {
    ids.push([executionAsyncId(), triggerAsyncId()]);
    if (ids.length === 1) expect(client.receiveAsync(e)).toBe(true);
  });
  expect(client.receiveAsync(e)).toBe(true);
  await send(server, Buffer.from('a'));
  await until(() => ids.length === 1, 'the first operation');
  await send(server, Buffer.from('b'));
  await until(() => ids.length === 2, 'the second operation');
  expect(ids[1][1]).toBe(ids[0][0]);
});

test('an operation that finishes at once is no resource', async () => {
  const { client } = await connectedPair();
  forget();
  expect(client.sendAsync(eventArgs(1))).toBe(false);
  expect(made.size).toBe(0);
});

test('an operation without a context is no resource, and its event belongs to none', async () => {
  const { client, server } = await connectedPair();
  forget();
  const e = tracked(new SocketAsyncEventArgs(true));
  let seen: unknown[] = [];
  e.on('completed', () => (seen = [executionAsyncId(), triggerAsyncId()]));
  const receiving = begin(e, each => client.receiveAsync(each));
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  expect(seen).toEqual([0, 0]);
  expect(events).toEqual([]);
});

test('the resource is destroyed once the operation is complete, while the event args live', async () => {
  const { client, server } = await connectedPair();
  forget();
  const e = eventArgs(1);
  const receiving = begin(e, each => client.receiveAsync(each));
  const [asyncId] = made.keys();
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  await until(() => {
    gc?.();
    return events.some(([event, id]) => event === 'destroy' && id === asyncId);
  }, 'the resource is destroyed');
  expect(e.bytesTransferred).toBe(1);
});
