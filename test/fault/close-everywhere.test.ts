// Closing and disposing from inside every kind of handler and in every state, by plan and at random.

import {
  DnsEndPoint,
  InvalidOperationException,
  ObjectDisposedException,
  type Socket,
  type SocketAsyncEventArgs,
  SocketError,
} from 'socket-async-event-args';

import { countSlots } from '../../lib/internal/slots.js';
import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed, type Begun } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  eventArgs,
  listener,
  tcpSocket,
  tracked,
  type Pair,
} from '../support/sockets.js';
import { send } from '../support/transfer.js';

const { OperationAborted, Success } = SocketError;
const tooMuch = 16 << 20;

/** A pending operation, the socket that it is pending on, and what would complete it. */
interface Waiting {
  readonly e: SocketAsyncEventArgs;
  readonly socket: Socket;
  readonly start: () => boolean;
  readonly finish: () => void;
}

function receiving({ client, server }: Pair, e = eventArgs(4)): Waiting {
  const finish = (): void => void server.sendAsync(eventArgs(Uint8Array.of(1, 2, 3, 4)));
  return { e, socket: client, start: () => client.receiveAsync(e), finish };
}

function sending({ client, server }: Pair): Waiting {
  const e = eventArgs(tooMuch);
  const finish = (): void => {
    server.close();
  };
  return { e, socket: client, start: () => client.sendAsync(e), finish };
}

function accepting({ listener: socket }: Pair): Waiting {
  const e = eventArgs();
  const finish = (): void => void tcpSocket().connectAsync(argsFor(socket));
  const start = (): boolean => socket.acceptAsync(e);
  return { e, socket, start, finish };
}

function connecting({ listener: target }: Pair): Waiting {
  const socket = tcpSocket();
  const e = argsFor(target);
  return { e, socket, start: () => socket.connectAsync(e), finish: () => undefined };
}

const kinds: [string, (pair: Pair) => Waiting][] = [
  ['receive', receiving],
  ['zero-byte receive', pair => receiving(pair, eventArgs())],
  ['send', sending],
  ['accept', accepting],
  ['connect', connecting],
];

/** Starts an operation; resolves with the event args when its event is raised. */
function startWaiting(waiting: Waiting): Promise<SocketAsyncEventArgs> {
  const raised = new Promise<SocketAsyncEventArgs>(resolve => {
    waiting.e.on('completed', (_, e) => {
      if (e.acceptSocket !== null) tracked(e.acceptSocket);
      resolve(e);
    });
  });
  expect(waiting.start()).toBe(true);
  return raised;
}

describe.each(kinds)('%s', (_name, make) => {
  test('closing its socket aborts it, once, and later', async () => {
    const waiting = make(await connectedPair());
    let events = 0;
    waiting.e.on('completed', () => events++);
    const raised = startWaiting(waiting);
    waiting.socket.close();
    waiting.socket.dispose();
    expect(events).toBe(0);
    expect((await raised).socketError).toBe(OperationAborted);
    await new Promise(resolve => setImmediate(resolve));
    expect(events).toBe(1);
    expect(waiting.start).toThrow(ObjectDisposedException);
  });

  test('its handler may close its socket, and the listener, and its event args', async () => {
    const pair = await connectedPair();
    const waiting = make(pair);
    waiting.e.on('completed', () => {
      waiting.socket.close();
      pair.listener.dispose();
      pair.client.dispose();
      pair.server.close(0);
      waiting.e.dispose();
      waiting.e.acceptSocket?.dispose();
    });
    const raised = startWaiting(waiting);
    waiting.finish();
    await raised;
    expect(waiting.start).toThrow(ObjectDisposedException);
  });

  test('its event args may be disposed meanwhile: it completes, and they are disposed then', async () => {
    const waiting = make(await connectedPair());
    let isDisposedInHandler = false;
    waiting.e.on('completed', () => {
      try {
        waiting.e.setBuffer(null, 0, 0);
      } catch (error) {
        isDisposedInHandler = error instanceof ObjectDisposedException;
      }
    });
    const raised = startWaiting(waiting);
    const whilePending = countSlots().claimed;
    waiting.e.dispose();
    waiting.e.dispose();
    expect(countSlots().claimed).toBe(whilePending);
    expect(waiting.start).toThrow(InvalidOperationException);
    waiting.finish();
    const whenFinishing = countSlots().claimed;
    await raised;
    expect(isDisposedInHandler).toBe(true);
    expect(countSlots().claimed).toBe(whenFinishing - 1);
  });

  test('in its handler the next may be started, and aborted at once', async () => {
    const pair = await connectedPair();
    const waiting = make(pair);
    const errors: SocketError[] = [];
    const done = new Promise<void>(resolve => {
      waiting.e.on('completed', () => {
        errors.push(waiting.e.socketError);
        tracked(waiting.e.acceptSocket ?? waiting.socket);
        if (errors.length === 2) resolve();
        else restart();
      });
    });
    const restart = (): void => {
      const next = receiving(pair, waiting.e);
      waiting.e.acceptSocket = null;
      waiting.e.setBuffer(null, 0, 0);
      pair.client.dispose();
      const again = tcpSocket();
      const target = listener();
      waiting.e.remoteEndPoint = target.localEndPoint;
      expect(next.start).toThrow(ObjectDisposedException);
      expect(again.connectAsync(waiting.e)).toBe(true);
      again.close();
    };
    const raised = startWaiting(waiting);
    waiting.socket.close();
    await raised;
    await done;
    expect(errors).toEqual([OperationAborted, OperationAborted]);
  });
});

test('a handler may close the sockets of all other completions of its batch', async () => {
  const pairs = await Promise.all(Array.from({ length: 10 }, () => connectedPair()));
  const begun: Begun[] = pairs.map(({ client }) =>
    begin(eventArgs(1), e => client.receiveAsync(e)),
  );
  let isFirst = true;
  for (const { client } of pairs) {
    const e = eventArgs();
    e.on('completed', () => {
      if (!isFirst) return;
      isFirst = false;
      for (const pair of pairs) pair.client.dispose();
    });
    expect(client.receiveAsync(e)).toBe(true);
  }
  for (const { server } of pairs) server.sendAsync(eventArgs(Uint8Array.of(1, 2)));
  for (const { outcome } of begun) {
    expect([Success, OperationAborted]).toContain((await outcome).e.socketError);
  }
});

test('a listener closed with accepts pending, and connections waiting, aborts and resets them', async () => {
  const listening = listener();
  const begun = Array.from({ length: 20 }, () => begin(eventArgs(), e => listening.acceptAsync(e)));
  listening.close();
  for (const { outcome } of begun) {
    const { e } = await outcome;
    expect(e.socketError).toBe(OperationAborted);
    expect(e.acceptSocket).toBeNull();
  }
});

test('a connection that was accepted before its listener closed is there', async () => {
  const [listening, other] = [listener(), listener()];
  const accepted = [listening, other].map(each => {
    const e = eventArgs();
    e.on('completed', () => {
      listening.close();
      other.close();
    });
    return begin(e, args => each.acceptAsync(args));
  });
  const clients = [tcpSocket(), tcpSocket()];
  clients[0]?.connectAsync(argsFor(listening));
  clients[1]?.connectAsync(argsFor(other));
  for (const { outcome } of accepted) {
    const { e } = await outcome;
    expect(e.socketError).toBe(Success);
    tracked(e.acceptSocket as Socket);
  }
});

test('a connect by name whose socket closes while the name is resolved is aborted, once', async () => {
  const socket = tcpSocket();
  const e = eventArgs();
  e.remoteEndPoint = new DnsEndPoint('localhost', 9);
  let events = 0;
  e.on('completed', () => events++);
  const connect = begin(e, each => socket.connectAsync(each));
  socket.close();
  expect((await connect.outcome).e.socketError).toBe(OperationAborted);
  expect(events).toBe(1);
});

test('event args disposed in the handler of another of the same batch still get their event', async () => {
  const pairs = [await connectedPair(), await connectedPair()];
  const all = pairs.map(() => eventArgs(1));
  let events = 0;
  for (const [i, { client }] of pairs.entries()) {
    all[i]?.on('completed', () => {
      events++;
      for (const e of all) e.dispose();
    });
    client.receiveAsync(all[i]);
  }
  for (const { server } of pairs) server.sendAsync(eventArgs(Uint8Array.of(1)));
  await until(() => events === 2, 'both events were raised');
});

test('a socket that is closed twice closes nothing else', async () => {
  const { client, server } = await connectedPair();
  client.close();
  const other = await connectedPair();
  for (let i = 0; i < 3; i++) {
    client.close();
    client.close(0);
    client.close(10);
    client.dispose();
    client[Symbol.dispose]();
  }
  await send(other.client, Uint8Array.of(1));
  await succeed(eventArgs(1), e => other.server.receiveAsync(e));
  expect(client.connected).toBe(false);
  expect(server.connected).toBe(true);
});
