// SocketFlags of operations on a stream: what they do, and what they are afterwards.

import {
  SocketError,
  SocketFlags,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

type Make = (flags: SocketFlags) => SocketAsyncEventArgs;

const withBuffer: Make = flags => {
  const e = eventArgs(8);
  e.socketFlags = flags;
  return e;
};

const withList: Make = flags => {
  const e = eventArgs();
  e.bufferList = [new Uint8Array(3), new Uint8Array(5)];
  e.socketFlags = flags;
  return e;
};

const withNothing: Make = flags => {
  const e = eventArgs();
  e.socketFlags = flags;
  return e;
};

const filled: [string, Make][] = [
  ['a buffer', withBuffer],
  ['a list', withList],
];

const all: [string, Make][] = [...filled, ['no buffer', withNothing]];

function bytesIn(e: SocketAsyncEventArgs): string {
  const bytes = e.bufferList === null ? e.memoryBuffer : Buffer.concat([...e.bufferList]);
  return Buffer.from(bytes.subarray(0, e.bytesTransferred)).toString();
}

async function sendUrgent(socket: Socket, text: string): Promise<void> {
  const e = eventArgs(Buffer.from(text));
  e.socketFlags = SocketFlags.OutOfBand;
  await succeed(e, each => socket.sendAsync(each));
  expect(e.bytesTransferred).toBe(text.length);
  expect(e.socketFlags).toBe(SocketFlags.None);
}

describe.each(filled)('with %s', (_name, make) => {
  test('Z-005 Peek leaves the data, and must be set again', async () => {
    const { client, server } = await connectedPair();
    await send(client, Buffer.from('abc'));
    const e = make(SocketFlags.Peek);
    for (let i = 0; i < 2; i++) {
      e.socketFlags = SocketFlags.Peek;
      await succeed(e, each => server.receiveAsync(each));
      expect(bytesIn(e)).toBe('abc');
      expect(e.socketFlags).toBe(SocketFlags.None);
      expect(server.available).toBe(3);
    }
    const { wasPending } = await succeed(e, each => server.receiveAsync(each));
    expect(wasPending).toBe(false);
    expect(bytesIn(e)).toBe('abc');
    expect(server.available).toBe(0);
  });

  test('Peek waits for data, and the receives behind it get the same', async () => {
    const { client, server } = await connectedPair();
    const flags = [SocketFlags.Peek, SocketFlags.Peek, SocketFlags.None];
    const begun = flags.map(each => begin(make(each), e => server.receiveAsync(e)));
    expect(begun.map(each => each.isPending)).toEqual([true, true, true]);
    await send(client, Buffer.from('abc'));
    for (const { outcome } of begun) {
      const { e } = await outcome;
      expect(bytesIn(e)).toBe('abc');
      expect(e.socketFlags).toBe(SocketFlags.None);
    }
    expect(server.available).toBe(0);
  });

  test('OutOfBand gets the urgent byte, which is no part of the stream', async () => {
    const { client, server } = await connectedPair();
    await sendUrgent(client, 'abc');
    expect(Buffer.from(await receive(server, 2)).toString()).toBe('ab');
    const e = make(SocketFlags.OutOfBand);
    await succeed(e, each => server.receiveAsync(each));
    expect(bytesIn(e)).toBe('c');
    // The system says so of several buffers only: .NET asks for one alone by a call without flags.
    const isList = e.bufferList !== null;
    expect(e.socketFlags).toBe(isList ? SocketFlags.OutOfBand : SocketFlags.None);
    expect(server.available).toBe(0);
  });

  test.each([SocketFlags.DontRoute, SocketFlags.ControlDataTruncated])(
    'flag %d is taken, and is gone afterwards',
    async flags => {
      const { client, server } = await connectedPair();
      const sent = await succeed(make(flags), e => client.sendAsync(e));
      expect(sent.e.bytesTransferred).toBe(8);
      const { e } = await succeed(make(flags), each => server.receiveAsync(each));
      expect(e.bytesTransferred).toBe(8);
      expect(e.socketFlags).toBe(SocketFlags.None);
    },
  );
});

describe.each(all)('with %s', (_name, make) => {
  test.each([
    ['Partial', SocketFlags.Partial],
    ['Broadcast', SocketFlags.Broadcast],
    ['Multicast', SocketFlags.Multicast],
    ['Peek and Partial', SocketFlags.Peek | SocketFlags.Partial],
    ['unknown', 0x10],
  ])('Z-017 the flag %s is not supported, and moves nothing', async (_flag, flags) => {
    const { client, server } = await connectedPair();
    await send(client, Buffer.from('abc'));
    const start = [
      (e: SocketAsyncEventArgs) => server.receiveAsync(e),
      (e: SocketAsyncEventArgs) => server.sendAsync(e),
    ];
    for (const each of start) {
      const { e, wasPending } = await finish(make(flags), each);
      expect(wasPending).toBe(false);
      expect(e.socketError).toBe(SocketError.OperationNotSupported);
      expect(e.bytesTransferred).toBe(0);
      expect(e.socketFlags).toBe(SocketFlags.None);
    }
    expect(server.available).toBe(3);
    expect(client.available).toBe(0);
    expect(Buffer.from(await receive(server, 3)).toString()).toBe('abc');
  });

  test('OutOfBand without an urgent byte is an invalid argument, and does not wait', async () => {
    const { client, server } = await connectedPair();
    const before = await finish(make(SocketFlags.OutOfBand), e => server.receiveAsync(e));
    expect(before.wasPending).toBe(false);
    expect(before.e.socketError).toBe(SocketError.InvalidArgument);
    await send(client, Buffer.from('abc'));
    const after = await finish(make(SocketFlags.OutOfBand), e => server.receiveAsync(e));
    expect(after.e.socketError).toBe(SocketError.InvalidArgument);
    expect(server.available).toBe(3);
  });
});

test('a receive that waits is not completed by an urgent byte', async () => {
  const { client, server } = await connectedPair();
  const receiving = begin(eventArgs(8), e => server.receiveAsync(e));
  await sendUrgent(client, 'u');
  await send(client, Buffer.from('abc'));
  const { e } = await receiving.outcome;
  expect(bytesIn(e)).toBe('abc');
});

test('an unsupported flag fails in its turn, behind a receive that waits', async () => {
  const { client, server } = await connectedPair();
  const first = begin(eventArgs(2), e => server.receiveAsync(e));
  const second = begin(withBuffer(SocketFlags.Partial), e => server.receiveAsync(e));
  const third = begin(eventArgs(2), e => server.receiveAsync(e));
  expect(second.isPending).toBe(true);
  await send(client, Buffer.from('abcd'));
  expect(bytesIn((await first.outcome).e)).toBe('ab');
  expect((await second.outcome).e.socketError).toBe(SocketError.OperationNotSupported);
  expect(bytesIn((await third.outcome).e)).toBe('cd');
});

test('flags set while an operation is pending do not touch it', async () => {
  const { client, server } = await connectedPair();
  const receiving = begin(eventArgs(8), e => {
    const isPending = server.receiveAsync(e);
    e.socketFlags = SocketFlags.Peek;
    return isPending;
  });
  await send(client, Buffer.from('abc'));
  const { e } = await receiving.outcome;
  expect(e.socketFlags).toBe(SocketFlags.None);
  expect(server.available).toBe(0);
});
