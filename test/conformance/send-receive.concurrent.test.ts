// Several operations outstanding on one side of a socket: they stand in line.

import { randomBytes } from 'node:crypto';

import { SocketError, type Socket, type SocketAsyncEventArgs } from 'socket-async-event-args';

import { withDeadline } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

/** Starts receives of one byte each; resolves with what they got, in the order of their events. */
function receiveBytes(socket: Socket, count: number): Promise<number[][]> {
  const events: number[][] = [];
  const receiving = new Promise<number[][]>(resolve => {
    for (let i = 0; i < count; i++) {
      const e = eventArgs(1);
      e.on('completed', () => {
        events.push([i, e.memoryBuffer[0]]);
        if (events.length === count) resolve(events);
      });
      expect(socket.receiveAsync(e)).toBe(true);
    }
  });
  return withDeadline(receiving, `${count} receives`);
}

/** Starts sends without waiting in between; at least the last one is pending. */
function startSends(
  socket: Socket,
  blocks: readonly Uint8Array[],
): Promise<SocketAsyncEventArgs[]> {
  const begun = blocks.map(block => begin(eventArgs(block), e => socket.sendAsync(e)));
  expect(begun.at(-1)?.isPending).toBe(true);
  return Promise.all(begun.map(async each => (await each.outcome).e));
}

describe.each(families)('over %s', (_name, family) => {
  test('R-007 receives pending complete in order, each with its bytes', async () => {
    const { client, server } = await connectedPair(family);
    const receiving = receiveBytes(client, 3);
    await send(server, Uint8Array.of(1, 2, 3));
    expect(await receiving).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  test('R-007 receives pending complete in order when each byte comes alone', async () => {
    const { client, server } = await connectedPair(family);
    server.noDelay = true;
    const receiving = receiveBytes(client, 3);
    for (const byte of [1, 2, 3]) await send(server, Uint8Array.of(byte));
    expect(await receiving).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  test('R-008 three sends at once arrive in order, unmixed, and report their lengths', async () => {
    const { client, server } = await connectedPair(family);
    const blocks = [2 << 20, 2 << 20, 1 << 20].map(length => randomBytes(length));
    const whole = Buffer.concat(blocks);
    const sending = startSends(client, blocks);
    expect(whole.equals(await receive(server, whole.length))).toBe(true);
    for (const [i, e] of (await sending).entries()) {
      expect(e.socketError).toBe(SocketError.Success);
      expect(e.bytesTransferred).toBe(blocks[i]?.length);
    }
  });
});

test('R-008 sends through a tiny send buffer to a slow reader keep their order', async () => {
  const { client, server } = await connectedPair();
  client.sendBufferSize = 4096;
  client.noDelay = true;
  const blocks = [100_000, 1, 70_000].map(length => randomBytes(length));
  const whole = Buffer.concat(blocks);
  const sending = startSends(client, blocks);
  const pieces: Uint8Array[] = [];
  let missing = whole.length;
  while (missing > 0) {
    const piece = await receive(server, Math.min(missing, 9_999));
    pieces.push(piece);
    missing -= piece.length;
  }
  expect(whole.equals(Buffer.concat(pieces))).toBe(true);
  const lengths = (await sending).map(e => e.bytesTransferred);
  expect(lengths).toEqual(blocks.map(block => block.length));
});

test('Z-011 a send goes out while a receive waits', async () => {
  const { client, server } = await connectedPair();
  const receiving = begin(eventArgs(4), e => client.receiveAsync(e));
  expect(receiving.isPending).toBe(true);
  const { wasPending } = await succeed(eventArgs(Buffer.from('ping')), e => client.sendAsync(e));
  expect(wasPending).toBe(false);
  expect(Buffer.from(await receive(server, 4)).toString()).toBe('ping');
  await send(server, Buffer.from('pong'));
  expect((await receiving.outcome).e.bytesTransferred).toBe(4);
});

test('Z-011 a receive completes while a send waits', async () => {
  const { client, server } = await connectedPair();
  const bytes = new Uint8Array(8 << 20);
  const sending = begin(eventArgs(bytes), e => client.sendAsync(e));
  expect(sending.isPending).toBe(true);
  await send(server, Buffer.from('hello'));
  expect(Buffer.from(await receive(client, 5)).toString()).toBe('hello');
  await receive(server, bytes.length);
  expect((await sending.outcome).e.bytesTransferred).toBe(bytes.length);
});

test('a thousand receives share one stream without a gap', async () => {
  const { client, server } = await connectedPair();
  const count = 1000;
  const bytes = Uint8Array.from({ length: count }, (_, i) => i % 251);
  const receiving = receiveBytes(client, count);
  await send(server, bytes);
  expect(await receiving).toEqual(Array.from(bytes, (byte, i) => [i, byte]));
});

test('R-007 the end of the stream completes all receives that wait', async () => {
  const { client, server } = await connectedPair();
  const begun = [1, 2, 3].map(() => begin(eventArgs(2), e => client.receiveAsync(e)));
  await send(server, Uint8Array.of(1, 2, 3));
  server.dispose();
  const counts = await Promise.all(
    begun.map(async each => (await each.outcome).e.bytesTransferred),
  );
  expect(counts).toEqual([2, 1, 0]);
});
