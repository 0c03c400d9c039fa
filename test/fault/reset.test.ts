// The peer resets the connection, in every state that a socket can be in.

import {
  SocketError,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, finish, succeed, type Begun } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  eventArgs,
  listener,
  refusing,
  tcpSocket,
  tracked,
} from '../support/sockets.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

const { Success, ConnectionReset, ConnectionRefused, Shutdown } = SocketError;

/** More than loopback takes without a reader. */
const tooMuch = 16 << 20;

async function sendOnce(socket: Socket, length = 1): Promise<SocketError> {
  return (await finish(eventArgs(length), e => socket.sendAsync(e))).e.socketError;
}

async function errorOf(begun: Begun): Promise<SocketError> {
  return (await begun.outcome).e.socketError;
}

function beginReceive(socket: Socket, bytes: number): Begun {
  return begin(eventArgs(bytes), e => socket.receiveAsync(e));
}

/** Expects what a socket whose reset was reported says from then on. */
async function expectBroken(socket: Socket): Promise<void> {
  expect(socket.connected).toBe(false);
  expect(await receiveOnce(socket)).toEqual({ error: Success, bytes: new Uint8Array(0) });
  expect(await sendOnce(socket)).toBe(Shutdown);
  socket.close();
}

test('a reset of an idle socket is told by the next receive, once', async () => {
  const { client, server } = await connectedPair();
  server.close(0);
  expect(client.connected).toBe(true);
  expect((await receiveOnce(client)).error).toBe(ConnectionReset);
  await expectBroken(client);
});

test('a reset of an idle socket is told by the next send, once', async () => {
  const { client, server } = await connectedPair();
  server.close(0);
  expect(await sendOnce(client)).toBe(ConnectionReset);
  await expectBroken(client);
});

test('a reset completes a receive pending', async () => {
  const { client, server } = await connectedPair();
  const receiving = beginReceive(client, 8);
  server.close(0);
  const { e } = await receiving.outcome;
  expect(e.socketError).toBe(ConnectionReset);
  expect(e.bytesTransferred).toBe(0);
  await expectBroken(client);
});

test('a reset completes every receive pending: the first tells of it', async () => {
  const { client, server } = await connectedPair();
  const begun = [8, 0, 8].map(bytes => beginReceive(client, bytes));
  server.close(0);
  expect(await Promise.all(begun.map(errorOf))).toEqual([ConnectionReset, Success, Success]);
  await expectBroken(client);
});

test('a reset completes zero-byte receives pending, and stays for the receive behind them', async () => {
  const { client, server } = await connectedPair();
  const begun = [0, 8].map(bytes => beginReceive(client, bytes));
  server.close(0);
  expect(await Promise.all(begun.map(errorOf))).toEqual([Success, ConnectionReset]);
  await expectBroken(client);
});

test('Z-014 a reset completes a send pending, which reports what it sent', async () => {
  const { client, server } = await connectedPair();
  const sending = begin(eventArgs(tooMuch), e => client.sendAsync(e));
  server.close(0);
  const { e } = await sending.outcome;
  expect(e.socketError).toBe(ConnectionReset);
  expect(e.bytesTransferred).toBeGreaterThan(0);
  expect(e.bytesTransferred).toBeLessThan(tooMuch);
  await expectBroken(client);
});

test('Z-014 a reset completes all sends pending', async () => {
  const { client, server } = await connectedPair();
  const begun = [tooMuch, 5, 0].map(bytes => begin(eventArgs(bytes), e => client.sendAsync(e)));
  server.close(0);
  expect(await Promise.all(begun.map(errorOf))).toEqual([ConnectionReset, Shutdown, Shutdown]);
  await expectBroken(client);
});

test('a reset fails both sides: a receive never takes it for the end of the stream', async () => {
  const { client, server } = await connectedPair();
  const sending = begin(eventArgs(tooMuch), e => client.sendAsync(e));
  const receiving = beginReceive(client, 8);
  server.close(0);
  expect(await errorOf(receiving)).toBe(ConnectionReset);
  expect(await errorOf(sending)).toBe(Shutdown);
  await expectBroken(client);
});

test('a reset leaves what had arrived before it', async () => {
  const { client, server } = await connectedPair();
  await send(server, Uint8Array.of(1, 2, 3));
  server.close(0);
  expect(await receive(client, 3)).toEqual(Uint8Array.of(1, 2, 3));
  expect((await receiveOnce(client)).error).toBe(ConnectionReset);
  await expectBroken(client);
});

test('a reset after Shutdown(Send) completes the receive pending', async () => {
  const { client, server } = await connectedPair();
  client.shutdown(SocketShutdown.Send);
  const receiving = beginReceive(client, 8);
  server.close(0);
  expect(await errorOf(receiving)).toBe(ConnectionReset);
  await expectBroken(client);
});

test('a reset after the end of the stream keeps that, and fails sends', async () => {
  const { client, server } = await connectedPair();
  server.shutdown(SocketShutdown.Send);
  expect((await receiveOnce(client)).bytes).toHaveLength(0);
  server.close(0);
  expect((await receiveOnce(client)).error).toBe(Success);
  expect(await sendOnce(client)).toBe(Shutdown);
});

test('a connection reset before it is accepted is accepted, and the receive tells of it', async () => {
  const listening = listener();
  const client = tcpSocket();
  await succeed(argsFor(listening), e => client.connectAsync(e));
  const address = client.localEndPoint;
  client.close(0);
  const { e } = await succeed(eventArgs(), each => listening.acceptAsync(each));
  const accepted = tracked(e.acceptSocket as Socket);
  expect(accepted.connected).toBe(true);
  expect(accepted.remoteEndPoint?.equals(address)).toBe(true);
  expect((await receiveOnce(accepted)).error).toBe(ConnectionReset);
  await expectBroken(accepted);
});

test('closing a listener resets the connections that nobody accepted', async () => {
  const listening = listener();
  const client = tcpSocket();
  await succeed(argsFor(listening), e => client.connectAsync(e));
  const receiving = beginReceive(client, 8);
  listening.close();
  expect(await errorOf(receiving)).toBe(ConnectionReset);
});

test('a refused connect with a receive pending fails; the receive does not take its error', async () => {
  const target = refusing();
  const client = tcpSocket();
  const connecting = begin(argsFor(target), e => client.connectAsync(e));
  expect(connecting.isPending).toBe(true);
  const receiving = beginReceive(client, 8);
  expect(receiving.isPending).toBe(true);
  const zero = beginReceive(client, 0);
  expect(await errorOf(connecting)).toBe(ConnectionRefused);
  expect(client.connected).toBe(false);
  const { e } = await receiving.outcome;
  expect(e.bytesTransferred).toBe(0);
  await zero.outcome;
});

test('a receive started before the connect is done gets what the peer sends', async () => {
  const listening = listener();
  const client = tcpSocket();
  const connecting = begin(argsFor(listening), e => client.connectAsync(e));
  const receiving = beginReceive(client, 8);
  const { e } = await succeed(eventArgs(), each => listening.acceptAsync(each));
  await send(tracked(e.acceptSocket as Socket), Uint8Array.of(1, 2));
  expect((await connecting.outcome).e.connectSocket).toBe(client);
  expect((await receiving.outcome).e.bytesTransferred).toBe(2);
});

test('a connection that is reset while it connects with data reports it', async () => {
  const listening = listener();
  const e = argsFor(listening);
  e.setBuffer(new Uint8Array(tooMuch), 0, tooMuch);
  const client = tcpSocket();
  const connecting = begin(e, (each: SocketAsyncEventArgs) => client.connectAsync(each));
  const accepted = await succeed(eventArgs(), each => listening.acceptAsync(each));
  const server = tracked(accepted.e.acceptSocket as Socket);
  await until(() => server.available > 0, 'the first data has arrived');
  server.close(0);
  expect(await errorOf(connecting)).toBe(ConnectionReset);
  expect(e.connectSocket).toBeNull();
  expect(e.bytesTransferred).toBeGreaterThan(0);
  expect(client.connected).toBe(false);
});
