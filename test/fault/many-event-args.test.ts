// More event args than one chunk of records holds (1,024), all in flight at once.

import {
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  type Socket,
} from 'socket-async-event-args';

import { CHUNK_SLOTS } from '../../lib/internal/abi.js';
import { countSlots } from '../../lib/internal/slots.js';
import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { connectedPair, tracked } from '../support/sockets.js';
import { send } from '../support/transfer.js';

const count = 3000;

interface Ended {
  index: number;
  error: SocketError;
  bytes: number[];
  operation: SocketAsyncOperation;
}

/** Starts a receive of one byte with each of many event args, and notes how they end. */
function receiveWithAll(socket: Socket, ended: Ended[]): SocketAsyncEventArgs[] {
  return Array.from({ length: count }, (_, index) => {
    const e = tracked(new SocketAsyncEventArgs());
    e.setBuffer(new Uint8Array(1), 0, 1);
    e.on('completed', () => {
      ended.push({
        index,
        error: e.socketError,
        bytes: [...e.memoryBuffer.subarray(0, e.bytesTransferred)],
        operation: e.lastOperation,
      });
    });
    expect(socket.receiveAsync(e)).toBe(true);
    return e;
  });
}

test('each of 3,000 pending receives gets its byte, in the order of their starts', async () => {
  const { client, server } = await connectedPair();
  const ended: Ended[] = [];
  const all = receiveWithAll(client, ended);
  expect(countSlots().inFlight).toBe(count);
  expect(countSlots().claimed).toBeGreaterThan(2 * CHUNK_SLOTS);
  const data = Uint8Array.from(all, (_, index) => index % 251);
  await send(server, data.subarray(0, 1500));
  await send(server, data.subarray(1500));
  await until(() => ended.length === count, 'all have received');
  const { Success } = SocketError;
  const operation = SocketAsyncOperation.Receive;
  expect(ended).toEqual(
    all.map((_, index) => ({ index, error: Success, bytes: [index % 251], operation })),
  );
  expect(countSlots().inFlight).toBe(0);
});

test('each of 3,000 pending receives is told once that the socket was closed', async () => {
  const { client } = await connectedPair();
  const ended: Ended[] = [];
  receiveWithAll(client, ended);
  client.dispose();
  expect(ended).toEqual([]); // never from inside the call
  await until(() => ended.length >= count, 'all have ended');
  await new Promise(resolve => setImmediate(resolve));
  expect(ended.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(new Set(ended.map(({ error }) => error))).toEqual(new Set([SocketError.OperationAborted]));
});

test('the slots of 3,000 event args are used again', () => {
  const make = (): SocketAsyncEventArgs[] =>
    Array.from({ length: count }, () => {
      const e = new SocketAsyncEventArgs();
      e.setBuffer(memory);
      return e;
    });
  const memory = new Uint8Array(16);
  const { claimed } = countSlots();
  for (let round = 0; round < 5; round++) {
    const all = make();
    expect(countSlots().claimed).toBe(claimed + count);
    for (const e of all) e.dispose();
    expect(countSlots().claimed).toBe(claimed);
  }
});
