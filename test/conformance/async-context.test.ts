// Rows K-001 to K-007, S-007, S-009 and S-011 of the specification: .NET's ExecutionContext is the
// AsyncLocalStorage of Node. Handlers see what was current when the operation was started.

import { AsyncLocalStorage } from 'node:async_hooks';

import {
  DnsEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { stubLookup } from '../support/resolver.js';
import {
  argsFor,
  connectedPair,
  endPointOf,
  eventArgs,
  listener,
  tcpSocket,
  tracked,
} from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

const store = new AsyncLocalStorage<unknown>();

/** An operation that will be pending, and what lets it complete. */
interface Pending {
  start: (e: SocketAsyncEventArgs) => boolean;
  complete: () => Promise<unknown>;
}

async function pendingAccept(): Promise<Pending> {
  const listening = listener();
  return Promise.resolve({
    start: e => listening.acceptAsync(e),
    complete: () => succeed(argsFor(listening), each => tcpSocket().connectAsync(each)),
  });
}

async function pendingConnect(): Promise<Pending> {
  const { localEndPoint } = listener();
  const client = tcpSocket();
  const start = (e: SocketAsyncEventArgs): boolean => {
    e.remoteEndPoint = localEndPoint;
    return client.connectAsync(e);
  };
  return Promise.resolve({ start, complete: () => Promise.resolve() });
}

async function pendingConnectByName(): Promise<Pending> {
  const { port } = endPointOf(listener());
  const start = (e: SocketAsyncEventArgs): boolean => {
    e.remoteEndPoint = new DnsEndPoint('localhost', port);
    return Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);
  };
  return Promise.resolve({ start, complete: () => Promise.resolve() });
}

async function pendingReceive(): Promise<Pending> {
  const { client, server } = await connectedPair();
  return { start: e => client.receiveAsync(e), complete: () => send(server, Buffer.from('a')) };
}

async function pendingSend(): Promise<Pending> {
  const { client, server } = await connectedPair();
  const size = 16 * 1024 * 1024; // more than the buffers of the system take
  const start = (e: SocketAsyncEventArgs): boolean => {
    e.setBuffer(new Uint8Array(size));
    return client.sendAsync(e);
  };
  return { start, complete: () => receive(server, size) };
}

/** So many sends finish at once in one turn that the next is told of by the event. */
async function sendOverBudget(): Promise<Pending> {
  const { client } = await connectedPair();
  const start = (e: SocketAsyncEventArgs): boolean => {
    for (let i = 0; i < 10_000; i++) if (client.sendAsync(e)) return true;
    return false;
  };
  return { start, complete: () => Promise.resolve() };
}

const kinds: [row: string, kind: string, prepare: () => Promise<Pending>][] = [
  ['K-001', 'accept', pendingAccept],
  ['K-003', 'connect', pendingConnect],
  ['K-003', 'connect by name', pendingConnectByName],
  ['K-005', 'receive', pendingReceive],
  ['K-005', 'send', pendingSend],
  ['K-005', 'send over budget', sendOverBudget],
];

/** Starts in the context of 42, completes in that of 'later', and says what the handler saw. */
async function seenBy(e: SocketAsyncEventArgs, pending: Pending): Promise<unknown> {
  let seen: unknown = 'nothing';
  tracked(e).on('completed', () => (seen = store.getStore()));
  const begun = store.run(42, () => begin(e, pending.start));
  expect(begun.isPending).toBe(true);
  await store.run('later', pending.complete);
  await begun.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  e.acceptSocket?.dispose();
  e.connectSocket?.dispose();
  return seen;
}

describe.each(kinds)('%s %s', (_row, _kind, prepare) => {
  test.each([
    ['S-009 by default', () => new SocketAsyncEventArgs()],
    ['S-007 S-011 with false', () => new SocketAsyncEventArgs(false)],
  ])('shows its handler the context of its start, %s', async (_how, make) => {
    expect(await seenBy(make(), await prepare())).toBe(42);
  });

  test('K-002 shows its handler no context when that is suppressed', async () => {
    expect(await seenBy(new SocketAsyncEventArgs(true), await prepare())).toBeUndefined();
  });
});

test('K-004 disconnect finishes at once, in the context of the caller', async () => {
  const { client } = await connectedPair();
  const e = eventArgs();
  const raised: unknown[] = [];
  e.on('completed', sender => raised.push(sender));
  const seen = store.run(42, () => {
    expect(client.disconnectAsync(e)).toBe(false);
    return store.getStore();
  });
  expect(seen).toBe(42);
  await new Promise(resolve => setImmediate(resolve));
  expect(raised).toEqual([]);
});

test('the context of the start counts, not that of the handler or of the event args', async () => {
  const { start, complete } = await pendingReceive();
  const seen: unknown[] = [];
  const e = store.run('construction', () => eventArgs(1));
  store.run('registration', () => e.on('completed', () => seen.push(store.getStore())));
  const begun = store.run('start', () => begin(e, start));
  await complete();
  await begun.outcome;
  expect(seen).toEqual(['start']);
});

test('a change of context after the start does not reach the handler', async () => {
  const { start, complete } = await pendingReceive();
  const e = eventArgs(1);
  let seen: unknown;
  e.on('completed', () => (seen = store.getStore()));
  const begun = store.run(42, () => {
    const receiving = begin(e, start);
    store.enterWith('changed');
    return receiving;
  });
  await complete();
  await begun.outcome;
  expect(seen).toBe(42);
});

test('the same event args carry another context each time, and none where there is none', async () => {
  const { start, complete } = await pendingReceive();
  const e = eventArgs(1);
  const seen: unknown[] = [];
  e.on('completed', () => seen.push(store.getStore()));
  for (const value of ['first', 'second', undefined, 'third']) {
    const begun = store.run(value, () => begin(e, start));
    await complete();
    await begun.outcome;
  }
  expect(seen).toEqual(['first', 'second', undefined, 'third']);
});

test('an operation started by a handler, in a context nested in its own, shows that', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  const seen: unknown[] = [];
  const again = (): boolean => client.receiveAsync(e);
  const starts = [() => store.run('inner', again), () => store.exit(again), () => true];
  e.on('completed', () => {
    seen.push(store.getStore());
    expect(starts.shift()?.()).toBe(true);
    seen.push(store.getStore()); // run() and exit() have ended
  });
  expect(store.run('outer', again)).toBe(true);
  while (starts.length > 0) {
    const left = starts.length;
    await send(server, Buffer.from('a'));
    await until(() => starts.length < left, 'the handler has run');
  }
  expect(seen).toEqual(['outer', 'outer', 'inner', 'inner', undefined, undefined]);
});

test('operations that complete in one batch each show their own context', async () => {
  const { client, server } = await connectedPair();
  const seen: unknown[] = [];
  const starters = ['a', 'b', undefined, 'suppressed', 'c'];
  const turns = new Set<number>();
  let turn = 0;
  for (const value of starters) {
    const e = tracked(new SocketAsyncEventArgs(value === 'suppressed'));
    e.setBuffer(new Uint8Array(1));
    e.on('completed', () => {
      seen.push(store.getStore());
      turns.add(turn);
      queueMicrotask(() => turn++); // runs when the batch is through
    });
    expect(store.run(value, () => client.receiveAsync(e))).toBe(true);
  }
  await send(server, Buffer.from('12345'));
  await until(() => seen.length === starters.length, 'all have completed');
  expect(seen).toEqual(['a', 'b', undefined, undefined, 'c']);
  expect(turns.size).toBe(1);
  expect(store.getStore()).toBeUndefined();
});

test('what a handler awaits goes on in its context', async () => {
  const { start, complete } = await pendingReceive();
  const e = eventArgs(1);
  const seen: unknown[] = [];
  const handle = async (): Promise<void> => {
    seen.push(store.getStore());
    await new Promise(resolve => setImmediate(resolve));
    seen.push(store.getStore());
  };
  e.on('completed', () => void handle());
  store.run(42, () => start(e));
  await complete();
  await until(() => seen.length === 2, 'the handler is through');
  expect(seen).toEqual([42, 42]);
});

test('a context that a handler without one enters ends with that handler', async () => {
  const { client, server } = await connectedPair();
  const seen: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    const e = tracked(new SocketAsyncEventArgs(true));
    e.setBuffer(new Uint8Array(1));
    e.on('completed', () => {
      seen.push(store.getStore());
      store.enterWith('left behind');
    });
    expect(client.receiveAsync(e)).toBe(true);
  }
  await send(server, Buffer.from('12')); // one batch
  await until(() => seen.length === 2, 'two have completed');
  await send(server, Buffer.from('34')); // and another
  await until(() => seen.length === 4, 'all have completed');
  expect(seen).toEqual([undefined, undefined, undefined, undefined]);
});

test('K-007 event args keep no context alive once the operation is complete', async () => {
  const { start, complete } = await pendingReceive();
  const e = eventArgs(1);
  const context = (() => {
    const value = { large: new Uint8Array(1024) };
    store.run(value, () => start(e));
    return new WeakRef(value);
  })();
  expect(context.deref()).toBeDefined();
  const completed = new Promise(resolve => e.once('completed', resolve));
  await complete();
  await completed;
  await until(() => {
    gc?.();
    return context.deref() === undefined;
  }, 'the context is collected');
  expect(e.bytesTransferred).toBe(1);
});

describe('K-004 without a context of its own, connecting by name that ends', () => {
  function argsByName(seen: unknown[]): SocketAsyncEventArgs {
    const e = tracked(new SocketAsyncEventArgs(true));
    e.remoteEndPoint = new DnsEndPoint('some.host', 1);
    e.on('completed', () => {
      seen.push(store.getStore(), e.socketError);
      store.enterWith('left behind');
    });
    return e;
  }
  const start = (e: SocketAsyncEventArgs): boolean =>
    Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);

  test('in the lookup is told of outside of any context', async () => {
    const resolver = stubLookup();
    const seen: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      store.run('of the starter', () => start(argsByName(seen)));
      await store.run('of the resolver', () => resolver.fail('ENOTFOUND'));
    }
    const { HostNotFound } = SocketError;
    expect(seen).toEqual([undefined, HostNotFound, undefined, HostNotFound]);
  });

  test('by a cancel is told of outside of any context', async () => {
    stubLookup();
    const seen: unknown[] = [];
    const e = argsByName(seen);
    store.run('of the starter', () => start(e));
    store.run('of the canceller', () => Socket.cancelConnectAsync(e));
    await until(() => seen.length === 2, 'it has completed');
    expect(seen).toEqual([undefined, SocketError.OperationAborted]);
  });
});
