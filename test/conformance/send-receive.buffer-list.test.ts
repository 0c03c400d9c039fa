// Gathering from and scattering into the segments of a BufferList.

import { randomBytes } from 'node:crypto';

import {
  BufferManager,
  SocketError,
  SocketFlags,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { connectedPair, eventArgs, type Pair } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

/** Cuts bytes into segments of these lengths, over and over. */
function cut(bytes: Uint8Array, ...lengths: number[]): Uint8Array[] {
  const segments: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length];
    segments.push(bytes.subarray(at, at + length));
    at += length;
  }
  return segments;
}

function listArgs(segments: readonly Uint8Array[]): SocketAsyncEventArgs {
  const e = eventArgs();
  e.bufferList = segments;
  return e;
}

/** Starts to send a list, reads in pieces, and expects the very bytes. */
async function expectTransfer({ client, server }: Pair, segments: Uint8Array[], piece: number) {
  const whole = Buffer.concat(segments);
  const sending = begin(listArgs(segments), e => client.sendAsync(e));
  for (let at = 0; at < whole.length; at += piece) {
    const expected = whole.subarray(at, at + piece);
    expect(expected.equals(await receive(server, expected.length))).toBe(true);
  }
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(whole.length);
  expect(server.available).toBe(0);
}

test.each([1, 2, 1023, 1024, 1025, 2400, 5000])(
  'R-024 a list of %d segments of one byte is sent whole',
  async count => {
    const pair = await connectedPair();
    await expectTransfer(pair, cut(randomBytes(count), 1), count);
  },
);

test.each([2400, 5000])(
  'R-024 receives into %d segments of one byte take all there is, in order',
  async count => {
    const { client, server } = await connectedPair();
    const bytes = randomBytes(count);
    await send(client, bytes);
    const got: Uint8Array[] = [];
    for (let missing = count; missing > 0;) {
      const room = new Uint8Array(count);
      const { e } = await succeed(listArgs(cut(room, 1)), each => server.receiveAsync(each));
      expect(e.bytesTransferred).toBeGreaterThan(0);
      got.push(room.subarray(0, e.bytesTransferred));
      missing -= e.bytesTransferred;
    }
    expect(bytes.equals(Buffer.concat(got))).toBe(true);
  },
);

test('R-024 a list pending through a full send buffer goes on where it stopped', async () => {
  const pair = await connectedPair();
  pair.client.sendBufferSize = 4096;
  const bytes = randomBytes(700_000);
  await expectTransfer(pair, cut(bytes, 1, 4999, 0, 17, 1000, 3), 9973);
});

test('R-024 a long list of small segments pending through a full send buffer arrives whole', async () => {
  const pair = await connectedPair();
  pair.client.sendBufferSize = 4096;
  await expectTransfer(pair, cut(randomBytes(5000 * 40), 40), 5003);
});

test('a long list waits for its turn behind another', async () => {
  const { client, server } = await connectedPair();
  const lists = [cut(randomBytes(6 << 20), 60_000), cut(randomBytes(3000), 1)];
  const begun = lists.map(list => begin(listArgs(list), e => client.sendAsync(e)));
  expect(begun.map(each => each.isPending)).toEqual([true, true]);
  const whole = Buffer.concat(lists.flat());
  expect(whole.equals(await receive(server, whole.length))).toBe(true);
  expect((await begun[1].outcome).e.bytesTransferred).toBe(3000);
});

test('empty segments in between change nothing', async () => {
  const { client, server } = await connectedPair();
  const none = new Uint8Array(0);
  const [a, b] = [Buffer.from('ab'), Buffer.from('cde')];
  const sent = await succeed(listArgs([none, a, none, none, b, none]), e => client.sendAsync(e));
  expect(sent.e.bytesTransferred).toBe(5);
  const [x, y] = [Buffer.alloc(4, '.'), Buffer.alloc(4, '.')];
  const got = await succeed(listArgs([none, x, none, y, none]), e => server.receiveAsync(e));
  expect(got.e.bytesTransferred).toBe(5);
  expect(`${x.toString()} ${y.toString()}`).toBe('abcd e...');
});

test('a list of empty segments, and an empty list, send nothing and succeed at once', async () => {
  const { client, server } = await connectedPair();
  for (const list of [[], [new Uint8Array(0), new Uint8Array(0)]]) {
    const { e, wasPending } = await succeed(listArgs(list), each => client.sendAsync(each));
    expect(wasPending).toBe(false);
    expect(e.bytesTransferred).toBe(0);
  }
  expect(server.available).toBe(0);
});

test('a view used several times in one list is sent as often', async () => {
  const { client, server } = await connectedPair();
  const view = Buffer.from('abc');
  const { e } = await succeed(listArgs([view, view, view.subarray(1), view]), each =>
    client.sendAsync(each),
  );
  expect(e.bytesTransferred).toBe(11);
  expect(Buffer.from(await receive(server, 11)).toString()).toBe('abcabcbcabc');
});

test('a view used twice in one list is received into twice, the second time over the first', async () => {
  const { client, server } = await connectedPair();
  await send(client, Buffer.from('abcde'));
  const view = Buffer.alloc(3, '.');
  const { e } = await succeed(listArgs([view, view]), each => server.receiveAsync(each));
  expect(e.bytesTransferred).toBe(5);
  expect(view.toString()).toBe('dec');
});

test('a receive ends in the middle of a segment, and leaves those behind untouched', async () => {
  const { client, server } = await connectedPair();
  const rooms = [Buffer.alloc(3, '.'), Buffer.alloc(3, '.'), Buffer.alloc(3, '.')];
  const receiving = begin(listArgs(rooms), e => server.receiveAsync(e));
  expect(receiving.isPending).toBe(true);
  await send(client, Buffer.from('abcd'));
  expect((await receiving.outcome).e.bytesTransferred).toBe(4);
  expect(Buffer.concat(rooms).toString()).toBe('abcd.....');
});

test('segments of slabs, of ArrayBuffers and of Buffers mix', async () => {
  const { client, server } = await connectedPair();
  const lent = eventArgs();
  new BufferManager(64, 16).setBuffer(lent);
  const slab = lent.memoryBuffer.subarray(8, 24).fill(0x61);
  const plain = new Uint8Array(new ArrayBuffer(32), 5, 7).fill(0x62);
  const pooled = Buffer.from('ccc');
  const segments = [slab, plain, pooled];
  const { e } = await succeed(listArgs(segments), each => client.sendAsync(each));
  expect(e.bytesTransferred).toBe(26);
  const text = Buffer.from(await receive(server, 26)).toString();
  expect(text).toBe(`${'a'.repeat(16)}${'b'.repeat(7)}ccc`);
});

test('the end of the stream and the loss of the connection reach a list too', async () => {
  const ended = await connectedPair();
  ended.server.close();
  const eof = await succeed(listArgs([Buffer.alloc(2)]), e => ended.client.receiveAsync(e));
  expect(eof.e.bytesTransferred).toBe(0);

  const reset = await connectedPair();
  const waiting = begin(listArgs([Buffer.alloc(2)]), e => reset.client.receiveAsync(e));
  reset.server.close(0);
  expect((await waiting.outcome).e.socketError).toBe(SocketError.ConnectionReset);
});

// .NET counts in 32 bits, which go round; what arrives is all of it.
test('a list of more than 4 GiB is sent whole', async () => {
  const { client, server } = await connectedPair();
  const view = new Uint8Array(64 << 20);
  const list = Array.from({ length: 65 }, () => view);
  const sending = begin(listArgs(list), e => client.sendAsync(e));
  const total = list.length * view.length;
  const receiving = eventArgs(1 << 20);
  for (let got = 0; got < total; got += receiving.bytesTransferred) {
    receiving.socketFlags = SocketFlags.Truncated; // on a stream: throw the bytes away, unread
    await succeed(receiving, e => server.receiveAsync(e));
    expect(receiving.bytesTransferred).toBeGreaterThan(0);
  }
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(total % 2 ** 32);
  expect(server.available).toBe(0);
});
