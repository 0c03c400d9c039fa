// Receiving into nothing: it waits for something to receive, and takes none of it.

import {
  SocketError,
  SocketFlags,
  SocketShutdown,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

function withEmptyWindow(): SocketAsyncEventArgs {
  const e = eventArgs(8);
  e.setBuffer(8, 0);
  return e;
}

function withEmptySegments(count: number): SocketAsyncEventArgs {
  const e = eventArgs();
  e.bufferList = Array.from({ length: count }, () => new Uint8Array(0));
  return e;
}

function withPeek(): SocketAsyncEventArgs {
  const e = eventArgs();
  e.socketFlags = SocketFlags.Peek;
  return e;
}

const kinds: [string, () => SocketAsyncEventArgs][] = [
  ['no buffer', () => eventArgs()],
  ['an empty buffer', () => eventArgs(0)],
  ['an empty window', withEmptyWindow],
  ['a list of empty segments', () => withEmptySegments(3)],
  ['an empty list', () => withEmptySegments(0)],
  ['no buffer and Peek', withPeek],
];

describe.each(kinds)('with %s', (_name, make) => {
  test('R-009 a zero-byte receive waits for data and takes none', async () => {
    const { client, server } = await connectedPair();
    const waiting = begin(make(), e => client.receiveAsync(e));
    expect(waiting.isPending).toBe(true);
    expect(client.available).toBe(0);
    await send(server, Uint8Array.of(7));
    const { e } = await waiting.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(0);
    expect(client.available).toBe(1);

    const again = await succeed(make(), each => client.receiveAsync(each));
    expect(again.wasPending).toBe(false);
    expect(await receive(client, 1)).toEqual(Uint8Array.of(7));
    expect(client.available).toBe(0);
  });

  test('a zero-byte receive completes at the end of the stream, again and again', async () => {
    const { client, server } = await connectedPair();
    const waiting = begin(make(), e => client.receiveAsync(e));
    server.shutdown(SocketShutdown.Send);
    expect((await waiting.outcome).e.socketError).toBe(SocketError.Success);
    for (let i = 0; i < 3; i++) {
      const { e } = await succeed(make(), each => client.receiveAsync(each));
      expect(e.bytesTransferred).toBe(0);
    }
    expect(await receiveOnce(client)).toEqual({
      error: SocketError.Success,
      bytes: new Uint8Array(0),
    });
  });

  test('a zero-byte receive waits again after its data was taken', async () => {
    const { client, server } = await connectedPair();
    await send(server, Uint8Array.of(1, 2));
    await succeed(make(), e => client.receiveAsync(e));
    await receive(client, 2);
    const waiting = begin(make(), e => client.receiveAsync(e));
    expect(waiting.isPending).toBe(true);
    await send(server, Uint8Array.of(3));
    expect((await waiting.outcome).e.bytesTransferred).toBe(0);
    expect(await receive(client, 1)).toEqual(Uint8Array.of(3));
  });

  test('a zero-byte receive pending when its socket closes completes with OperationAborted', async () => {
    const { client } = await connectedPair();
    const waiting = begin(make(), e => client.receiveAsync(e));
    client.close();
    expect((await waiting.outcome).e.socketError).toBe(SocketError.OperationAborted);
  });
});

test('a zero-byte receive tells of a reset by completing, and the next receive says what it is', async () => {
  const { client, server } = await connectedPair();
  const waiting = begin(eventArgs(), e => client.receiveAsync(e));
  server.close(0);
  expect((await waiting.outcome).e.socketError).toBe(SocketError.Success);
  expect((await receiveOnce(client)).error).toBe(SocketError.ConnectionReset);
});

test('a zero-byte receive started after a reset reports it', async () => {
  const { client, server } = await connectedPair();
  server.close(0);
  const { e } = await finish(eventArgs(), each => client.receiveAsync(each));
  expect([SocketError.Success, SocketError.ConnectionReset]).toContain(e.socketError);
  const isTold = e.socketError === SocketError.ConnectionReset;
  const next = (await receiveOnce(client)).error;
  expect(next).toBe(isTold ? SocketError.Success : SocketError.ConnectionReset);
});

test('zero-byte receives and others stand in one line', async () => {
  const { client, server } = await connectedPair();
  const order: number[] = [];
  const begun = [0, 2, 0, 2, 0].map((bytes, i) => {
    const e = eventArgs(bytes);
    e.on('completed', () => order.push(i));
    return begin(e, each => client.receiveAsync(each));
  });
  await send(server, Uint8Array.of(1, 2, 3, 4, 5));
  const counts = await Promise.all(
    begun.map(async each => (await each.outcome).e.bytesTransferred),
  );
  expect(counts).toEqual([0, 2, 0, 2, 0]);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(client.available).toBe(1);
});

test('a zero-byte receive behind one that takes all data waits for more', async () => {
  const { client, server } = await connectedPair();
  const first = begin(eventArgs(4), e => client.receiveAsync(e));
  const second = begin(eventArgs(), e => client.receiveAsync(e));
  let isSecondDone = false;
  const noted = second.outcome.then(() => (isSecondDone = true));
  await send(server, Uint8Array.of(1, 2, 3, 4));
  expect((await first.outcome).e.bytesTransferred).toBe(4);
  expect(isSecondDone).toBe(false);
  await send(server, Uint8Array.of(5));
  await until(() => isSecondDone, 'the zero-byte receive has completed');
  await noted;
  expect(client.available).toBe(1);
});
