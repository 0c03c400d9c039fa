// Rows S-029, S-037 and S-038 of the specification: the same event args, again and again.

import { type Socket, SocketAsyncOperation } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { connectedPair, eventArgs, listener, argsFor, tcpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

const rounds = 10;

test('S-029 a handler runs for each pending operation until it is removed', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  const ran: string[] = [];
  const removed = (): void => void ran.push('removed');
  e.on('completed', () => void ran.push('kept'));
  e.on('completed', removed);
  for (const expected of [
    ['kept', 'removed'],
    ['kept', 'removed', 'kept'],
  ]) {
    const receiving = begin(e, each => client.receiveAsync(each));
    expect(receiving.isPending).toBe(true);
    await send(server, Buffer.from('a'));
    await receiving.outcome;
    expect(ran).toEqual(expected);
    e.off('completed', removed);
  }
});

test('no event is raised for an operation that finished at once', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  const raised: unknown[] = [];
  e.on('completed', sender => void raised.push(sender));
  await send(server, Buffer.from('a'));
  const waiting = eventArgs(); // a receive without a buffer: there is something to receive
  await succeed(waiting, each => client.receiveAsync(each));
  expect(client.receiveAsync(e)).toBe(false);
  expect(e.bytesTransferred).toBe(1);
  await new Promise(resolve => setImmediate(resolve));
  await new Promise(resolve => setImmediate(resolve));
  expect(raised).toEqual([]);
});

test('S-037 one event args object sends on one socket and receives on another, in turn', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1024);
  const buffer = e.buffer as Uint8Array;
  for (let round = 0; round < rounds; round++) {
    buffer[0] = 42 + round;
    e.setBuffer(0, 1);
    await succeed(e, each => server.sendAsync(each));
    expect(e.bytesTransferred).toBe(1);
    buffer[0] = 0;
    await succeed(e, each => client.receiveAsync(each));
    expect(e.bytesTransferred).toBe(1);
    expect(buffer[0]).toBe(42 + round);
  }
});

test('S-038 a list that is changed after it was assigned moves the segments of before', async () => {
  const { client, server } = await connectedPair();
  const [sent, received] = [new Uint8Array(4), new Uint8Array(4)];
  const [sender, receiver] = [eventArgs(), eventArgs()];
  const [sendList, receiveList] = [[sent.subarray(0, 1)], [received.subarray(0, 1)]];
  sender.bufferList = sendList;
  receiver.bufferList = receiveList;
  for (let round = 0; round < rounds; round++) {
    sent.set([42 + round, 0, 0, 0]);
    received.fill(0);
    await succeed(sender, each => server.sendAsync(each));
    await succeed(receiver, each => client.receiveAsync(each));
    expect(sender.bytesTransferred).toBe(1);
    expect(receiver.bytesTransferred).toBe(1);
    expect([...received]).toEqual([42 + round, 0, 0, 0]);
    sendList[0] = sent.subarray(1, 2);
    sendList.push(sent.subarray(2, 3));
    receiveList[0] = received.subarray(1, 2);
    receiveList.push(received.subarray(2, 3));
  }
  expect(sender.bufferList).toBe(sendList);
});

test('S-038 a list that is assigned again moves the segments of now', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs();
  const list = [Buffer.from('a')];
  e.bufferList = list;
  list.push(Buffer.from('bc'));
  e.bufferList = list;
  await succeed(e, each => server.sendAsync(each));
  expect(e.bytesTransferred).toBe(3);
  const receiver = eventArgs(8);
  await succeed(receiver, each => client.receiveAsync(each));
  expect(Buffer.from(receiver.memoryBuffer).toString('latin1', 0, 3)).toBe('abc');
});

test('a handler can start the next operation with the same event args', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(1);
  const got: string[] = [];
  await new Promise<void>(resolve => {
    const take = (): void => {
      got.push(Buffer.from(e.memoryBuffer).toString('latin1'));
      if (got.length === rounds) resolve();
      else if (!client.receiveAsync(e)) take();
    };
    e.on('completed', take);
    expect(client.receiveAsync(e)).toBe(true);
    void send(server, Buffer.from('0123456789'));
  });
  expect(got.join('')).toBe('0123456789');
});

test('event args in use are refused by all operations, on any socket, and go on undisturbed', async () => {
  const { client, server } = await connectedPair();
  const listening = listener();
  const e = eventArgs(1);
  e.remoteEndPoint = listening.localEndPoint;
  const receiving = begin(e, each => client.receiveAsync(each));
  const starts = [
    () => client.receiveAsync(e),
    () => server.receiveAsync(e),
    () => client.sendAsync(e),
    () => client.disconnectAsync(e),
    () => tcpSocket().connectAsync(e),
    () => listening.acceptAsync(e),
  ];
  for (const start of starts) expect(thrownBy(start)).toBe('InvalidOperationException');
  await send(server, Buffer.from('a'));
  expect((await receiving.outcome).sender).toBe(client);
  expect(e.bytesTransferred).toBe(1);
  expect(e.lastOperation).toBe(SocketAsyncOperation.Receive);
});

test('event args go from verb to verb: accept, receive, send, disconnect', async () => {
  const listening = listener();
  const client = tcpSocket();
  const e = eventArgs();
  const accepting = begin(e, each => listening.acceptAsync(each));
  await succeed(argsFor(listening), each => client.connectAsync(each));
  await accepting.outcome;
  const accepted = e.acceptSocket as Socket;
  await send(client, Buffer.from('abc'));
  e.setBuffer(new Uint8Array(8), 0, 8);
  await succeed(e, each => accepted.receiveAsync(each));
  e.setBuffer(0, e.bytesTransferred);
  await succeed(e, each => accepted.sendAsync(each));
  expect(e.bytesTransferred).toBe(3);
  await succeed(e, each => accepted.disconnectAsync(each));
  expect(accepted.connected).toBe(false);
  accepted.dispose();
});
