// The semaphore of the examples: who waits enters in order.

import { Semaphore } from '../../examples/semaphore.js';

/** Lets everybody enter who may. */
async function settle(): Promise<void> {
  await new Promise<void>(resolve => setImmediate(resolve));
}

test('as many enter as there is room for, and the next as others leave, in order', async () => {
  const semaphore = new Semaphore(2, 2);
  const entered: number[] = [];
  for (let i = 0; i < 5; i++) void semaphore.waitOne().then(() => entered.push(i));
  await settle();
  expect(entered).toEqual([0, 1]);
  semaphore.release();
  await settle();
  expect(entered).toEqual([0, 1, 2]);
  semaphore.release();
  semaphore.release();
  await settle();
  expect(entered).toEqual([0, 1, 2, 3, 4]);
});

test('somebody who comes later does not overtake those who wait', async () => {
  const semaphore = new Semaphore(0, 1);
  const entered: string[] = [];
  void semaphore.waitOne().then(() => entered.push('first'));
  semaphore.release();
  void semaphore.waitOne().then(() => entered.push('second'));
  await settle();
  expect(entered).toEqual(['first']);
  semaphore.release();
  await settle();
  expect(entered).toEqual(['first', 'second']);
});

test('room that nobody waits for is kept, up to the maximum', async () => {
  const semaphore = new Semaphore(0, 2);
  semaphore.release();
  semaphore.release();
  expect(() => semaphore.release()).toThrow(RangeError);
  const entered: number[] = [];
  for (let i = 0; i < 3; i++) void semaphore.waitOne().then(() => entered.push(i));
  await settle();
  expect(entered).toEqual([0, 1]);
});

test.each([
  [-1, 1],
  [2, 1],
])('an initial count of %d of %d is refused', (initialCount, maximumCount) => {
  expect(() => new Semaphore(initialCount, maximumCount)).toThrow(RangeError);
});
