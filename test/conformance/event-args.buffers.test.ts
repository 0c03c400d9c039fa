// Rows S-012 to S-021, S-026, S-027, S-043 to S-051 of the specification: what the buffer members of
// event args accept, refuse and show. Which of them go together is in buffer-combinations.test.ts.

import { runInNewContext } from 'node:vm';

import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { ae, aoore, thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

describe('setBuffer(buffer, offset, count)', () => {
  test.each([
    ['S-012', 1, -1, 0, 'offset'],
    ['S-013', 1, 2, 0, 'offset'],
    ['S-014', 1, 0, -1, 'count'],
    ['S-015', 1, 0, 2, 'count'],
    ['S-015', 10, 4, 7, 'count'],
    ['S-015', 10, 0, 0x7fffffff, 'count'],
    ['S-013', 0, 1, 0, 'offset'],
  ])('%s refuses of %d bytes the window %d, %d: %s', (_row, size, offset, count, name) => {
    const e = eventArgs();
    expect(thrownBy(() => e.setBuffer(new Uint8Array(size), offset, count))).toBe(aoore(name));
    expect(e.buffer).toBeNull();
    expect([e.offset, e.count, e.memoryBuffer.length]).toEqual([0, 0, 0]);
  });

  test.each([
    [10, 0, 10],
    [10, 10, 0],
    [10, 9, 1],
    [0, 0, 0],
  ])('S-012 accepts of %d bytes the window %d, %d', (size, offset, count) => {
    const e = eventArgs();
    const buffer = new Uint8Array(size);
    e.setBuffer(buffer, offset, count);
    expect(e.buffer).toBe(buffer);
    expect([e.offset, e.count, e.memoryBuffer.length]).toEqual([offset, count, size]);
  });

  test('S-012 leaves the buffer of before in place when it refuses', () => {
    const e = eventArgs(8);
    const { buffer } = e;
    e.setBuffer(2, 3);
    expect(thrownBy(() => e.setBuffer(new Uint8Array(4), 5, 0))).toBe(aoore('offset'));
    expect(e.buffer).toBe(buffer);
    expect([e.offset, e.count]).toEqual([2, 3]);
  });

  test('S-027 shows the identical buffer that was set last', () => {
    const e = eventArgs();
    const [first, second] = [new Uint8Array(3), new Uint8Array(4)];
    for (const buffer of [first, first, second]) {
      e.setBuffer(buffer, 0, 1);
      expect(e.buffer).toBe(buffer);
    }
  });

  test('S-021 ignores offset and count when the buffer is null', () => {
    const e = eventArgs(4);
    e.setBuffer(null, 42, 84);
    expect(e.buffer).toBeNull();
    expect([e.offset, e.count, e.memoryBuffer.length]).toEqual([0, 0, 0]);
  });
});

describe('setBuffer(offset, count)', () => {
  test.each([
    ['S-017', -1, 2, 'offset'],
    ['S-018', 3, 2, 'offset'],
    ['S-019', 0, -1, 'count'],
    ['S-020', 0, 3, 'count'],
    ['S-020', 2, 1, 'count'],
  ])('%s refuses of two bytes the window %d, %d: %s', (_row, offset, count, name) => {
    const e = eventArgs(2);
    expect(thrownBy(() => e.setBuffer(offset, count))).toBe(aoore(name));
    expect([e.offset, e.count]).toEqual([0, 2]);
  });

  test('S-021 has no effect without a buffer, and checks no range', () => {
    const e = eventArgs();
    e.setBuffer(42, 84);
    e.setBuffer(-1, -1);
    expect([e.offset, e.count]).toEqual([0, 0]);
  });

  test('S-045 moves the window and leaves the buffer', () => {
    const e = eventArgs(42);
    const { buffer } = e;
    for (const [offset, count] of [
      [1, 2],
      [42, 0],
      [0, 42],
    ]) {
      e.setBuffer(offset, count);
      expect(e.buffer).toBe(buffer);
      expect(e.memoryBuffer).toBe(buffer);
      expect([e.offset, e.count]).toEqual([offset, count]);
    }
  });

  test('S-044 throws when the buffer was given as memory, after the ranges were looked at', () => {
    const e = eventArgs();
    const memory = new Uint8Array(42);
    e.setBuffer(memory);
    for (const [offset, count] of [
      [0, 42],
      [0, 0],
      [1, 2],
    ]) {
      expect(thrownBy(() => e.setBuffer(offset, count))).toBe('InvalidOperationException');
    }
    expect(thrownBy(() => e.setBuffer(43, 0))).toBe(aoore('offset'));
    expect(thrownBy(() => e.setBuffer(1, 42))).toBe(aoore('count'));
    expect(e.memoryBuffer).toBe(memory);
    expect([e.offset, e.count]).toEqual([0, 42]);
  });
});

describe('setBuffer(memory)', () => {
  test('S-043 S-050 shows the memory, all of it, and no buffer', () => {
    const e = eventArgs();
    for (const length of [1, 42, 7]) {
      const memory = new Uint8Array(64).subarray(3, 3 + length);
      e.setBuffer(memory);
      expect(e.memoryBuffer).toBe(memory);
      expect(e.buffer).toBeNull();
      expect([e.offset, e.count]).toEqual([0, length]);
    }
  });

  test('S-051 replaces a buffer and its window', () => {
    const e = eventArgs(3);
    e.setBuffer(1, 2);
    const memory = new Uint8Array(4);
    e.setBuffer(memory);
    expect(e.buffer).toBeNull();
    expect(e.memoryBuffer).toBe(memory);
    expect([e.offset, e.count]).toEqual([0, 4]);
  });

  test.each([
    ['null', null],
    ['empty memory', new Uint8Array(0)],
  ])('S-049 clears a buffer when given %s', (_name, nothing) => {
    const e = eventArgs(3);
    e.setBuffer(nothing);
    expect(e.buffer).toBeNull();
    expect([e.offset, e.count, e.memoryBuffer.length]).toEqual([0, 0, 0]);
  });
});

describe('bufferList', () => {
  test('S-026 shows the identical list that was assigned last', () => {
    const e = eventArgs();
    const [first, second] = [[new Uint8Array(1)], [new Uint8Array(2), new Uint8Array(0)]];
    for (const list of [null, null, first, first, second, [], null]) {
      e.bufferList = list;
      expect(e.bufferList).toBe(list);
    }
  });

  test.each<[string, unknown, string]>([
    ['a missing segment', null, 'ArgumentNullException(segment)'],
    ['a segment that is no Uint8Array', [1, 2], 'ArgumentException(segment)'],
    ['a Uint16Array', new Uint16Array(1), 'ArgumentException(segment)'],
  ])('S-023 refuses %s, and keeps the list of before', (_name, segment, exception) => {
    const e = eventArgs();
    const before = [new Uint8Array(1)];
    e.bufferList = before;
    const after = [new Uint8Array(1), segment] as Uint8Array[];
    expect(thrownBy(() => (e.bufferList = after))).toBe(exception);
    expect(e.bufferList).toBe(before);
  });

  test('a list whose iteration starts an operation is refused', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs();
    const list = [new Uint8Array(1)];
    list[Symbol.iterator] = () => {
      client.receiveAsync(e);
      return [][Symbol.iterator]();
    };
    expect(thrownBy(() => (e.bufferList = list))).toBe('InvalidOperationException');
    await send(server, Buffer.from('a'));
  });
});

describe('a view', () => {
  test('of a larger buffer is used where it lies', async () => {
    const { client, server } = await connectedPair();
    await send(server, Buffer.from('abc'));
    const whole = new Uint8Array(16);
    const e = eventArgs();
    e.setBuffer(whole.subarray(4, 12), 2, 3);
    await succeed(e, each => client.receiveAsync(each));
    expect([...whole]).toEqual([0, 0, 0, 0, 0, 0, 97, 98, 99, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('of another realm is taken', async () => {
    const { client, server } = await connectedPair();
    await send(server, Buffer.from('abc'));
    const e = eventArgs(runInNewContext('new Uint8Array(8)') as Uint8Array);
    await succeed(e, each => client.receiveAsync(each));
    expect(Buffer.from(e.memoryBuffer).toString('latin1', 0, 3)).toBe('abc');
  });

  test.each(['length', 'byteLength', 'byteOffset', 'buffer'])(
    'that carries another %s is used by what it really covers',
    async name => {
      const { client, server } = await connectedPair();
      await send(server, Buffer.from('abcdefgh'));
      const view = new Uint8Array(16).subarray(0, 4);
      const lie = name === 'buffer' ? new ArrayBuffer(0) : 100;
      Object.defineProperty(view, name, { value: lie });
      const e = eventArgs();
      expect(thrownBy(() => e.setBuffer(view, 0, 100))).toBe(aoore('count'));
      e.setBuffer(view, 0, 4);
      await succeed(e, each => client.receiveAsync(each));
      expect(e.bytesTransferred).toBe(4);
      e.setBuffer(view);
      expect(e.count).toBe(4);
      e.setBuffer(null);
      e.bufferList = [view];
      await succeed(e, each => client.receiveAsync(each));
      expect(e.bytesTransferred).toBe(4);
    },
  );
});

describe('an ArrayBuffer with a "resizable" of its own', () => {
  test('is not asked for it', () => {
    const buffer = new ArrayBuffer(8);
    const get = jest.fn(() => true);
    Object.defineProperty(buffer, 'resizable', { get });
    eventArgs().setBuffer(new Uint8Array(buffer), 0, 8);
    expect(get).not.toHaveBeenCalled();
  });

  test('is refused if it can be resized', () => {
    const options = { maxByteLength: 128 };
    const buffer = new (ArrayBuffer as never as Resizable)(8, options);
    Object.defineProperty(buffer, 'resizable', { value: false });
    const e = eventArgs();
    expect(thrownBy(() => e.setBuffer(new Uint8Array(buffer), 0, 8))).toBe(ae('buffer'));
  });
});

interface Resizable {
  new (length: number, options: { maxByteLength: number }): ArrayBuffer;
}
