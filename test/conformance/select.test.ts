// Section 1.6 of the specification: poll and select, as far as they need not wait.

import { SelectMode, Socket, SocketFlags, SocketShutdown } from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  connectTo,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { ae, aoore, thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const { SelectRead, SelectWrite, SelectError } = SelectMode;

/** Which modes a socket is ready for: `read`, `write`, `error`. */
function readiness(socket: Socket): string {
  const modes = { read: SelectRead, write: SelectWrite, error: SelectError };
  const ready = Object.entries(modes).filter(([, mode]) => socket.poll(0, mode));
  return ready.map(([name]) => name).join(' ');
}

async function becomes(socket: Socket, expected: string): Promise<void> {
  await until(() => readiness(socket) === expected, `the socket is ready to ${expected}`);
}

describe('poll', () => {
  test('finds a fresh stream ready to fail', () => {
    expect(readiness(tcpSocket())).toBe('read write');
  });

  test('finds a fresh datagram socket ready to send', () => {
    expect(readiness(udpSocket())).toBe('write');
  });

  test('finds a listener ready when a connection has come', async () => {
    const listening = listener();
    expect(readiness(listening)).toBe('');
    await connectTo(listening);
    await becomes(listening, 'read');
  });

  test('finds data, and the end of a stream', async () => {
    const { client, server } = await connectedPair();
    expect(readiness(client)).toBe('write');
    await send(server, Buffer.from('a'));
    await becomes(client, 'read write');
    await receive(client, 1);
    expect(readiness(client)).toBe('write');
    server.shutdown(SocketShutdown.Send);
    await becomes(client, 'read write');
  });

  test('finds urgent data, and an error', async () => {
    const { client, server } = await connectedPair();
    const urgent = eventArgs(Buffer.from('!'));
    urgent.socketFlags = SocketFlags.OutOfBand;
    await succeed(urgent, e => server.sendAsync(e));
    await becomes(client, 'write error');
    server.close(0);
    await becomes(client, 'read write error');
  });

  test('finds the error that a datagram has met', async () => {
    const gone = udpSocket();
    gone.bind(loopback());
    const socket = udpSocket();
    const e = argsFor(gone);
    gone.dispose();
    await succeed(e, each => socket.connectAsync(each));
    await send(socket, Buffer.from('a'));
    await becomes(socket, 'write error');
  });

  test.each([3, -1])('finds no socket ready for mode %d, which is none', mode => {
    expect(tcpSocket().poll(0, mode as SelectMode)).toBe(false);
  });

  test.each([1, -1, 1000, 2 ** 31 - 1])('does not wait: %d', microSeconds => {
    const socket = tcpSocket();
    for (const mode of [SelectRead, SelectWrite, SelectError]) {
      expect(thrownBy(() => socket.poll(microSeconds, mode))).toBe('NotSupportedException');
    }
  });
});

describe('select', () => {
  test('leaves those that are ready, in their order', async () => {
    const { client, server } = await connectedPair();
    const [fresh, datagrams] = [tcpSocket(), udpSocket()];
    await send(server, Buffer.from('a'));
    await becomes(client, 'read write');
    const all = [datagrams, client, server, fresh];
    const [read, write, error] = [[...all], [...all], [...all]];
    Socket.select(read, write, error, 0);
    expect(read).toEqual([client, fresh]);
    expect(write).toEqual(all);
    expect(error).toEqual([]);
  });

  test('takes a list alone, and a socket more than once', () => {
    const socket = tcpSocket();
    for (const position of [0, 1]) {
      const list = [socket, socket, socket];
      const lists = [null, null, null].map((none, i) => (i === position ? list : none));
      Socket.select(lists[0], lists[1], lists[2], 0);
      expect(list).toHaveLength(3);
    }
    const list = [socket];
    Socket.select([], null, list, 0);
    expect(list).toEqual([]);
  });

  const one = (): Socket[] => [udpSocket()];
  const many = (): Socket[] => Array<Socket>(65_537).fill(tcpSocket());
  const noSockets = ['x', null, undefined, {}, 3] as unknown as Socket[];

  test.each<[string, () => void, string]>([
    ['no lists', () => Socket.select(null, null, null, 0), 'ArgumentNullException(no name)'],
    ['empty lists', () => Socket.select([], null, [], -1), 'ArgumentNullException(no name)'],
    ['too many to read', () => Socket.select(many(), null, null, 0), aoore('checkRead')],
    ['too many to write', () => Socket.select(null, many(), null, 0), aoore('checkWrite')],
    ['too many errors', () => Socket.select(one(), null, many(), 0), aoore('checkError')],
    ['time to wait', () => Socket.select(one(), null, null, 1), 'NotSupportedException'],
    ['endless time', () => Socket.select(one(), null, null, -1), 'NotSupportedException'],
    ...noSockets.map(
      each =>
        [`${each} for a socket`, () => Socket.select([each], null, null, 0), ae('socketList')] as [
          string,
          () => void,
          string,
        ],
    ),
  ])('refuses %s', (_what, call, thrown) => {
    expect(thrownBy(call)).toBe(thrown);
  });

  test('takes as many as .NET does', () => {
    const list = many().slice(1);
    Socket.select(null, list, null, 0);
    expect(list).toHaveLength(65_536);
  });

  test('changes no list if a socket is disposed', () => {
    const [open, disposed] = [udpSocket(), udpSocket()];
    disposed.dispose();
    const [read, write] = [[open], [open, disposed]];
    expect(thrownBy(() => Socket.select(read, write, null, 0))).toBe('ObjectDisposedException');
    expect([read, write]).toEqual([[open], [open, disposed]]);
  });
});
