// Rows Z-012, Z-018 and Z-019 of the specification: what closing does to the operations in progress,
// and what the peer sees of it.

import { fstatSync } from 'node:fs';

import {
  LingerOption,
  SocketError,
  SocketOptionLevel,
  SocketOptionName,
  SocketShutdown,
  type Socket,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { connectedPair, eventArgs, listener, tcpSocket, udpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receiveAll, receiveOnce, send } from '../support/transfer.js';

const testDescriptor = skipUnless(process.platform !== 'win32', 'handles are no descriptors');

const endOfStream = { error: SocketError.Success, bytes: new Uint8Array(0) };
const reset = { error: SocketError.ConnectionReset, bytes: new Uint8Array(0) };

/** The error that a socket has met and that nobody was told of yet; asking takes it away. */
function pendingError(socket: Socket): SocketError {
  const { Socket: level } = SocketOptionLevel;
  return socket.getSocketOption(level, SocketOptionName.Error) as SocketError;
}

/** Asks later whether the system has closed the descriptor that a socket has now. */
function descriptorOf(socket: Socket): () => boolean {
  const descriptor = socket.handle;
  const { ino } = fstatSync(descriptor);
  return () => {
    try {
      return fstatSync(descriptor).ino !== ino; // the number belongs to somebody else
    } catch {
      return true;
    }
  };
}

describe.each(families)('%s', (_name, family) => {
  test('Z-018 close() ends the stream of the peer', async () => {
    const { client, server } = await connectedPair(family);
    await send(client, Buffer.from('last'));
    client.close();
    expect(Buffer.from((await receiveOnce(server)).bytes).toString()).toBe('last');
    expect(await receiveOnce(server)).toEqual(endOfStream);
    expect(server.connected).toBe(true);
  });

  test('Z-018 close(0) resets the connection', async () => {
    const { client, server } = await connectedPair(family);
    client.close(0);
    expect(await receiveOnce(server)).toEqual(reset);
    expect(server.connected).toBe(false);
  });

  test.each([
    ['close', (socket: Socket) => socket.close()],
    ['dispose', (socket: Socket) => socket.dispose()],
  ])('Z-019 %s with a receive pending resets the connection', async (_how, close) => {
    const { client, server } = await connectedPair(family);
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    close(client);
    expect(await receiveOnce(server)).toEqual(reset);
    const { e, sender } = await receiving.outcome;
    expect(e).toMatchObject({ socketError: SocketError.OperationAborted, bytesTransferred: 0 });
    expect(sender).toBe(client);
  });

  test.each([SocketShutdown.Send, SocketShutdown.Both])(
    'Z-019 after shutdown(%d) it does not, and all that was sent arrives',
    async how => {
      const { client, server } = await connectedPair(family);
      await send(client, Buffer.from('last'));
      const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
      client.shutdown(how);
      client.dispose();
      await receiving.outcome;
      expect(Buffer.from((await receiveOnce(server)).bytes).toString()).toBe('last');
      expect(await receiveOnce(server)).toEqual(endOfStream);
    },
  );
});

test('data that nobody has read resets the connection', async () => {
  const { client, server } = await connectedPair();
  await send(server, new Uint8Array(3));
  await until(() => client.available === 3, 'the data are there');
  client.close();
  expect(await receiveOnce(server)).toEqual(reset);
});

test('a linger time of 0 makes close() reset the connection', async () => {
  const { client, server } = await connectedPair();
  client.lingerState = new LingerOption(true, 0);
  client.close();
  expect(await receiveOnce(server)).toEqual(reset);
});

test('closing again, and disposing, does nothing', async () => {
  const { client, server } = await connectedPair();
  client.close();
  client.close(0);
  client.close(100);
  client.dispose();
  client[Symbol.dispose]();
  expect(await receiveOnce(server)).toEqual(endOfStream);
});

describe('Z-012 closing ends every operation in progress once', () => {
  test('a thousand receives, in the order of their calls, none inside close()', async () => {
    const { client, server } = await connectedPair();
    const count = 1000;
    const order: number[] = [];
    for (let index = 0; index < count; index++) {
      const e = eventArgs(1);
      e.on('completed', (sender, raised) => {
        expect(sender).toBe(client);
        expect(raised).toMatchObject({
          socketError: SocketError.OperationAborted,
          bytesTransferred: 0,
        });
        order.push(index);
      });
      expect(client.receiveAsync(e)).toBe(true);
    }
    client.close();
    expect(order).toHaveLength(0);
    await until(() => order.length >= count, 'all receives have ended');
    await new Promise(resolve => setImmediate(resolve));
    expect(order).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(await receiveOnce(server)).toEqual(reset);
  });

  test('sends and receives, each with what it has moved', async () => {
    const { client } = await connectedPair();
    const large = 20_000_000;
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    const sending = [large, 1].map(size => begin(eventArgs(size), e => client.sendAsync(e)));
    client.close();
    const moved: number[] = [];
    for (const { outcome } of [receiving, ...sending]) {
      const { e } = await outcome;
      expect(e.socketError).toBe(SocketError.OperationAborted);
      moved.push(e.bytesTransferred);
    }
    expect([moved[0], moved[2]]).toEqual([0, 0]);
    expect(moved[1]).toBeGreaterThan(0);
    expect(moved[1]).toBeLessThan(large);
  });

  test('a handler may close other sockets, whose operations end too', async () => {
    const [first, second] = [await connectedPair(), await connectedPair()];
    const one = begin(eventArgs(1), e => first.client.receiveAsync(e));
    const other = begin(eventArgs(1), e => second.client.receiveAsync(e));
    const closing = one.outcome.then(() => second.client.close());
    first.client.close();
    await closing;
    expect((await other.outcome).e.socketError).toBe(SocketError.OperationAborted);
  });
});

describe('close(timeout)', () => {
  const brief = 100; // milliseconds; what is tested, not a pause
  const long = 60_000; // longer than any test

  testDescriptor('closes in order as soon as the peer ends its side', async () => {
    const { client, server } = await connectedPair();
    await send(client, Buffer.from('last'));
    const isClosed = descriptorOf(client);
    client.close(long);
    expect(thrownBy(() => client.available)).toBe('ObjectDisposedException');
    expect((await receiveOnce(server)).bytes).toHaveLength(4);
    expect(await receiveOnce(server)).toEqual(endOfStream);
    expect(isClosed()).toBe(false);
    server.shutdown(SocketShutdown.Send);
    await until(isClosed, 'the descriptor is closed');
    expect(pendingError(server)).toBe(SocketError.Success);
  });

  testDescriptor('closes at once if the peer has ended its side before', async () => {
    const { client, server } = await connectedPair();
    server.shutdown(SocketShutdown.Send);
    expect(await receiveOnce(client)).toEqual(endOfStream);
    const isClosed = descriptorOf(client);
    client.close(long);
    await until(isClosed, 'the descriptor is closed');
    expect(await receiveOnce(server)).toEqual(endOfStream);
  });

  test('resets the connection when the time is over', async () => {
    const { client, server } = await connectedPair();
    const started = performance.now();
    client.close(brief);
    expect(await receiveOnce(server)).toEqual(endOfStream);
    // The system tells a side that has seen the end of the other's of a reset in this way.
    await until(() => pendingError(server) === SocketError.Shutdown, 'the peer is reset');
    expect(performance.now() - started).toBeGreaterThan(brief * 0.9);
    const sending = eventArgs(1);
    await finish(sending, e => server.sendAsync(e));
    expect(sending.socketError).toBe(SocketError.Shutdown);
  });

  test.each(['before', 'after'])('resets the connection for data that come %s it', async when => {
    const { client, server } = await connectedPair();
    if (when === 'before') {
      await send(server, new Uint8Array(1));
      await until(() => client.available === 1, 'the data are there');
    }
    client.close(long);
    if (when === 'after') await send(server, new Uint8Array(1));
    expect((await receiveOnce(server)).bytes).toHaveLength(0);
    await until(() => pendingError(server) !== SocketError.Success, 'the peer is reset');
  });

  test('ends the operations in progress at once, and the stream of the peer in order', async () => {
    const { client, server } = await connectedPair();
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    client.close(long);
    expect((await receiving.outcome).e.socketError).toBe(SocketError.OperationAborted);
    expect(await receiveOnce(server)).toEqual(endOfStream);
  });

  test.each([
    ['a socket that was never connected', tcpSocket],
    ['a listener', listener],
    ['a datagram socket', udpSocket],
  ])('closes %s', async (_kind, make) => {
    const socket = make();
    const isClosed = process.platform === 'win32' ? () => true : descriptorOf(socket);
    socket.close(brief);
    await until(isClosed, 'the descriptor is closed');
    expect(thrownBy(() => socket.available)).toBe('ObjectDisposedException');
  });

  test('V-035 refuses what is no time, and closes nothing', async () => {
    const { client } = await connectedPair();
    for (const timeout of [-2, 1.5, Number.NaN, 2 ** 31]) {
      const start = (): void => client.close(timeout);
      expect(thrownBy(start)).toBe('ArgumentOutOfRangeException(timeout)');
    }
    expect(client.connected).toBe(true);
  });
});

test.each([
  ['close()', (socket: Socket) => socket.close()],
  [
    'disconnectAsync() with reuse',
    (socket: Socket) => {
      const e = eventArgs();
      e.disconnectReuseSocket = true;
      socket.disconnectAsync(e);
    },
  ],
])(
  '%s does not wait for the peer, whatever lingerState says, and loses nothing',
  async (_, end) => {
    const seconds = 60;
    const { client, server } = await connectedPair();
    client.receiveBufferSize = 4096; // so that most of it has not left when the socket closes
    server.sendBufferSize = 4 << 20;
    server.lingerState = new LingerOption(true, seconds);
    const bytes = new Uint8Array(128 << 10).fill(7);
    await send(server, bytes);
    const begun = performance.now();
    end(server);
    expect(performance.now() - begun).toBeLessThan((seconds / 2) * 1000);
    expect(await receiveAll(client)).toEqual(bytes);
  },
);
