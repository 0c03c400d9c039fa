// Fifty connections carry random bytes in random pieces both ways at once, and nothing but them.

import { SocketShutdown, type Socket, type SocketAsyncEventArgs } from 'socket-async-event-args';

import { withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { withSeed, type Random } from '../support/seed.js';
import { connectedPair, eventArgs } from '../support/sockets.js';

const connections = 50;

/** Mostly small, sometimes large, sometimes nothing. */
function length(random: Random): number {
  return random.pick([
    0,
    1,
    random.integer(1, 100),
    random.integer(1, 5000),
    random.integer(1, 99_999),
  ]);
}

/** Cuts bytes into segments of random lengths, some of them empty. */
function segmentsOf(random: Random, bytes: Uint8Array): Uint8Array[] {
  const segments: Uint8Array[] = [];
  const most = Math.max(1, Math.ceil(bytes.length / random.pick([1, 3, 40])));
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + random.integer(0, most));
    segments.push(bytes.subarray(at, end));
    at = end;
  }
  return segments;
}

/** Gives event args bytes as a whole buffer, as a window of a larger one, as memory or as a list. */
function give(random: Random, e: SocketAsyncEventArgs, bytes: Uint8Array): void {
  e.bufferList = null;
  e.setBuffer(null, 0, 0);
  switch (random.integer(0, 3)) {
    case 0:
      e.setBuffer(bytes, 0, bytes.length);
      break;
    case 1:
      e.setBuffer(bytes);
      break;
    case 2: {
      const start = random.integer(0, bytes.byteOffset);
      const larger = new Uint8Array(bytes.buffer, start, bytes.byteOffset - start + bytes.length);
      e.setBuffer(larger, bytes.byteOffset - start, bytes.length);
      break;
    }
    default:
      e.bufferList = segmentsOf(random, bytes);
  }
}

/** Sends pieces, up to three at once; all that was sent, in order. */
async function sendRandomly(random: Random, socket: Socket): Promise<Buffer> {
  const sent: Uint8Array[] = [];
  for (let round = 0; round < 15; round++) {
    const begun = Array.from({ length: random.integer(1, 3) }, () => {
      const bytes = random.bytes(length(random));
      sent.push(bytes);
      const e = eventArgs();
      give(random, e, bytes);
      return succeed(e, each => socket.sendAsync(each)).then(() => {
        expect(e.bytesTransferred).toBe(bytes.length);
      });
    });
    await Promise.all(begun);
    if (random.percent(30)) await new Promise(resolve => setImmediate(resolve));
  }
  socket.shutdown(SocketShutdown.Send);
  return Buffer.concat(sent);
}

/** Receives to the end, into pieces of random sizes, sometimes waiting with zero bytes first. */
async function receiveRandomly(random: Random, socket: Socket): Promise<Buffer> {
  const got: Uint8Array[] = [];
  for (;;) {
    if (random.percent(10)) await succeed(eventArgs(), e => socket.receiveAsync(e));
    const room = Buffer.alloc(random.integer(1, random.pick([3, 500, 70_000])));
    const e = eventArgs();
    give(random, e, room);
    await succeed(e, each => socket.receiveAsync(each));
    if (e.bytesTransferred === 0) return Buffer.concat(got);
    got.push(room.subarray(0, e.bytesTransferred));
    if (random.percent(10)) await new Promise(resolve => setImmediate(resolve));
  }
}

async function exchange(random: Random): Promise<void> {
  const { client, server } = await connectedPair();
  if (random.percent(40)) client.sendBufferSize = 4096;
  if (random.percent(20)) server.noDelay = true;
  const [there, back, atServer, atClient] = await Promise.all([
    sendRandomly(random, client),
    sendRandomly(random, server),
    receiveRandomly(random, server),
    receiveRandomly(random, client),
  ]);
  expect(there.equals(atServer)).toBe(true);
  expect(back.equals(atClient)).toBe(true);
  client.close();
  server.close();
}

test('all bytes arrive, in order, and no others', async () => {
  await withSeed(async random => {
    const exchanges = Array.from({ length: connections }, () => exchange(random));
    await withDeadline(Promise.all(exchanges), 'all connections');
  });
});
