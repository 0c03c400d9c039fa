// The property Connected (2.1.4 and rows Z-014, Z-024 and Z-025 of the specification): the state as
// of the last operation, lowered by what fails.

import {
  SocketError,
  SocketFlags,
  SocketOptionLevel,
  type SocketOptionName,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, finish } from '../support/operations.js';
import { connectedPair, eventArgs, loopback, tcpSocket, udpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receiveOnce, send } from '../support/transfer.js';

async function sendOnce(socket: Socket, e = eventArgs(1)): Promise<SocketError> {
  await finish(e, each => socket.sendAsync(each));
  return e.socketError;
}

test('Z-025 it stays when a receive meets the end of the stream', async () => {
  const { client, server } = await connectedPair();
  server.dispose();
  expect((await receiveOnce(client)).bytes).toHaveLength(0);
  expect(client.connected).toBe(true);
});

test('it stays when the peer goes unnoticed', async () => {
  const { client, server } = await connectedPair();
  const remote = client.remoteEndPoint;
  server.close(0);
  expect(client.connected).toBe(true);
  expect(client.remoteEndPoint).toBe(remote);
});

test('Z-025 it falls when a send fails', async () => {
  const { client, server } = await connectedPair();
  server.dispose();
  const errors: SocketError[] = [];
  while (client.connected) errors.push(await sendOnce(client));
  // The first goes out, and what it meets comes back in time for one of the next.
  expect(errors[0]).toBe(SocketError.Success);
  expect([SocketError.Shutdown, SocketError.ConnectionReset]).toContain(errors.at(-1));
});

test('it falls when a receive is reset, and the endpoints can still be told', async () => {
  const { client, server } = await connectedPair();
  const { remoteEndPoint, localEndPoint } = server;
  client.close(0);
  expect((await receiveOnce(server)).error).toBe(SocketError.ConnectionReset);
  expect(server).toMatchObject({ connected: false, isBound: true });
  expect(server.remoteEndPoint).toBe(remoteEndPoint);
  expect(server.localEndPoint).toBe(localEndPoint);
});

test.each([SocketShutdown.Receive, SocketShutdown.Send, SocketShutdown.Both])(
  'it falls when the socket is shut down, in whatever way: %d',
  async how => {
    const { client } = await connectedPair();
    const { remoteEndPoint } = client;
    client.shutdown(how);
    expect(client).toMatchObject({ connected: false, isBound: true });
    expect(client.remoteEndPoint).toBe(remoteEndPoint);
    client.shutdown(SocketShutdown.Both);
  },
);

test('it falls when the socket is closed, and can still be asked', async () => {
  const { client } = await connectedPair();
  client.close();
  expect(client).toMatchObject({ connected: false, isBound: true, handle: -1 });
});

test.each<[string, (socket: Socket) => unknown]>([
  ['bind', socket => socket.bind(loopback())],
  ['listen', socket => socket.listen()],
  ['shutdown', socket => socket.shutdown(9 as SocketShutdown)],
])('it falls when a call fails: %s', async (_name, call) => {
  const { client } = await connectedPair();
  expect(thrownBy(() => call(client))).toBe('SocketException(InvalidArgument)');
  expect(client.connected).toBe(false);
});

test('Z-017 it falls when an operation cannot have the flags it was given', async () => {
  const { client } = await connectedPair();
  const e = eventArgs(1);
  e.socketFlags = SocketFlags.Partial;
  await finish(e, each => client.receiveAsync(each));
  expect(e).toMatchObject({
    socketError: SocketError.OperationNotSupported,
    socketFlags: SocketFlags.None,
  });
  expect(client.connected).toBe(false);
});

test('O-025 it stays when an option is not supported', async () => {
  const { client } = await connectedPair();
  const unsupported = 9999 as SocketOptionName;
  const ask = (): unknown => client.getSocketOption(SocketOptionLevel.Tcp, unsupported);
  expect(thrownBy(ask)).toBe('SocketException(OperationNotSupported)');
  expect(client.connected).toBe(true);
});

test('it stays through the use that is made of one direction only', async () => {
  const { client, server } = await connectedPair();
  server.shutdown(SocketShutdown.Send);
  expect((await receiveOnce(client)).bytes).toHaveLength(0);
  await send(client, Buffer.from('still'));
  expect((await receiveOnce(server)).bytes).toHaveLength(5);
  expect([client.connected, server.connected]).toEqual([true, false]);
});

test('Z-014 it falls when the peer resets in the middle of a send', async () => {
  const { client, server } = await connectedPair();
  const size = 20_000_000;
  const sending = begin(eventArgs(size), e => client.sendAsync(e));
  await until(() => server.available > 0, 'data arrive');
  server.close(0);
  const { e } = await sending.outcome;
  expect([SocketError.ConnectionReset, SocketError.Shutdown]).toContain(e.socketError);
  expect(e.bytesTransferred).toBeGreaterThan(0);
  expect(e.bytesTransferred).toBeLessThan(size);
  expect(client.connected).toBe(false);
});

describe('Z-024 a send that nobody can receive', () => {
  let signals = 0;
  const count = (): void => {
    signals++;
  };
  beforeAll(() => {
    process.on('SIGPIPE', count);
  });
  afterAll(async () => {
    await new Promise(resolve => setImmediate(resolve));
    process.off('SIGPIPE', count);
    expect(signals).toBe(0);
  });

  test('fails with Shutdown after the own end of the stream', async () => {
    const { client } = await connectedPair();
    client.shutdown(SocketShutdown.Send);
    for (const e of [eventArgs(1), eventArgs(), listArgs()]) {
      expect(await sendOnce(client, e)).toBe(SocketError.Shutdown);
      expect(e.bytesTransferred).toBe(0);
    }
  });

  test('fails with Shutdown without a connection', async () => {
    expect(await sendOnce(tcpSocket())).toBe(SocketError.Shutdown);
    expect((await receiveOnce(tcpSocket())).error).toBe(SocketError.NotConnected);
  });

  test('fails with Shutdown when it waits, and the socket is shut down', async () => {
    const { client } = await connectedPair();
    const sending = begin(eventArgs(20_000_000), e => client.sendAsync(e));
    client.shutdown(SocketShutdown.Send);
    const { e } = await sending.outcome;
    expect(e.socketError).toBe(SocketError.Shutdown);
    expect(e.bytesTransferred).toBeGreaterThan(0);
  });

  function listArgs(): SocketAsyncEventArgs {
    const e = eventArgs();
    e.bufferList = [new Uint8Array(1), new Uint8Array(1)];
    return e;
  }
});

describe('shutdown', () => {
  test.each([
    ['a socket that was never connected', tcpSocket],
    ['O-003 a datagram socket', udpSocket],
  ])('fails with NotConnected: %s', (_kind, make) => {
    const shutDown = (): void => make().shutdown(SocketShutdown.Both);
    expect(thrownBy(shutDown)).toBe('SocketException(NotConnected)');
  });

  test('is no failure when the connection has gone', async () => {
    const { client, server } = await connectedPair();
    server.close(0);
    expect((await receiveOnce(client)).error).toBe(SocketError.ConnectionReset);
    client.shutdown(SocketShutdown.Both);
    client.shutdown(SocketShutdown.Send);
    expect(client.connected).toBe(false);
  });

  test('for receiving ends a receive that waits with 0 bytes, and sending goes on', async () => {
    const { client, server } = await connectedPair();
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    client.shutdown(SocketShutdown.Receive);
    const { e } = await receiving.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 0 });
    await send(client, Buffer.from('on'));
    expect((await receiveOnce(server)).bytes).toHaveLength(2);
  });
});
