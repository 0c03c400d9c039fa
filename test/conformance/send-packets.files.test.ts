// SendPackets and files that are large, or change, or whose sending is ended before its time. The
// parts of a file that are not in the system's cache are read on another thread; new sparse files
// are such.

import { closeSync, ftruncateSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';

import {
  SendPacketsElement,
  Socket,
  SocketError,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { canCountDescriptors, countDescriptorsOf } from '../support/descriptors.js';
import { newPath } from '../support/folder.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { newFile, openFile, packetArgs, pattern, sendPackets } from '../support/packets.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { skipUnless } from '../support/skip.js';
import { receive, receiveAll } from '../support/transfer.js';

const gigabyte = 2 ** 30;
const megabyte = 2 ** 20;

/** A file of zeros that takes no room, with some text at places. */
function sparseFile(length: number, texts: Record<number, string> = {}): string {
  const path = newPath();
  const file = openSync(path, 'w');
  ftruncateSync(file, length);
  for (const [at, text] of Object.entries(texts)) writeSync(file, text, Number(at));
  closeSync(file);
  return path;
}

describe('a file of more than 4 GiB', () => {
  const at = 4 * gigabyte - 5;
  const length = 5 * gigabyte;

  test('P-028 is sent from an offset beyond that', async () => {
    const path = sparseFile(length, { [at]: 'across the border', [length - 3]: 'end' });
    const { client, server } = await connectedPair();
    const e = packetArgs(
      new SendPacketsElement(path, at, 17),
      new SendPacketsElement(path, length - 3),
      new SendPacketsElement(await openFile(path), length - 2, 1),
    );
    expect((await sendPackets(client, server, e)).toString()).toBe('across the borderendn');
    expect(e.bytesTransferred).toBe(21);
  });

  test('P-028 is held against its length', async () => {
    const path = sparseFile(length);
    for (const [offset, count] of [
      [length + 1, 0],
      [length, 1],
      [at, length],
    ]) {
      const { client } = await connectedPair();
      const e = packetArgs(new SendPacketsElement(path, offset, count));
      await finish(e, each => client.sendPacketsAsync(each));
      expect(e).toMatchObject({ socketError: SocketError.InvalidArgument, bytesTransferred: 0 });
    }
  });
});

describe('a file that changes after the start', () => {
  const length = 32 * megabyte;

  async function sendWhile(path: string, change: () => void): Promise<SocketAsyncEventArgs> {
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(path), new SendPacketsElement(Buffer.from('end')));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    expect(sending.isPending).toBe(true);
    change();
    const receiving = receiveAll(server);
    await sending.outcome;
    client.close();
    const received = await receiving;
    expect(received).toHaveLength(e.bytesTransferred);
    expect(Buffer.from(received.subarray(-3)).toString()).toBe('end');
    expect(e.socketError).toBe(SocketError.Success);
    return e;
  }

  test('and becomes shorter is sent up to its new end, and what follows too', async () => {
    const path = sparseFile(length);
    const shorter = 16 * megabyte + 777;
    const e = await sendWhile(path, () => {
      truncateSync(path, shorter);
    });
    expect(e.bytesTransferred).toBe(shorter + 3);
  });

  test('and becomes longer is sent up to its old end', async () => {
    const path = sparseFile(length);
    const e = await sendWhile(path, () => {
      truncateSync(path, 2 * length);
    });
    expect(e.bytesTransferred).toBe(length + 3);
  });

  test('and is removed is sent as it was', async () => {
    const path = sparseFile(length);
    const e = await sendWhile(path, () => {
      rmSync(path);
    });
    expect(e.bytesTransferred).toBe(length + 3);
  });
});

const testDescriptors = skipUnless(canCountDescriptors, 'the system does not count descriptors');

describe('the files', () => {
  testDescriptors('P-027 are closed when all was sent, and when it failed', async () => {
    const path = newFile(pattern(1024));
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(path), new SendPacketsElement(path, 1));
    await succeed(e, each => client.sendPacketsAsync(each));
    expect(countDescriptorsOf(path)).toBe(0);
    await receive(server, 2047);
    e.sendPacketsElements = [
      new SendPacketsElement(path, 1025),
      new SendPacketsElement(path),
      new SendPacketsElement(await openFile(path)),
    ];
    await finish(e, each => client.sendPacketsAsync(each));
    expect(e.socketError).toBe(SocketError.InvalidArgument);
    expect(countDescriptorsOf(path)).toBe(1); // the user's own
  });

  testDescriptors('are closed when the operation is ended early', async () => {
    const path = sparseFile(64 * megabyte);
    for (const end of [
      (client: Socket): void => client.close(),
      (client: Socket): void => client.close(0),
      (client: Socket): void => client.dispose(),
    ]) {
      const { client } = await connectedPair();
      const e = packetArgs(new SendPacketsElement(path), new SendPacketsElement(path));
      const sending = begin(e, each => client.sendPacketsAsync(each));
      expect(countDescriptorsOf(path)).toBe(2);
      end(client);
      await sending.outcome;
      expect(e.socketError).toBe(SocketError.OperationAborted);
      // A thread that is reading ahead has its file open for that long.
      await until(() => countDescriptorsOf(path) === 0, 'the files are closed');
    }
  });

  test("that are the user's may be closed by him meanwhile, and stay open otherwise", async () => {
    const { client, server } = await connectedPair();
    const length = 16 * megabyte;
    const path = sparseFile(length);
    const [closed, kept] = [await openFile(path), await openFile(path)];
    const e = packetArgs(new SendPacketsElement(closed), new SendPacketsElement(kept, 0, 5));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    await closed.close();
    await receive(server, length + 5);
    await sending.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: length + 5 });
    expect((await kept.stat()).size).toBe(length);
  });
});

describe('ended early', () => {
  test.each([
    ['at once', 0],
    ['after some turns', 3],
    ['after many', 40],
  ])('by close %s, it completes once, with OperationAborted', async (_when, turns) => {
    const path = sparseFile(gigabyte);
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(path));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    const receiving = eventArgs(megabyte);
    for (let i = 0; i < turns; i++) {
      await finish(receiving, each => server.receiveAsync(each));
    }
    client.close();
    await sending.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
    expect(e.bytesTransferred).toBeLessThan(gigabyte);
  });

  test('by the peer, it completes with ConnectionReset, and what was sent', async () => {
    const path = sparseFile(gigabyte);
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(Buffer.from('head')), new SendPacketsElement(path));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    await receive(server, megabyte);
    server.close(0);
    await sending.outcome;
    // Linux says EPIPE to a second call on a connection that was reset.
    expect([SocketError.ConnectionReset, SocketError.Shutdown]).toContain(e.socketError);
    expect(e.bytesTransferred).toBeGreaterThan(megabyte);
    expect(client.connected).toBe(false);
  });

  test('event args disposed in flight finish what they send, and are disposed then', async () => {
    const length = 8 * megabyte;
    const path = sparseFile(length);
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(path));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    e.dispose();
    await receive(server, length);
    await sending.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: length });
    expect(() => client.sendPacketsAsync(e)).toThrow(
      expect.objectContaining({ name: 'ObjectDisposedException' }),
    );
  });

  test('cancelConnectAsync does not concern it', async () => {
    const length = 8 * megabyte;
    const { client, server } = await connectedPair();
    const e = packetArgs(new SendPacketsElement(sparseFile(length)));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    Socket.cancelConnectAsync(e);
    await receive(server, length);
    await sending.outcome;
    expect(e.socketError).toBe(SocketError.Success);
  });
});

test('many transfers at once, of parts of one file, each arrive whole', async () => {
  const content = pattern(3 * megabyte);
  const path = newFile(content);
  const transfers = Array.from({ length: 12 }, async (_, i) => {
    const { client, server } = await connectedPair();
    const e = packetArgs(
      new SendPacketsElement(path, i * 1000, 2 * megabyte),
      new SendPacketsElement(Buffer.from(`transfer ${i}`)),
    );
    const received = await sendPackets(client, server, e);
    const part = content.subarray(i * 1000, i * 1000 + 2 * megabyte);
    expect(received.equals(Buffer.concat([part, Buffer.from(`transfer ${i}`)]))).toBe(true);
  });
  await Promise.all(transfers);
});
