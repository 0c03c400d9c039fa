// BufferManager: one slab, lent in segments.

import { BufferManager, SocketAsyncEventArgs } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { ae, ane, aoore, thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const windowOf = (e: SocketAsyncEventArgs): [number, number] => [e.offset, e.count];

describe('the constructor', () => {
  test.each([
    [0, 1, aoore('totalBytes')],
    [-1, 1, aoore('totalBytes')],
    [2 ** 31, 1, aoore('totalBytes')],
    [1.5, 1, aoore('totalBytes')],
    [Number.NaN, 1, aoore('totalBytes')],
    ['8', 1, ae('totalBytes')],
    [undefined, 1, ane('totalBytes')],
    [8, 0, aoore('bufferSize')],
    [8, 9, aoore('bufferSize')],
    [8, {}, ae('bufferSize')],
    [8, null, ane('bufferSize')],
  ])('refuses %p bytes in segments of %p: %s', (total, size, thrown) => {
    expect(thrownBy(() => new BufferManager(total as number, size as number))).toBe(thrown);
  });

  test.each([
    [8, 8, 1],
    [8, 3, 2],
    [1, 1, 1],
    [4096 * 3, 4096, 3],
    [0x7fffffff, 1, 0x7fffffff], // nothing is allocated yet
  ])('plans of %d bytes in segments of %d that there are %d', (total, size, segments) => {
    const manager = new BufferManager(total, size);
    expect(manager.bufferSize).toBe(size);
    expect(manager.available).toBe(segments);
  });
});

describe('setBuffer', () => {
  test('lends the segments of one slab, in order, as a buffer with a window', () => {
    const manager = new BufferManager(10, 3);
    const all = [eventArgs(), eventArgs(), eventArgs()];
    for (const e of all) expect(manager.setBuffer(e)).toBe(true);
    expect(all.map(windowOf)).toEqual([
      [0, 3],
      [3, 3],
      [6, 3],
    ]);
    const [{ buffer }] = all;
    expect(buffer?.length).toBe(10);
    for (const e of all) expect(e.buffer).toBe(buffer);
  });

  test('says false when no segment is free, and leaves the event args as they were', () => {
    const manager = new BufferManager(10, 3);
    for (let i = 0; i < 3; i++) expect(manager.setBuffer(eventArgs())).toBe(true);
    expect(manager.available).toBe(0);
    const [bare, busy] = [eventArgs(), eventArgs(5)];
    const { buffer } = busy;
    expect(manager.setBuffer(bare)).toBe(false);
    expect(manager.setBuffer(busy)).toBe(false);
    expect(bare.buffer).toBeNull();
    expect(busy.buffer).toBe(buffer);
    expect(windowOf(busy)).toEqual([0, 5]);
  });

  test('lends a segment that came back before one that was never used, the last one first', () => {
    const manager = new BufferManager(16, 4);
    const [a, b, c, d] = [eventArgs(), eventArgs(), eventArgs(), eventArgs()];
    for (const e of [a, b, c]) manager.setBuffer(e);
    manager.freeBuffer(a);
    manager.freeBuffer(b);
    expect(manager.available).toBe(3);
    manager.setBuffer(d);
    manager.setBuffer(a);
    manager.setBuffer(b);
    expect([d, a, b].map(e => e.offset)).toEqual([4, 0, 12]);
    expect(manager.available).toBe(0);
  });

  test('leaves event args that have a segment that segment, and gives them all of it', () => {
    const manager = new BufferManager(8, 4);
    const [a, b] = [eventArgs(), eventArgs()];
    manager.setBuffer(a);
    a.setBuffer(1, 2);
    manager.setBuffer(b);
    expect(manager.setBuffer(a)).toBe(true);
    expect(windowOf(a)).toEqual([0, 4]);
    expect(manager.available).toBe(0);
  });

  test('takes no segment for event args that refuse it', () => {
    const manager = new BufferManager(8, 4);
    const [disposed, withList] = [eventArgs(), eventArgs()];
    disposed.dispose();
    withList.bufferList = [new Uint8Array(1)];
    expect(thrownBy(() => manager.setBuffer(disposed))).toBe('ObjectDisposedException');
    expect(thrownBy(() => manager.setBuffer(withList))).toBe(ae('no name'));
    expect(manager.available).toBe(2);
  });

  test.each([
    [undefined, ane('args')],
    [null, ane('args')],
    [{}, ae('args')],
    ['x', ae('args')],
  ])('refuses %p', (wrong, thrown) => {
    const manager = new BufferManager(8, 4);
    const e = wrong as SocketAsyncEventArgs;
    expect(thrownBy(() => manager.setBuffer(e))).toBe(thrown);
    expect(thrownBy(() => manager.freeBuffer(e))).toBe(thrown);
  });
});

describe('freeBuffer', () => {
  test('takes the segment back, and leaves the event args without a buffer', () => {
    const manager = new BufferManager(4, 4);
    const e = eventArgs();
    manager.setBuffer(e);
    manager.freeBuffer(e);
    expect(e.buffer).toBeNull();
    expect(windowOf(e)).toEqual([0, 0]);
    expect(manager.available).toBe(1);
  });

  test('refuses event args that have no segment of this manager, and those that gave it back', () => {
    const [manager, other] = [new BufferManager(8, 4), new BufferManager(8, 4)];
    const [bare, own, foreign, freed] = [eventArgs(), eventArgs(4), eventArgs(), eventArgs()];
    other.setBuffer(foreign);
    manager.setBuffer(freed);
    manager.freeBuffer(freed);
    for (const e of [bare, own, foreign, freed]) {
      expect(thrownBy(() => manager.freeBuffer(e))).toBe(ae('args'));
    }
    expect(own.count).toBe(4);
    expect(manager.available).toBe(2);
  });

  // A window of no bytes at the end of a segment begins where the neighbour does.
  test.each([
    [0, 0],
    [2, 1],
    [4, 0],
  ])('takes back the segment that was lent, with its window at %d, %d', (offset, count) => {
    const manager = new BufferManager(8, 4);
    const [a, b, c] = [eventArgs(), eventArgs(), eventArgs()];
    manager.setBuffer(a);
    manager.setBuffer(b);
    a.setBuffer(offset, count);
    manager.freeBuffer(a);
    manager.setBuffer(c);
    expect([b.offset, c.offset]).toEqual([4, 0]);
  });

  test('takes a segment back from event args that use another buffer by now', () => {
    const manager = new BufferManager(4, 4);
    const e = eventArgs();
    manager.setBuffer(e);
    e.setBuffer(new Uint8Array(1), 0, 1);
    manager.freeBuffer(e);
    expect(manager.available).toBe(1);
  });

  test('throws while an operation is in progress, and after it takes the segment back', async () => {
    const { client, server } = await connectedPair();
    const manager = new BufferManager(8, 4);
    const e = eventArgs();
    manager.setBuffer(e);
    const receiving = begin(e, each => client.receiveAsync(each));
    expect(thrownBy(() => manager.freeBuffer(e))).toBe('InvalidOperationException');
    expect(thrownBy(() => manager.setBuffer(e))).toBe('InvalidOperationException');
    expect(manager.available).toBe(1);
    await send(server, Buffer.from('ab'));
    await receiving.outcome;
    expect(e.bytesTransferred).toBe(2);
    manager.freeBuffer(e);
    expect(manager.available).toBe(2);
  });

  test('throws for disposed event args', () => {
    const manager = new BufferManager(4, 4);
    const e = eventArgs();
    manager.setBuffer(e);
    e.dispose();
    expect(thrownBy(() => manager.freeBuffer(e))).toBe('ObjectDisposedException');
  });
});

describe('the slab', () => {
  test('begins with its ArrayBuffer, has its length, and is zeroed', () => {
    const manager = new BufferManager(100_000, 1000);
    const e = eventArgs();
    manager.initBuffer();
    manager.setBuffer(e);
    const slab = e.buffer as Uint8Array;
    expect(slab.byteOffset).toBe(0);
    expect(slab.buffer.byteLength).toBe(100_000);
    expect(slab.every(byte => byte === 0)).toBe(true);
  });

  test('is made once', () => {
    const manager = new BufferManager(8, 4);
    const [a, b] = [eventArgs(), eventArgs()];
    manager.setBuffer(a);
    manager.initBuffer();
    manager.setBuffer(b);
    expect(b.buffer).toBe(a.buffer);
  });

  test('keeps what neighbours receive and send apart', async () => {
    const { client, server } = await connectedPair();
    const manager = new BufferManager(16, 4);
    const [a, b, c] = [eventArgs(), eventArgs(), eventArgs()];
    for (const e of [a, b, c]) manager.setBuffer(e);
    await send(server, Buffer.from('abcd'));
    await succeed(b, e => client.receiveAsync(e));
    expect(Buffer.from(b.memoryBuffer).toString('latin1')).toBe(
      `${'\0'.repeat(4)}abcd${'\0'.repeat(8)}`,
    );
    b.setBuffer(b.offset, 2);
    await succeed(b, e => client.sendAsync(e));
    expect(Buffer.from(await receive(server, 2)).toString()).toBe('ab');
  });

  test('outlives its manager and its event args, while an operation uses it', async () => {
    const { client, server } = await connectedPair();
    let got = '';
    (() => {
      const e = new SocketAsyncEventArgs();
      new BufferManager(4096, 4096).setBuffer(e);
      e.on('completed', (_, { memoryBuffer, bytesTransferred }) => {
        got = Buffer.from(memoryBuffer).toString('latin1', 0, bytesTransferred);
      });
      expect(client.receiveAsync(e)).toBe(true);
      e.dispose();
    })();
    for (let i = 0; i < 5; i++) {
      gc?.();
      await new Promise(resolve => setImmediate(resolve));
    }
    const completed = begin(eventArgs(1), e => server.receiveAsync(e));
    await send(server, Buffer.from('alive'));
    await send(client, Buffer.from('!'));
    await completed.outcome;
    expect(got).toBe('alive');
  });
});
