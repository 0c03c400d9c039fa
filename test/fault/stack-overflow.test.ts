// No stack left in the middle of starting an operation: what was not started is not performed, and
// what was is told of.

import type { SocketAsyncEventArgs } from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { send } from '../support/transfer.js';

const wanted = 20;

/** Starts operations from the bottom of the stack upwards; those that were started and are pending. */
function startWithoutStack(
  start: (e: SocketAsyncEventArgs) => boolean,
  onCompleted: () => void,
): { pending: number; overflows: number } {
  const spare = Array.from({ length: 2000 }, () => eventArgs(1));
  for (const e of spare) e.on('completed', onCompleted);
  let pending = 0;
  let overflows = 0;
  let started = 0;
  function attempt(): void {
    const e = spare.pop();
    if (started === wanted || e === undefined) return;
    try {
      if (start(e)) pending++;
      started++;
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      overflows++;
    }
  }
  function descend(): void {
    try {
      descend();
    } catch {
      // It goes up from here.
    }
    attempt();
  }
  descend();
  return { pending, overflows };
}

test('receives that could not be started take no bytes', async () => {
  const { client, server } = await connectedPair();
  let events = 0;
  const { pending, overflows } = startWithoutStack(
    e => server.receiveAsync(e),
    () => events++,
  );
  expect(overflows).toBeGreaterThan(0);
  expect(pending).toBe(wanted);
  await send(client, new Uint8Array(wanted + 1));
  await until(() => events === wanted, 'all that were started have completed');
  expect(server.available).toBe(1);
});

test('sends that could not be started send nothing', async () => {
  const { client, server } = await connectedPair();
  const { overflows } = startWithoutStack(
    e => client.sendAsync(e),
    () => undefined,
  );
  expect(overflows).toBeGreaterThan(0);
  await until(() => server.available >= wanted, 'all has arrived');
  expect(server.available).toBe(wanted);
});
