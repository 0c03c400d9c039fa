// Every member of event args, and every way to start an operation with them, in every state: allowed
// or the exact exception of .NET. A member that is added gets a row; no cell is left to chance.

import { inspect } from 'node:util';

import {
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncEventArgsPool,
  SocketType,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin } from '../support/operations.js';
import { connectedPair, eventArgs, tcpSocket, tracked, type Pair } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

const states = ['free', 'in flight', 'disposed', 'inside its handler', 'inside, disposed'] as const;

const ok = 'nothing';
const busy = 'InvalidOperationException';
const gone = 'ObjectDisposedException';

/** What is thrown in each of the states. */
type Cells = readonly [string, string, string, string, string];

const always: Cells = [ok, ok, ok, ok, ok];
// Inside the handler the operation is over: the event args are free, or disposed if that was asked
// for while it was pending.
const whenFree: Cells = [ok, busy, gone, ok, gone];

type Call = (e: SocketAsyncEventArgs, pair: Pair) => unknown;

const handler = (): void => undefined;
const pool = new SocketAsyncEventArgsPool();

const guarded = new Map<string, Call>([
  ['setBuffer(buffer, offset, count)', e => e.setBuffer(new Uint8Array(4), 0, 4)],
  ['setBuffer(null, 0, 0)', e => e.setBuffer(null, 0, 0)],
  ['setBuffer(buffer, -1, 0), a mistake', e => e.setBuffer(new Uint8Array(4), -1, 0)],
  ['setBuffer(offset, count)', e => e.setBuffer(0, 1)],
  ['setBuffer(memory)', e => e.setBuffer(new Uint8Array(4))],
  ['setBuffer(null)', e => e.setBuffer(null)],
  ['bufferList = list', e => (e.bufferList = [new Uint8Array(1)])],
  ['bufferList = null', e => (e.bufferList = null)],
  ['sendPacketsElements = list', e => (e.sendPacketsElements = [null])],
  ['sendPacketsElements = null', e => (e.sendPacketsElements = null)],
  ['pool.push', e => (pool.push(e), pool.pop())],
]);

const starts = new Map<string, Call>([
  ['acceptAsync', (e, { listener }) => listener.acceptAsync(e)],
  ['connectAsync', e => tcpSocket().connectAsync(e)],
  ['the static connectAsync', e => Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e)],
  ['receiveAsync', (e, { client }) => client.receiveAsync(e)],
  ['receiveAsync of another socket', (e, { server }) => server.receiveAsync(e)],
  ['sendAsync', (e, { client }) => client.sendAsync(e)],
  ['disconnectAsync', (e, { server }) => server.disconnectAsync(e)],
]);

/** The test itself waits for the event. */
function removeAllForNow(e: SocketAsyncEventArgs): void {
  const handlers = e.rawListeners('completed');
  e.removeAllListeners();
  for (const each of handlers) e.on('completed', each);
}

const unguarded = new Map<string, Call>([
  ['acceptSocket =', (e, { client }) => (e.acceptSocket = client)],
  ['disconnectReuseSocket =', e => (e.disconnectReuseSocket = true)],
  ['remoteEndPoint =', e => (e.remoteEndPoint = null)],
  ['sendPacketsFlags =', e => (e.sendPacketsFlags = 1)],
  ['sendPacketsSendSize =', e => (e.sendPacketsSendSize = 1)],
  ['socketClientAccessPolicyProtocol =', e => (e.socketClientAccessPolicyProtocol = 1)],
  ['socketError =', e => (e.socketError = 995)],
  ['socketFlags =', e => (e.socketFlags = 2)],
  ['userToken =', e => (e.userToken = e)],
  ['on', e => e.on('completed', handler)],
  ['once', e => e.once('completed', handler)],
  ['off', e => e.off('completed', handler)],
  ['addListener', e => e.addListener('completed', handler)],
  ['removeListener', e => e.removeListener('completed', handler)],
  ['prependListener', e => e.prependListener('completed', handler)],
  ['prependOnceListener', e => e.prependOnceListener('completed', handler)],
  ['removeAllListeners', removeAllForNow],
  ['listeners', e => e.listeners('completed')],
  ['rawListeners', e => e.rawListeners('completed')],
  ['listenerCount', e => e.listenerCount('completed')],
  ['eventNames', e => e.eventNames()],
  ['getMaxListeners', e => e.getMaxListeners()],
  ['setMaxListeners', e => e.setMaxListeners(1)],
  ['cancelConnectAsync', e => Socket.cancelConnectAsync(e)],
  ['equals', e => e.equals(e)],
  ['getHashCode', e => e.getHashCode()],
  ['toString', e => e.toString()],
  ['inspect', e => inspect(e)],
  ['dispose', e => e.dispose()],
  ['using', e => e[Symbol.dispose]()],
]);

const getters = Object.entries(Object.getOwnPropertyDescriptors(SocketAsyncEventArgs.prototype))
  .filter(([, property]) => property.get !== undefined)
  .map(([name]) => name);

for (const name of getters) unguarded.set(`get ${name}`, e => e[name as 'buffer']);

const mistake = 'ArgumentOutOfRangeException(offset)';

function cellsOf(name: string): Cells {
  if (unguarded.has(name)) return always;
  if (name.endsWith('a mistake')) return [mistake, busy, gone, mistake, gone];
  return whenFree;
}

const rows = [...guarded, ...starts, ...unguarded].map(([name, call]) => ({
  name,
  call,
  cells: cellsOf(name),
}));

/** Runs a call on event args in a state, and lets everything that is pending come to its end. */
async function thrownIn(state: (typeof states)[number], call: Call): Promise<string> {
  const pair = await connectedPair();
  const e = tracked(new SocketAsyncEventArgs());
  e.remoteEndPoint = pair.listener.localEndPoint;
  const probe = (): string => thrownBy(() => call(e, pair));
  if (state === 'free') return probe();
  if (state === 'disposed') {
    e.dispose();
    return probe();
  }
  let thrown = 'not called';
  if (state !== 'in flight') e.once('completed', () => (thrown = probe()));
  const receiving = begin(e, each => pair.client.receiveAsync(each)); // without a buffer
  expect(receiving.isPending).toBe(true);
  if (state === 'in flight') thrown = probe();
  if (state === 'inside, disposed') e.dispose();
  await send(pair.server, Buffer.from('a'));
  await receiving.outcome;
  expect(receiving.isPending).toBe(true);
  return thrown;
}

const cells = rows.flatMap(({ name, call, cells: thrown }) =>
  states.map((state, index) => ({ name, state, thrown: thrown[index], call })),
);

test('the matrix has a row for every method, setter and getter', () => {
  const known = [...rows.map(({ name }) => name), 'constructor', 'emit', 'onCompleted'].join('\n');
  for (let each: object = SocketAsyncEventArgs.prototype; each !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(each)) expect(known).toContain(name);
    each = Object.getPrototypeOf(each) as object;
  }
  expect(cells).toHaveLength(rows.length * states.length);
});

test.each(cells)('$name throws $thrown when $state', async ({ state, thrown, call }) => {
  expect(await thrownIn(state, call)).toBe(thrown);
});

test('emit raises the event in every state', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  let raised = 0;
  const count = (): void => {
    raised++;
  };
  e.on('completed', count);
  expect(e.emit('completed', client, e)).toBe(true);
  e.off('completed', count);
  const receiving = begin(e, each => client.receiveAsync(each));
  await send(server, Buffer.from('a'));
  await receiving.outcome;
  e.on('completed', count);
  e.dispose();
  expect(e.emit('completed', client, e)).toBe(true);
  expect(raised).toBe(2);
});
