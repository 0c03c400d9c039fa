// Rows Z-001 … Z-015 of the specification that concern the state of event args: what they refuse
// while an operation is in progress, what a handler may do, and what a completion leaves on them.

import {
  ProtocolType,
  Socket,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
  SocketType,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import {
  connectedPair,
  connectTo,
  eventArgs,
  listener,
  tcpSocket,
  type Pair,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

type Start = (pair: Pair, e: SocketAsyncEventArgs) => boolean;

const starts: [string, Start][] = [
  ['receiveAsync', ({ client }, e) => client.receiveAsync(e)],
  ['sendAsync', ({ client }, e) => client.sendAsync(e)],
  ['disconnectAsync', ({ client }, e) => client.disconnectAsync(e)],
  ['acceptAsync', (pair, e) => pair.listener.acceptAsync(e)],
  ['connectAsync', (_pair, e) => tcpSocket().connectAsync(e)],
  [
    'the static connectAsync',
    (_pair, e) => Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e),
  ],
  ['sendAsync on another socket', ({ server }, e) => server.sendAsync(e)],
  ['receiveAsync on another socket', ({ server }, e) => server.receiveAsync(e)],
];

describe('event args in progress', () => {
  test.each(starts)('Z-001 refuse %s, and go on', async (_name, start) => {
    const pair = await connectedPair();
    const e = eventArgs();
    e.remoteEndPoint = pair.listener.localEndPoint;
    const receiving = begin(e, each => pair.client.receiveAsync(each));
    expect(receiving.isPending).toBe(true);
    expect(thrownBy(() => start(pair, e))).toBe('InvalidOperationException');
    expect(e.lastOperation).toBe(SocketAsyncOperation.Receive);
    expect(pair.client.connected).toBe(true);
    await send(pair.server, new Uint8Array(1));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(pair.client.available).toBe(1);
  });

  test('Z-002 refuse other buffers, and take plain properties', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(4);
    const { buffer } = e;
    const receiving = begin(e, each => client.receiveAsync(each));
    for (const change of [
      () => e.setBuffer(new Uint8Array(1), 0, 1),
      () => e.setBuffer(1, 1),
      () => e.setBuffer(null),
      () => (e.bufferList = null),
      () => (e.sendPacketsElements = null),
    ]) {
      expect(thrownBy(change)).toBe('InvalidOperationException');
    }
    e.userToken = 'mine';
    e.socketFlags = SocketFlags.Peek; // for the next operation only
    e.socketError = SocketError.NoData;
    e.disconnectReuseSocket = true;
    e.acceptSocket = server;
    e.remoteEndPoint = client.localEndPoint;
    await send(server, Buffer.from('ab'));
    await receiving.outcome;
    expect(e).toMatchObject({ userToken: 'mine', socketFlags: SocketFlags.None });
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 2 });
    expect(e).toMatchObject({ disconnectReuseSocket: true, acceptSocket: server });
    expect(e.buffer).toBe(buffer);
    expect(client.available).toBe(0);
  });

  test.each<[string, SocketAsyncOperation, Start]>([
    ['a receive', SocketAsyncOperation.Receive, ({ client }, e) => client.receiveAsync(e)],
    ['an accept', SocketAsyncOperation.Accept, (pair, e) => pair.listener.acceptAsync(e)],
    ['a send', SocketAsyncOperation.Send, ({ client }, e) => client.sendAsync(e)],
  ])('Z-007 tell that it is %s', async (_name, kind, start) => {
    const pair = await connectedPair();
    const e = eventArgs();
    if (kind === SocketAsyncOperation.Send) e.setBuffer(new Uint8Array(20_000_000));
    expect(e.lastOperation).toBe(SocketAsyncOperation.None);
    const pending = begin(e, each => start(pair, each));
    expect(pending.isPending).toBe(true);
    expect(e.lastOperation).toBe(kind);
    for (const socket of Object.values<Socket>({ ...pair })) socket.dispose();
    await pending.outcome;
    expect(e).toMatchObject({ lastOperation: kind, socketError: SocketError.OperationAborted });
  });
});

describe('a handler', () => {
  test('Z-003 starts the next operation with the same event args', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(1);
    const received: number[] = [];
    e.on('completed', (sender, raised) => {
      received.push(raised.memoryBuffer[0]);
      if (received.length < 3) expect(sender?.receiveAsync(raised)).toBe(true);
    });
    expect(client.receiveAsync(e)).toBe(true);
    for (const byte of [7, 8, 9]) {
      await send(server, Uint8Array.of(byte));
      await until(() => received.at(-1) === byte, 'the byte arrives');
    }
    expect(received).toEqual([7, 8, 9]);
  });

  test('Z-003 uses the event args for another kind, on another socket', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(Buffer.from('echo'));
    const done = new Promise<void>(resolve => {
      e.on('completed', (_sender, raised) => {
        expect(raised.lastOperation).toBe(SocketAsyncOperation.Receive);
        expect(server.sendAsync(raised)).toBe(false);
        expect(raised.lastOperation).toBe(SocketAsyncOperation.Send);
        resolve();
      });
    });
    expect(client.receiveAsync(e)).toBe(true);
    await send(server, Buffer.from('ping'));
    await withDeadline(done, 'the handler');
    expect(Buffer.from(await receive(client, 4)).toString()).toBe('ping');
  });

  // As people write it: a synchronous finish is handled by a call, not by a loop.
  test('Z-003 that calls itself for 100,000 receives keeps its stack short', async () => {
    const { client, server } = await connectedPair();
    const count = 100_000;
    let received = 0;
    let finishedAtOnce = 0;
    let depth = 0;
    let deepest = 0;
    const e = eventArgs(1);
    const handle = (): void => {
      deepest = Math.max(deepest, ++depth);
      received += e.bytesTransferred;
      if (received < count && !client.receiveAsync(e)) {
        finishedAtOnce++;
        handle();
      }
      depth--;
    };
    e.on('completed', handle);
    expect(client.receiveAsync(e)).toBe(true);
    await send(server, new Uint8Array(count));
    await until(() => received === count, 'all bytes are received');
    expect(finishedAtOnce).toBeGreaterThan(count / 2);
    expect(deepest).toBeLessThan(1000);
  });

  test('Z-003 lets timers and other sockets have their turn meanwhile', async () => {
    const [busy, other] = [await connectedPair(), await connectedPair()];
    const e = eventArgs(); // receives nothing, and so never waits
    let isOver = false;
    let rounds = 0;
    const handle = (): void => {
      do rounds++;
      while (!isOver && !busy.client.receiveAsync(e));
    };
    e.on('completed', handle);
    await send(busy.server, new Uint8Array(1));
    if (!busy.client.receiveAsync(e)) handle();
    await send(other.client, Buffer.from('a'));
    await receive(other.server, 1);
    await new Promise(resolve => setTimeout(resolve, 0));
    isOver = true;
    const before = rounds;
    await until(() => rounds > before, 'the last receive ends');
    expect(rounds).toBeGreaterThan(1);
  });
});

describe('what a completion leaves on event args', () => {
  test('Z-005 flags of its own: Peek has to be set again', async () => {
    const { client, server } = await connectedPair();
    await send(server, Buffer.from('ab'));
    await until(() => client.available === 2, 'the data are there');
    const e = eventArgs(4);
    e.socketFlags = SocketFlags.Peek;
    await succeed(e, each => client.receiveAsync(each));
    expect(e).toMatchObject({ bytesTransferred: 2, socketFlags: SocketFlags.None });
    expect(client.available).toBe(2);
    await succeed(e, each => client.receiveAsync(each));
    expect(e.bytesTransferred).toBe(2);
    expect(client.available).toBe(0);
  });

  test('Z-015 as many bytes as were there, if there are fewer than asked for', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(100);
    const receiving = begin(e, each => client.receiveAsync(each));
    await send(server, new Uint8Array(3));
    await receiving.outcome;
    expect(e).toMatchObject({ bytesTransferred: 3, count: 100 });
  });
});

describe('both directions', () => {
  test('Z-011 a receive that waits does not delay a send', async () => {
    const { client, server } = await connectedPair();
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    const { wasPending } = await succeed(eventArgs(5), e => client.sendAsync(e));
    expect(wasPending).toBe(false);
    expect(await receive(server, 5)).toHaveLength(5);
    await send(server, new Uint8Array(1));
    await receiving.outcome;
  });

  test('Z-011 a send that waits does not delay a receive', async () => {
    const { client, server } = await connectedPair();
    const sending = begin(eventArgs(20_000_000), e => client.sendAsync(e));
    expect(sending.isPending).toBe(true);
    await send(server, Buffer.from('a'));
    expect(await receive(client, 1)).toHaveLength(1);
    client.dispose();
    await sending.outcome;
  });
});

test('Z-013 a big send to a slow reader completes once, with its whole length', async () => {
  const { client, server } = await connectedPair();
  const size = 5_000_000;
  const e = eventArgs(size);
  let events = 0;
  e.on('completed', () => events++);
  expect(client.sendAsync(e)).toBe(true);
  let received = 0;
  while (received < size) {
    const { bytes } = await receiveOnce(server, 65_536);
    received += bytes.length;
    expect(events).toBeLessThanOrEqual(1);
  }
  await until(() => events > 0, 'the send is complete');
  await connectTo(listener()); // some turns of the event loop
  expect(events).toBe(1);
  expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: size });
  expect(e.socketFlags).toBe(SocketFlags.None);
});
