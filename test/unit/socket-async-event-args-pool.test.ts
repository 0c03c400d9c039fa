// SocketAsyncEventArgsPool: a stack that nobody gets the same event args from twice.

import { SocketAsyncEventArgs, SocketAsyncEventArgsPool } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { ae, ane, aoore, thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

const invalid = 'InvalidOperationException';

test('pop gives back what was pushed, the last first, and count keeps the number', () => {
  const pool = new SocketAsyncEventArgsPool(2);
  const all = [eventArgs(), eventArgs(), eventArgs()];
  expect(pool.count).toBe(0);
  for (const [index, e] of all.entries()) {
    pool.push(e);
    expect(pool.count).toBe(index + 1);
  }
  expect([pool.pop(), pool.pop()]).toEqual([all[2], all[1]]);
  pool.push(all[2]);
  expect([pool.pop(), pool.pop()]).toEqual([all[2], all[0]]);
  expect(pool.count).toBe(0);
});

test('an empty pool has nothing to pop', () => {
  const pool = new SocketAsyncEventArgsPool();
  expect(thrownBy(() => pool.pop())).toBe(invalid);
  pool.push(eventArgs());
  pool.pop();
  expect(thrownBy(() => pool.pop())).toBe(invalid);
  expect(pool.count).toBe(0);
});

test.each([
  [undefined, ane('item')],
  [null, ane('item')],
  [{}, ae('item')],
  ['x', ae('item')],
  [Object.create(SocketAsyncEventArgs.prototype), 'ArgumentException(item)'],
])('push refuses %p', (wrong, thrown) => {
  const pool = new SocketAsyncEventArgsPool(1);
  expect(thrownBy(() => pool.push(wrong as SocketAsyncEventArgs))).toBe(thrown);
  expect(pool.count).toBe(0);
});

test('push refuses event args that are in a pool, in this or another one', () => {
  const [pool, other] = [new SocketAsyncEventArgsPool(), new SocketAsyncEventArgsPool()];
  const e = eventArgs();
  pool.push(e);
  expect(thrownBy(() => pool.push(e))).toBe(invalid);
  expect(thrownBy(() => other.push(e))).toBe(invalid);
  expect([pool.count, other.count]).toEqual([1, 0]);
  other.push(pool.pop());
  expect([pool.count, other.count]).toEqual([0, 1]);
});

test('push refuses disposed event args', () => {
  const pool = new SocketAsyncEventArgsPool();
  const e = eventArgs();
  e.dispose();
  expect(thrownBy(() => pool.push(e))).toBe('ObjectDisposedException');
  expect(pool.count).toBe(0);
});

test('push refuses event args in progress, and takes them from their handler on', async () => {
  const { client, server } = await connectedPair();
  const pool = new SocketAsyncEventArgsPool();
  const e = eventArgs(1);
  e.on('completed', () => pool.push(e));
  const receiving = begin(e, each => client.receiveAsync(each));
  expect(thrownBy(() => pool.push(e))).toBe(invalid);
  expect(pool.count).toBe(0);
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  expect(pool.count).toBe(1);
  expect(pool.pop()).toBe(e);
});

test('what is popped can be used', async () => {
  const { client, server } = await connectedPair();
  const pool = new SocketAsyncEventArgsPool();
  pool.push(eventArgs(1));
  const e = pool.pop();
  const receiving = begin(e, each => client.receiveAsync(each));
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  pool.push(e);
  expect(pool.count).toBe(1);
});

test.each([
  [-1, aoore('capacity')],
  [1.5, aoore('capacity')],
  [2 ** 31, aoore('capacity')],
  ['1', ae('capacity')],
  [null, ane('capacity')],
])('a capacity of %p is refused', (capacity, thrown) => {
  expect(thrownBy(() => new SocketAsyncEventArgsPool(capacity as number))).toBe(thrown);
});
