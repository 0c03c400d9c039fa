// Rows E-001 … E-024 of the specification: what a SendPacketsElement says of itself.

import { open } from 'node:fs/promises';
import { inspect } from 'node:util';

import { OverflowException, SendPacketsElement } from 'socket-async-event-args';

import { ae, ane, aoore, refuses, thrownBy } from '../support/thrown.js';

// A FileHandle of this very file: open for as long as the tests run.
let file: Awaited<ReturnType<typeof open>>;

beforeAll(async () => {
  file = await open(__filename);
});

afterAll(async () => {
  await file.close();
});

const bytes = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** Everything that an element says. */
function said(element: SendPacketsElement): object {
  const { filePath, fileStream, buffer, memoryBuffer } = element;
  const { offset, offsetLong, count, endOfPacket } = element;
  return { filePath, fileStream, buffer, memoryBuffer, offset, offsetLong, count, endOfPacket };
}

const nothing = {
  filePath: null,
  fileStream: null,
  buffer: null,
  memoryBuffer: null,
  offset: 0,
  offsetLong: 0,
  count: 0,
  endOfPacket: false,
};

describe('of a buffer', () => {
  test('E-004 that is empty has an empty part', () => {
    const buffer = new Uint8Array(0);
    const element = new SendPacketsElement(buffer);
    expect(said(element)).toEqual({ ...nothing, buffer, memoryBuffer: new Uint8Array(0) });
    expect(element.buffer).toBe(buffer);
  });

  test('E-005 as a whole', () => {
    const element = new SendPacketsElement(bytes);
    expect(said(element)).toEqual({ ...nothing, buffer: bytes, memoryBuffer: bytes, count: 10 });
    expect(element.buffer).toBe(bytes);
  });

  test.each([
    ['E-010', true],
    ['E-011', false],
  ])('%s a part of it, with endOfPacket %s', (_row, endOfPacket) => {
    const element = new SendPacketsElement(bytes, 2, 8, endOfPacket);
    expect(said(element)).toEqual({
      ...nothing,
      buffer: bytes,
      memoryBuffer: bytes.subarray(2),
      offset: 2,
      offsetLong: 2,
      count: 8,
      endOfPacket,
    });
    expect(element.memoryBuffer?.buffer).toBe(bytes.buffer);
  });

  test('E-012 a part of no bytes', () => {
    const element = new SendPacketsElement(bytes, 4, 0);
    expect(element).toMatchObject({ offset: 4, count: 0, endOfPacket: false });
    expect(element.memoryBuffer).toHaveLength(0);
  });

  test('the part up to its very end', () => {
    expect(new SendPacketsElement(bytes, 10, 0)).toMatchObject({ offset: 10, count: 0 });
    expect(new SendPacketsElement(bytes, 9, 1).memoryBuffer).toEqual(Uint8Array.of(9));
  });

  test('a part of a part lies where it lies', () => {
    const element = new SendPacketsElement(bytes.subarray(3, 8), 1, 2);
    expect(element.memoryBuffer).toEqual(Uint8Array.of(4, 5));
    expect(element.offset).toBe(1);
  });

  test('of a derived class that has redefined subarray is what it is', () => {
    class Odd extends Uint8Array {
      override subarray(): never {
        throw new Error('called');
      }
    }
    expect(new SendPacketsElement(Odd.from(bytes), 1, 2).memoryBuffer).toEqual(Uint8Array.of(1, 2));
  });
});

describe('E-013 of memory', () => {
  test.each([
    ['with bytes, at the end of a packet', bytes, true],
    ['with bytes', bytes, false],
    ['that is empty', new Uint8Array(0), false],
    ['of a Buffer', Buffer.from('memory'), true],
  ])('%s', (_what, memory, endOfPacket) => {
    const element = new SendPacketsElement(memory, endOfPacket);
    expect(said(element)).toEqual({
      ...nothing,
      memoryBuffer: memory,
      count: memory.length,
      endOfPacket,
    });
    expect(element.memoryBuffer).toBe(memory);
  });
});

describe('of a file', () => {
  test('E-015 by its path', () => {
    expect(said(new SendPacketsElement('file'))).toEqual({ ...nothing, filePath: 'file' });
  });

  test('E-016 by its path, from 0 and of a count of 0', () => {
    expect(said(new SendPacketsElement('file', 0, 0))).toEqual({ ...nothing, filePath: 'file' });
  });

  test('E-015 any path is taken, the empty one too: sending finds out', () => {
    for (const path of ['', '   ', '\0']) expect(new SendPacketsElement(path).filePath).toBe(path);
  });

  test.each([
    ['a path', () => 'file'],
    ['a FileHandle', () => file],
    ['a descriptor', () => file.fd],
  ])('E-019 E-024 by %s: offset, count and endOfPacket are as given', (_what, source) => {
    for (const endOfPacket of [true, false]) {
      const element = new SendPacketsElement(source(), 2, 8, endOfPacket);
      expect(element).toMatchObject({ offset: 2, offsetLong: 2, count: 8, endOfPacket });
      expect(new SendPacketsElement(source(), 2, 0).count).toBe(0);
    }
  });

  test('E-021 that is open', () => {
    for (const source of [file, file.fd, 0]) {
      const element = new SendPacketsElement(source);
      expect(element.fileStream).toBe(source);
      const { filePath, buffer, memoryBuffer, offset, count, endOfPacket } = element;
      expect({ ...nothing, filePath, buffer, memoryBuffer, offset, count, endOfPacket }).toEqual(
        nothing,
      );
    }
  });

  test('beyond 2 GiB has its place in offsetLong alone', () => {
    const element = new SendPacketsElement('file', 2 ** 31, 2 ** 33);
    expect(element).toMatchObject({ offsetLong: 2 ** 31, count: 2 ** 33 });
    expect(() => element.offset).toThrow(OverflowException);
    expect(new SendPacketsElement('file', 2 ** 31 - 1).offset).toBe(2 ** 31 - 1);
  });
});

describe('bad input', () => {
  const construct =
    (...args: unknown[]) =>
    (): unknown =>
      new SendPacketsElement(...(args as [Uint8Array, number, number, boolean]));
  const buffer = new Uint8Array(10);
  const most = Number.MAX_SAFE_INTEGER;

  refuses([
    ['E-001 E-003', 'null', construct(null), ane('buffer')],
    ['E-001 E-003', 'null with a part', construct(null, 0, 0), ane('buffer')],
    ['E-001 E-003', 'null with a part and an end', construct(null, 0, 0, true), ane('buffer')],
    ['E-001', 'undefined', construct(undefined), ane('buffer')],
    ['E-013', 'null as memory', construct(null, true), ane('buffer')],
    ['E-013', 'a path as memory', construct('file', true), ae('buffer')],
    ['E-006', 'a negative offset', construct(buffer, -1, 11), aoore('offset')],
    ['E-006', 'an offset beyond the buffer', construct(buffer, 11, 0), aoore('offset')],
    ['E-007', 'a negative count', construct(buffer, 0, -1), aoore('count')],
    ['E-009', 'a count beyond the buffer', construct(buffer, 5, 6), aoore('count')],
    ['E-009', 'a count of one too many', construct(buffer, 0, 11), aoore('count')],
    ['E-017', 'a negative offset into a file', construct('file', -1, 11), aoore('offset')],
    ['E-018', 'a negative count of a file', construct('file', 0, -1), aoore('count')],
    ['E-023', 'a negative offset into an open file', construct(0, -1, 11), aoore('offset')],
    ['E-023', 'a negative count of an open file', construct(0, 0, -1), aoore('count')],
    ['E-017', 'an inexact offset', construct('file', most + 1, 0), aoore('offset')],
    ['E-018', 'an inexact count', construct('file', 0, most + 1), aoore('count')],
    ['E-017', 'half an offset', construct('file', 0.5), aoore('offset')],
    ['E-017', 'an offset that is no number', construct('file', '1', 0), ae('offset')],
    ['E-018', 'a count that is no number', construct('file', 0, 1n), ae('count')],
    ['E-010', 'an endOfPacket that is no boolean', construct(buffer, 0, 0, 1), ae('endOfPacket')],
    ['E-022', 'a negative descriptor', construct(-1), ae('buffer')],
    ['E-022', 'half a descriptor', construct(1.5), ae('buffer')],
    ['E-022', 'a descriptor that no system has', construct(2 ** 31), ae('buffer')],
    ['E-022', 'an object that is no file', construct({}), ae('buffer')],
    ['E-005', 'an array', construct([1]), ae('buffer')],
    ['E-005', 'an ArrayBuffer', construct(new ArrayBuffer(1)), ae('buffer')],
    ['E-005', 'another view', construct(new Int8Array(1)), ae('buffer')],
  ]);

  test('the properties cannot be set', () => {
    const element = new SendPacketsElement(buffer) as unknown as Record<string, unknown>;
    for (const name of Object.keys(nothing)) {
      expect(thrownBy(() => (element[name] = 1))).toBe('TypeError');
    }
  });
});

test('console.log shows where the bytes are, and never the bytes', () => {
  expect(inspect(new SendPacketsElement('a/file', 1, 2))).toBe(
    'SendPacketsElement { a/file, 1+2 }',
  );
  expect(inspect(new SendPacketsElement(bytes))).toBe('SendPacketsElement { memory, 0+10 }');
  expect(inspect(new SendPacketsElement(file))).toBe('SendPacketsElement { open file, 0+0 }');
});
