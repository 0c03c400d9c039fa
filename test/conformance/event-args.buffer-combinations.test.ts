// The table of the specification, 1.1.4 (rows S-023 to S-025, S-047 to S-051): every way to set a
// buffer, on event args of every kind. What .NET 10 does on Linux is what stands here.

import type { SocketAsyncEventArgs } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const [array, memory, list] = [new Uint8Array(10), new Uint8Array(6), [new Uint8Array(3)]];
const [otherArray, otherMemory, otherList] = [new Uint8Array(4), new Uint8Array(5), [array]];

const states: Record<string, (e: SocketAsyncEventArgs) => void> = {
  nothing: () => undefined,
  array: e => e.setBuffer(array, 2, 5),
  memory: e => e.setBuffer(memory),
  list: e => (e.bufferList = list),
};

const calls = new Map<string, (e: SocketAsyncEventArgs) => void>([
  ['setBuffer(array, 1, 2)', e => e.setBuffer(otherArray, 1, 2)],
  ['setBuffer(array, 9, 9)', e => e.setBuffer(otherArray, 9, 9)],
  ['setBuffer(null, 7, 8)', e => e.setBuffer(null, 7, 8)],
  ['setBuffer(memory)', e => e.setBuffer(otherMemory)],
  ['setBuffer(no memory)', e => e.setBuffer(new Uint8Array(0))],
  ['setBuffer(1, 2)', e => e.setBuffer(1, 2)],
  ['setBuffer(11, 2)', e => e.setBuffer(11, 2)],
  ['bufferList = list', e => (e.bufferList = otherList)],
  ['bufferList = []', e => (e.bufferList = [])],
  ['bufferList = null', e => (e.bufferList = null)],
]);

interface Shown {
  buffer: Uint8Array | null;
  memoryBuffer: Uint8Array;
  window: string;
  bufferList: readonly Uint8Array[] | null;
}

function shown(e: SocketAsyncEventArgs): Shown {
  const { buffer, memoryBuffer, bufferList } = e;
  return { buffer, memoryBuffer, window: `${e.offset}/${e.count}`, bufferList };
}

const none = new Uint8Array(0);
const shows = {
  nothing: { buffer: null, memoryBuffer: none, window: '0/0', bufferList: null },
  array: { buffer: array, memoryBuffer: array, window: '2/5', bufferList: null },
  memory: { buffer: null, memoryBuffer: memory, window: '0/6', bufferList: null },
  list: { buffer: null, memoryBuffer: none, window: '0/0', bufferList: list },
  'other array': { buffer: otherArray, memoryBuffer: otherArray, window: '1/2', bufferList: null },
  'other window': { buffer: array, memoryBuffer: array, window: '1/2', bufferList: null },
  'other memory': { buffer: null, memoryBuffer: otherMemory, window: '0/5', bufferList: null },
  'other list': { buffer: null, memoryBuffer: none, window: '0/0', bufferList: otherList },
  'empty list': { buffer: null, memoryBuffer: none, window: '0/0', bufferList: [] },
} satisfies Record<string, Shown>;

const ambiguous = 'ArgumentException(no name)';
const range = 'ArgumentOutOfRangeException(offset)';
const invalid = 'InvalidOperationException';
const [ok, same] = ['nothing', null];

type Cell = readonly [thrown: string, shows: keyof typeof shows | null];

// One row per call; the cells are what it throws, and what is shown afterwards (null: as before),
// from nothing, from an array, from memory, from a list.
const table: Record<string, readonly [Cell, Cell, Cell, Cell]> = {
  'setBuffer(array, 1, 2)': [
    [ok, 'other array'],
    [ok, 'other array'],
    [ok, 'other array'],
    [ambiguous, same],
  ],
  'setBuffer(array, 9, 9)': [
    [range, same],
    [range, same],
    [range, same],
    [ambiguous, same],
  ],
  'setBuffer(null, 7, 8)': [
    [ok, same],
    [ok, 'nothing'],
    [ok, 'nothing'],
    [ok, same],
  ],
  'setBuffer(memory)': [
    [ok, 'other memory'],
    [ok, 'other memory'],
    [ok, 'other memory'],
    [ambiguous, same],
  ],
  'setBuffer(no memory)': [
    [ok, same],
    [ok, 'nothing'],
    [ok, 'nothing'],
    [ok, same],
  ],
  'setBuffer(1, 2)': [
    [ok, same],
    [ok, 'other window'],
    [invalid, same],
    [ok, same],
  ],
  'setBuffer(11, 2)': [
    [ok, same],
    [range, same],
    [range, same],
    [ok, same],
  ],
  'bufferList = list': [
    [ok, 'other list'],
    [ambiguous, same],
    [ambiguous, same],
    [ok, 'other list'],
  ],
  'bufferList = []': [
    [ok, 'empty list'],
    [ambiguous, same],
    [ambiguous, same],
    [ok, 'empty list'],
  ],
  'bufferList = null': [
    [ok, same],
    [ok, same],
    [ok, same],
    [ok, 'nothing'],
  ],
};

const cells = Object.entries(table).flatMap(([call, row]) =>
  Object.keys(states).map((state, index) => [call, state, ...row[index]] as const),
);

test('the table has a cell for every call and every state', () => {
  expect(Object.keys(table)).toEqual([...calls.keys()]);
  expect(cells).toHaveLength(calls.size * Object.keys(states).length);
});

test.each(cells)(
  '%s on event args with %s throws %s and shows %s',
  (call, state, thrown, after) => {
    const e = eventArgs();
    states[state](e);
    expect(thrownBy(() => calls.get(call)?.(e))).toBe(thrown);
    expect(shown(e)).toEqual(shows[after ?? (state as keyof typeof shows)]);
  },
);

// What is shown must be what moves: the same states, told by the bytes that a send takes.
test.each([
  ['nothing', ''],
  ['array', 'cdefg'],
  ['memory', 'uvwxyz'],
  ['list', '123'],
])('event args with %s send "%s"', async (state, text) => {
  const { client, server } = await connectedPair();
  array.set(Buffer.from('abcdefghij'));
  memory.set(Buffer.from('uvwxyz'));
  list[0].set(Buffer.from('123'));
  const e = eventArgs();
  // By way of all other states: nothing of them may be left.
  for (const other of Object.values(states)) {
    other(e);
    e.setBuffer(null);
    e.bufferList = null;
  }
  states[state](e);
  await succeed(e, each => client.sendAsync(each));
  expect(e.bytesTransferred).toBe(text.length);
  await send(client, Buffer.from('!'));
  expect(Buffer.from(await receive(server, text.length + 1)).toString()).toBe(`${text}!`);
});
