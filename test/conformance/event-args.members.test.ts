// Rows S-001 to S-004, S-041 and S-056 of the specification: the plain members of event args.

import {
  IPAddress,
  IPEndPoint,
  Socket,
  SocketAsyncOperation,
  SocketClientAccessPolicyProtocol,
  SocketError,
  SocketFlags,
  TransmitFileOptions,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  eventArgs,
  listener,
  refusing,
  tcpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

test('S-056 new event args have the defaults of .NET', () => {
  const e = eventArgs();
  expect({
    acceptSocket: e.acceptSocket,
    buffer: e.buffer,
    bufferList: e.bufferList,
    bytesTransferred: e.bytesTransferred,
    connectByNameError: e.connectByNameError,
    connectSocket: e.connectSocket,
    count: e.count,
    disconnectReuseSocket: e.disconnectReuseSocket,
    lastOperation: e.lastOperation,
    memoryBuffer: e.memoryBuffer,
    offset: e.offset,
    remoteEndPoint: e.remoteEndPoint,
    sendPacketsElements: e.sendPacketsElements,
    sendPacketsFlags: e.sendPacketsFlags,
    sendPacketsSendSize: e.sendPacketsSendSize,
    socketClientAccessPolicyProtocol: e.socketClientAccessPolicyProtocol,
    socketError: e.socketError,
    socketFlags: e.socketFlags,
    userToken: e.userToken,
  }).toEqual({
    acceptSocket: null,
    buffer: null,
    bufferList: null,
    bytesTransferred: 0,
    connectByNameError: null,
    connectSocket: null,
    count: 0,
    disconnectReuseSocket: false,
    lastOperation: SocketAsyncOperation.None,
    memoryBuffer: new Uint8Array(0),
    offset: 0,
    remoteEndPoint: null,
    sendPacketsElements: null,
    sendPacketsFlags: TransmitFileOptions.UseDefaultWorkerThread,
    sendPacketsSendSize: 0,
    socketClientAccessPolicyProtocol: SocketClientAccessPolicyProtocol.Tcp,
    socketError: SocketError.Success,
    socketFlags: SocketFlags.None,
    userToken: null,
  });
});

test('S-056 new event args have packet information without an address', () => {
  const { receiveMessageFromPacketInfo } = eventArgs();
  expect(receiveMessageFromPacketInfo.address).toBeNull();
  expect(receiveMessageFromPacketInfo.interface).toBe(0);
});

// What is set is what is read, also for numbers that no enum names: an enum of .NET takes any int.
test.each<[row: string, name: string, values: unknown[]]>([
  ['S-001', 'userToken', [{ any: 'object' }, 'text', 7, Symbol('token'), undefined, null]],
  ['S-002', 'socketFlags', [SocketFlags.Broadcast, SocketFlags.Peek | SocketFlags.OutOfBand, -1]],
  ['S-003', 'sendPacketsSendSize', [4, 0, -9, 0x7fffffff]],
  ['S-004', 'sendPacketsFlags', [0, TransmitFileOptions.Disconnect, -5]],
  ['S-056', 'socketError', [SocketError.ConnectionReset, SocketError.SocketError, -77]],
  ['S-056', 'disconnectReuseSocket', [true, false]],
  ['S-056', 'remoteEndPoint', [new IPEndPoint(IPAddress.Loopback, 1), null]],
  ['S-056', 'sendPacketsElements', [[], [null], null]],
  ['S-056', 'socketClientAccessPolicyProtocol', [SocketClientAccessPolicyProtocol.Http]],
])('%s %s keeps what it was set to', (_row, name, values) => {
  const e = eventArgs() as unknown as Record<string, unknown>;
  for (const value of values) {
    e[name] = value;
    expect(e[name]).toBe(value);
  }
});

test('S-056 acceptSocket keeps the socket it was set to', () => {
  const e = eventArgs();
  const socket = tcpSocket();
  e.acceptSocket = socket;
  expect(e.acceptSocket).toBe(socket);
  e.acceptSocket = null;
  expect(e.acceptSocket).toBeNull();
});

const readOnly = [
  'buffer',
  'bytesTransferred',
  'connectByNameError',
  'connectSocket',
  'count',
  'lastOperation',
  'memoryBuffer',
  'offset',
  'receiveMessageFromPacketInfo',
];

test.each(readOnly)('S-056 %s cannot be set', name => {
  const e = eventArgs() as unknown as Record<string, unknown>;
  expect(thrownBy(() => (e[name] = 1))).toBe('TypeError');
});

test('an operation changes lastOperation alone at its start, and the results at its end', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(4);
  e.socketError = SocketError.HostDown;
  e.userToken = client;
  const receiving = begin(e, each => client.receiveAsync(each));
  expect(receiving.isPending).toBe(true);
  expect(e.lastOperation).toBe(SocketAsyncOperation.Receive);
  expect(e.socketError).toBe(SocketError.HostDown);
  expect(e.bytesTransferred).toBe(0);
  await send(server, Buffer.from('ab'));
  await receiving.outcome;
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(2);
  expect(e.userToken).toBe(client);
});

test('each completion overwrites socketFlags and bytesTransferred', async () => {
  const { client, server } = await connectedPair();
  await send(server, Buffer.from('ab'));
  const e = eventArgs(4);
  e.socketFlags = SocketFlags.Peek;
  await succeed(e, each => client.receiveAsync(each));
  expect(e.socketFlags).toBe(SocketFlags.None);
  expect(e.bytesTransferred).toBe(2);
  e.setBuffer(0, 1);
  await succeed(e, each => client.receiveAsync(each));
  expect(e.bytesTransferred).toBe(1);
  client.shutdown(1);
  await finish(e, each => client.sendAsync(each));
  expect(e.socketError).toBe(SocketError.Shutdown);
  expect(e.bytesTransferred).toBe(0);
});

test('the plain members can be set while an operation is pending, without effect on it', async () => {
  const { client, server } = await connectedPair();
  const e = eventArgs(4);
  const receiving = begin(e, each => client.receiveAsync(each));
  e.socketFlags = SocketFlags.Peek;
  e.remoteEndPoint = new IPEndPoint(IPAddress.Any, 9);
  e.acceptSocket = client;
  await send(server, Buffer.from('ab'));
  await receiving.outcome;
  expect(e.bytesTransferred).toBe(2);
  expect(client.available).toBe(0);
  expect(e.acceptSocket).toBe(client);
  expect(String(e.remoteEndPoint)).toBe('0.0.0.0:9');
});

describe('connectSocket', () => {
  test('is the socket after a connect, and null while the next one is pending and after it failed', async () => {
    const first = tcpSocket();
    const e = argsFor(listener());
    await succeed(e, each => first.connectAsync(each));
    expect(e.connectSocket).toBe(first);
    e.remoteEndPoint = refusing().localEndPoint;
    const connecting = begin(e, each => tcpSocket().connectAsync(each));
    expect(e.connectSocket).toBeNull();
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.ConnectionRefused);
    expect(e.connectSocket).toBeNull();
  });

  test('is left alone by other operations', async () => {
    const client = tcpSocket();
    const e = argsFor(listener());
    await succeed(e, each => client.connectAsync(each));
    await succeed(e, each => client.sendAsync(each));
    expect(e.connectSocket).toBe(client);
  });
});

describe('acceptAsync with a buffer', () => {
  // What the buffer would have to hold besides data: two addresses of the family, as on Windows.
  test.each([
    [63, 'ArgumentException(Count)'],
    [64, 'PlatformNotSupportedException'],
    [1024, 'PlatformNotSupportedException'],
  ])('S-041 of %d bytes throws %s and leaves the event args free', async (size, exception) => {
    const listening = listener();
    const e = eventArgs(size);
    expect(thrownBy(() => listening.acceptAsync(e))).toBe(exception);
    e.setBuffer(null, 0, 0);
    const accepting = begin(e, each => listening.acceptAsync(each));
    await succeed(argsFor(listening), each => tcpSocket().connectAsync(each));
    await accepting.outcome;
    expect(e.acceptSocket).toBeInstanceOf(Socket);
    e.acceptSocket?.dispose();
  });
});
