// Bytes through a TCP connection, whole and in order.

import { randomBytes } from 'node:crypto';

import {
  ArgumentNullException,
  SocketAsyncEventArgs,
  SocketError,
  SocketShutdown,
  type Socket,
} from 'socket-async-event-args';

import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { connectedPair, eventArgs, tcpSocket } from '../support/sockets.js';
import { receive, receiveAll, receiveOnce, send } from '../support/transfer.js';

/** Gives event args bytes to send, or room to receive into. */
type Give = (e: SocketAsyncEventArgs, bytes: Uint8Array, round: number) => void;

const asBuffer: Give = (e, bytes) => {
  e.bufferList = null;
  e.setBuffer(bytes, 0, bytes.length);
};

const asList: Give = (e, bytes) => {
  e.setBuffer(null, 0, 0);
  e.bufferList = [bytes.subarray(0, 7), bytes.subarray(7, 7), bytes.subarray(7)];
};

const alternating: Give = (e, bytes, round) => {
  (round % 2 === 0 ? asBuffer : asList)(e, bytes, round);
};

async function sendBlocks(socket: Socket, blocks: readonly Uint8Array[], give: Give) {
  using e = new SocketAsyncEventArgs();
  for (const [round, block] of blocks.entries()) {
    give(e, block, round);
    await succeed(e, each => socket.sendAsync(each));
    expect(e.bytesTransferred).toBe(block.length);
  }
  socket.shutdown(SocketShutdown.Send);
}

async function receiveToEnd(socket: Socket, give: Give): Promise<Buffer> {
  using e = new SocketAsyncEventArgs();
  const room = new Uint8Array(200);
  const pieces: Uint8Array[] = [];
  do {
    give(e, room, pieces.length);
    await succeed(e, each => socket.receiveAsync(each));
    pieces.push(room.slice(0, e.bytesTransferred));
  } while (e.bytesTransferred > 0);
  return Buffer.concat(pieces);
}

describe.each(families)('over %s', (_name, family) => {
  test.each([
    ['R-001 R-003', 'a single buffer', asBuffer],
    ['R-002 R-004', 'a buffer list', asList],
    ['R-006', 'a buffer and a list in turn', alternating],
  ])('%s a stream arrives whole, from and into %s', async (_ids, _what, give) => {
    const { client, server } = await connectedPair(family);
    const blocks = Array.from({ length: 128 }, () => randomBytes(256));
    const [received] = await Promise.all([
      receiveToEnd(server, give),
      sendBlocks(client, blocks, give),
    ]);
    expect(received.equals(Buffer.concat(blocks))).toBe(true);
  });

  test('R-001 both directions carry a megabyte at once', async () => {
    const { client, server } = await connectedPair(family);
    const [there, back] = [randomBytes(1 << 20), randomBytes(1 << 20)];
    const [atServer, atClient] = await Promise.all([
      receive(server, there.length),
      receive(client, back.length),
      send(client, there),
      send(server, back),
    ]);
    expect(there.equals(atServer)).toBe(true);
    expect(back.equals(atClient)).toBe(true);
  });

  test.each([
    ['shuts down for sending', (peer: Socket) => peer.shutdown(SocketShutdown.Send)],
    ['shuts down both ways', (peer: Socket) => peer.shutdown(SocketShutdown.Both)],
    ['is disposed', (peer: Socket) => peer.dispose()],
  ])('R-010 a receive pending ends with 0 bytes when the peer %s', async (_what, end) => {
    const { client, server } = await connectedPair(family);
    const receiving = begin(eventArgs(16), e => client.receiveAsync(e));
    expect(receiving.isPending).toBe(true);
    end(server);
    const { e, sender } = await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(0);
    expect(sender).toBe(client);
    expect(client.connected).toBe(true);
  });
});

test('R-001 the end of the stream is told again and again', async () => {
  const { client, server } = await connectedPair();
  await send(server, Buffer.from('end'));
  server.shutdown(SocketShutdown.Send);
  expect((await receiveOnce(client)).bytes).toHaveLength(3);
  for (let i = 0; i < 3; i++) {
    expect(await receiveOnce(client)).toEqual({
      error: SocketError.Success,
      bytes: new Uint8Array(0),
    });
  }
});

test('R-012 operations do not heed Blocking, and leave it as it is', async () => {
  const { client, server } = await connectedPair();
  client.blocking = false;
  const receiving = begin(eventArgs(16), e => client.receiveAsync(e));
  expect(receiving.isPending).toBe(true);
  await send(server, Buffer.from('five!'));
  const { e } = await receiving.outcome;
  expect(e.bytesTransferred).toBe(5);
  await send(client, Buffer.from('back'));
  expect(Buffer.from(await receive(server, 4)).toString()).toBe('back');
  expect(client.blocking).toBe(false);
  expect(server.blocking).toBe(true);
});

test('R-013 a transfer works with the smallest system buffers', async () => {
  const { client, server } = await connectedPair();
  client.sendBufferSize = 0;
  server.receiveBufferSize = 0;
  const bytes = randomBytes(20_000);
  const [received] = await Promise.all([receive(server, bytes.length), send(client, bytes)]);
  expect(bytes.equals(received)).toBe(true);
});

test('Z-015 a receive takes what there is, and reports how much that was', async () => {
  const { client, server } = await connectedPair();
  await send(server, Buffer.from('abc'));
  const e = eventArgs(Buffer.alloc(8, '.'));
  e.setBuffer(2, 6);
  await succeed(e, each => client.receiveAsync(each));
  expect(e.bytesTransferred).toBe(3);
  expect(Buffer.from(e.memoryBuffer).toString()).toBe('..abc...');
});

test('a receive fills no more than its window, and leaves the rest for the next', async () => {
  const { client, server } = await connectedPair();
  await send(server, Buffer.from('abcdef'));
  const e = eventArgs(Buffer.alloc(8, '.'));
  e.setBuffer(3, 2);
  await succeed(e, each => client.receiveAsync(each));
  expect(Buffer.from(e.memoryBuffer).toString()).toBe('...ab...');
  expect(Buffer.from(await receiveOnce(client).then(rest => rest.bytes)).toString()).toBe('cdef');
});

test('Z-013 a send that waits for a slow reader completes once, with the whole length', async () => {
  const { client, server } = await connectedPair();
  const bytes = randomBytes(8 << 20);
  const sending = begin(eventArgs(bytes), e => client.sendAsync(e));
  expect(sending.isPending).toBe(true);
  expect(bytes.equals(await receive(server, bytes.length))).toBe(true);
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(bytes.length);
});

test('a send of nothing completes at once, and sends nothing', async () => {
  const { client, server } = await connectedPair();
  for (const e of [eventArgs(), eventArgs(0), eventArgs(5)]) {
    e.setBuffer(0, 0);
    const { wasPending } = await succeed(e, each => client.sendAsync(each));
    expect(wasPending).toBe(false);
    expect(e.bytesTransferred).toBe(0);
  }
  client.shutdown(SocketShutdown.Send);
  expect(await receiveAll(server)).toHaveLength(0);
});

test('R-033 receiveAsync and sendAsync refuse missing event args', () => {
  const socket = tcpSocket();
  const missing = null as unknown as SocketAsyncEventArgs;
  const refusal = expect.objectContaining({ paramName: 'e' });
  expect(() => socket.receiveAsync(missing)).toThrow(ArgumentNullException);
  expect(() => socket.receiveAsync(missing)).toThrow(refusal);
  expect(() => socket.sendAsync(missing)).toThrow(ArgumentNullException);
  expect(() => socket.sendAsync(missing)).toThrow(refusal);
});

test.each([
  ['with a buffer', 8],
  ['without a buffer', undefined],
  ['with an empty window', 0],
])('R-034 a socket without a connection reports so at once, %s', async (_what, bytes) => {
  const socket = tcpSocket();
  const receiving = await finish(eventArgs(bytes), e => socket.receiveAsync(e));
  expect(receiving.wasPending).toBe(false);
  expect(receiving.e.socketError).toBe(SocketError.NotConnected);
  expect(receiving.e.bytesTransferred).toBe(0);
  const sending = await finish(eventArgs(bytes), e => socket.sendAsync(e));
  expect(sending.wasPending).toBe(false);
  expect(sending.e.socketError).toBe(SocketError.Shutdown);
});
