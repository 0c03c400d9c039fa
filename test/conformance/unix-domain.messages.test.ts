// Row B-013 of the specification, and what .NET shows beside it: Unix-domain datagrams, and sockets
// of packets in order (SOCK_SEQPACKET).

import { writeFileSync } from 'node:fs';

import {
  SocketError,
  SocketFlags,
  SocketType,
  UnixDomainSocketEndPoint,
  type EndPoint,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { newPath } from '../support/folder.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { eventArgs } from '../support/sockets.js';
import {
  abstractEndPoint,
  boundUnixSocket,
  newUnixEndPoint,
  unixPair,
  unixSocket,
} from '../support/unix-sockets.js';

const { Dgram, Seqpacket } = SocketType;

function argsTo(endPoint: EndPoint | null, bytes: Uint8Array | number): SocketAsyncEventArgs {
  const e = eventArgs(bytes);
  e.remoteEndPoint = endPoint;
  return e;
}

function sendTo(socket: Socket, target: Socket, bytes: Uint8Array): Promise<unknown> {
  return succeed(argsTo(target.localEndPoint, bytes), e => socket.sendToAsync(e));
}

async function receiveFrom(socket: Socket, capacity = 64): Promise<SocketAsyncEventArgs> {
  const e = argsTo(new UnixDomainSocketEndPoint('any'), capacity);
  await succeed(e, each => socket.receiveFromAsync(each));
  return e;
}

function textOf(e: SocketAsyncEventArgs): string {
  return Buffer.from(e.memoryBuffer.subarray(0, e.bytesTransferred)).toString();
}

describe.each([
  ['a path', newUnixEndPoint],
  ['an abstract name', abstractEndPoint],
])('datagrams between sockets bound to %s', (_kind, newEndPoint) => {
  test('B-013 tell their sender, who can be answered with the same event args', async () => {
    const server = boundUnixSocket(Dgram, newEndPoint());
    const client = boundUnixSocket(Dgram, newEndPoint());
    await sendTo(client, server, Buffer.from('ping'));
    const e = await receiveFrom(server);
    expect(textOf(e)).toBe('ping');
    expect(e.remoteEndPoint).toBeInstanceOf(UnixDomainSocketEndPoint);
    expect(client.localEndPoint?.equals(e.remoteEndPoint)).toBe(true);
    e.setBuffer(0, e.bytesTransferred);
    await succeed(e, each => server.sendToAsync(each));
    const answer = await receiveFrom(client);
    expect(textOf(answer)).toBe('ping');
    expect(String(answer.remoteEndPoint)).toBe(String(server.localEndPoint));
  });

  test('B-013 tell it also to those who waited before it was sent', async () => {
    const server = boundUnixSocket(Dgram, newEndPoint());
    const client = boundUnixSocket(Dgram, newEndPoint());
    const e = argsTo(newUnixEndPoint(), 64);
    const receiving = begin(e, each => server.receiveFromAsync(each));
    expect(receiving.isPending).toBe(true);
    await sendTo(client, server, Buffer.from('late'));
    await receiving.outcome;
    expect(textOf(e)).toBe('late');
    expect(client.localEndPoint?.equals(e.remoteEndPoint)).toBe(true);
  });

  test('go through connect, send and receive as well', async () => {
    const server = boundUnixSocket(Dgram, newEndPoint());
    const client = boundUnixSocket(Dgram, newEndPoint());
    const e = argsTo(server.localEndPoint, 0);
    await succeed(e, each => client.connectAsync(each));
    expect(client.connected).toBe(true);
    const sending = eventArgs(Buffer.from('to the peer'));
    await succeed(sending, each => client.sendAsync(each));
    const receiving = eventArgs(64);
    await succeed(receiving, each => server.receiveAsync(each));
    expect(textOf(receiving)).toBe('to the peer');
  });
});

describe('a datagram', () => {
  test('of a sender that is not bound comes from the endpoint without a path', async () => {
    const server = boundUnixSocket(Dgram);
    const client = unixSocket(Dgram);
    await sendTo(client, server, Buffer.from('x'));
    expect(client.isBound).toBe(true);
    expect(String(client.localEndPoint)).toBe('');
    const e = await receiveFrom(server);
    expect(e.remoteEndPoint).toBeInstanceOf(UnixDomainSocketEndPoint);
    expect(String(e.remoteEndPoint)).toBe('');
    const { wasPending } = await finish(e, each => server.sendToAsync(each));
    expect(wasPending).toBe(false);
    expect(e.socketError).toBe(SocketError.InvalidArgument);
  });

  test('that does not fit is cut, and receive-message-from says so', async () => {
    const server = boundUnixSocket(Dgram);
    const client = boundUnixSocket(Dgram);
    await sendTo(client, server, Buffer.from('abc'));
    const e = argsTo(newUnixEndPoint(), 2);
    await succeed(e, each => server.receiveMessageFromAsync(each));
    expect(textOf(e)).toBe('ab');
    expect(e.socketFlags).toBe(SocketFlags.Truncated);
    expect(e.receiveMessageFromPacketInfo.address).toBeNull();
    expect(client.localEndPoint?.equals(e.remoteEndPoint)).toBe(true);
  });

  test('of no bytes arrives as such', async () => {
    const server = boundUnixSocket(Dgram);
    await sendTo(boundUnixSocket(Dgram), server, new Uint8Array(0));
    await sendTo(boundUnixSocket(Dgram), server, Buffer.from('next'));
    expect((await receiveFrom(server)).bytesTransferred).toBe(0);
    expect(textOf(await receiveFrom(server))).toBe('next');
  });

  test.each([
    ['where no file is', () => newUnixEndPoint(), SocketError.AddressNotAvailable],
    ['to a file of another kind', () => plainFile(), SocketError.ConnectionRefused],
    ['to a stream socket', () => boundUnixSocket().localEndPoint, SocketError.ProtocolType],
  ])('%s is reported, at once', async (_where, target, error) => {
    const e = argsTo(target(), 1);
    const { wasPending } = await finish(e, each => unixSocket(Dgram).sendToAsync(each));
    expect(wasPending).toBe(false);
    expect(e).toMatchObject({ socketError: error, bytesTransferred: 0 });
  });

  test('that no system takes is MessageSize', async () => {
    const server = boundUnixSocket(Dgram);
    const e = argsTo(server.localEndPoint, 10_000_000);
    await finish(e, each => unixSocket(Dgram).sendToAsync(each));
    expect(e.socketError).toBe(SocketError.MessageSize);
  });

  test('for a peer whose line is full waits until there is room, in order', async () => {
    const server = boundUnixSocket(Dgram);
    const client = boundUnixSocket(Dgram);
    await succeed(argsTo(server.localEndPoint, 0), e => client.connectAsync(e));
    const count = 1000;
    const sends = Array.from({ length: count }, (_, i) =>
      begin(eventArgs(Buffer.from(String(i))), e => client.sendAsync(e)),
    );
    expect(sends.some(({ isPending }) => isPending)).toBe(true);
    const received: string[] = [];
    while (received.length < count) received.push(textOf(await receiveFrom(server)));
    expect(received).toEqual(Array.from({ length: count }, (_, i) => String(i)));
    for (const { e } of await Promise.all(sends.map(each => each.outcome))) {
      expect(e.socketError).toBe(SocketError.Success);
    }
  });
});

function plainFile(): UnixDomainSocketEndPoint {
  const path = newPath();
  writeFileSync(path, '');
  return new UnixDomainSocketEndPoint(path);
}

describe('packets in order', () => {
  async function receive(socket: Socket, e: SocketAsyncEventArgs): Promise<string> {
    await succeed(e, each => socket.receiveAsync(each));
    return textOf(e);
  }

  test('keep their borders, and what does not fit of one is gone', async () => {
    const { client, server } = await unixPair(Seqpacket);
    expect(server).toMatchObject({ socketType: Seqpacket, connected: true });
    for (const text of ['first', 'the second', 'third']) {
      await succeed(eventArgs(Buffer.from(text)), e => client.sendAsync(e));
    }
    const e = eventArgs(64);
    expect(await receive(server, e)).toBe('first');
    expect(e.socketFlags).toBe(SocketFlags.None);
    e.setBuffer(0, 3);
    expect(await receive(server, e)).toBe('the');
    e.setBuffer(0, 64);
    expect(await receive(server, e)).toBe('third');
  });

  test('of no bytes look like the end, which comes when the peer closes', async () => {
    const { client, server } = await unixPair(Seqpacket);
    await succeed(eventArgs(new Uint8Array(0)), e => client.sendAsync(e));
    await succeed(eventArgs(Buffer.from('x')), e => client.sendAsync(e));
    client.close();
    const e = eventArgs(64);
    const received = [await receive(server, e), await receive(server, e), await receive(server, e)];
    expect(received).toEqual(['', 'x', '']);
  });

  test('wait for each other when the line is full', async () => {
    const { client, server } = await unixPair(Seqpacket);
    const texts = Array.from({ length: 2000 }, (_, i) => `packet ${i}`);
    const sends = texts.map(text => begin(eventArgs(Buffer.from(text)), e => client.sendAsync(e)));
    expect(sends.some(({ isPending }) => isPending)).toBe(true);
    const e = eventArgs(64);
    const received: string[] = [];
    while (received.length < texts.length) received.push(await receive(server, e));
    expect(received).toEqual(texts);
    await Promise.all(sends.map(each => each.outcome));
  });
});
