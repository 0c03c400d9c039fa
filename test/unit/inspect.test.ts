// What console.log shows of the two classes: their state, and never what is in a buffer.

import { inspect } from 'node:util';

import {
  AddressFamily,
  Socket,
  SocketAsyncEventArgs,
  type SocketError,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, finish } from '../support/operations.js';
import {
  connectedPair,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { send } from '../support/transfer.js';

const secret = 'hunter2';

/** All the ways in which somebody may print something. */
function printed(value: unknown): string {
  return [
    inspect(value),
    inspect(value, { showHidden: true, depth: Infinity, getters: true }),
    inspect(value, { customInspect: false, depth: Infinity, getters: false }),
    inspect({ nested: [value] }, { depth: Infinity }),
    String(value),
    JSON.stringify(value),
  ].join('\n');
}

describe('event args', () => {
  test('show their state, the last operation and the window', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(64);
    e.setBuffer(2, 32);
    expect(inspect(e)).toBe(
      'SocketAsyncEventArgs { free, None: Success, 0 bytes, window 2+32 of 64 }',
    );
    const receiving = begin(e, each => client.receiveAsync(each));
    expect(inspect(e)).toBe(
      'SocketAsyncEventArgs { in progress, Receive: Success, 0 bytes, window 2+32 of 64 }',
    );
    await send(server, Buffer.from('abc'));
    await receiving.outcome;
    expect(inspect(e)).toBe(
      'SocketAsyncEventArgs { free, Receive: Success, 3 bytes, window 2+32 of 64 }',
    );
    e.dispose();
    expect(inspect(e)).toContain('{ disposed, Receive: Success');
  });

  test('name the error of a failure, and show a number that no error has', async () => {
    const e = eventArgs();
    await finish(e, each => tcpSocket().receiveAsync(each));
    expect(inspect(e)).toContain('Receive: NotConnected');
    e.socketError = 4711 as SocketError;
    expect(inspect(e)).toContain('Receive: 4711');
  });

  test('of a subclass show its name', () => {
    class Mine extends SocketAsyncEventArgs {}
    using e = new Mine();
    expect(inspect(e)).toMatch(/^Mine \{ free/);
    expect(String(e)).toBe('Mine');
  });

  test.each<[string, (e: SocketAsyncEventArgs) => void]>([
    ['a buffer', e => e.setBuffer(Buffer.from(secret), 0, secret.length)],
    ['memory', e => e.setBuffer(Buffer.from(secret))],
    ['a list', e => (e.bufferList = [Buffer.from(secret)])],
    ['a token', e => (e.userToken = { password: secret })],
  ])('show nothing of what is in %s', (_what, set) => {
    const e = eventArgs();
    set(e);
    const text = printed(e);
    for (const form of [secret, Buffer.from(secret).toString('hex'), '68 75 6e', '104, 117']) {
      expect(text).not.toContain(form);
    }
  });
});

describe('a socket', () => {
  test('shows its kind and its state', async () => {
    const { client } = await connectedPair();
    const open = tcpSocket(AddressFamily.InterNetworkV6);
    const listening = listener();
    const bound = udpSocket();
    bound.bind(loopback());
    expect(inspect(open)).toBe('Socket { InterNetworkV6/Stream/Tcp, open }');
    expect(inspect(bound)).toBe('Socket { InterNetwork/Dgram/Udp, bound }');
    expect(inspect(listening)).toBe('Socket { InterNetwork/Stream/Tcp, listening }');
    expect(inspect(client)).toBe('Socket { InterNetwork/Stream/Tcp, connected }');
    client.dispose();
    expect(inspect(client)).toBe('Socket { InterNetwork/Stream/Tcp, closed }');
  });

  test('of a subclass shows its name', () => {
    class Mine extends Socket {}
    using socket = new Mine(AddressFamily.InterNetwork, 1, 6);
    expect(inspect(socket)).toBe('Mine { InterNetwork/Stream/Tcp, open }');
    expect(String(socket)).toBe('Mine');
  });

  test('shows nothing of what was received with it', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(64);
    const receiving = begin(e, each => client.receiveAsync(each));
    await send(server, Buffer.from(secret));
    await receiving.outcome;
    expect(printed(client) + printed(e)).not.toContain(secret);
  });
});

test('showing something changes nothing', () => {
  const socket = tcpSocket();
  socket.dispose();
  const e = eventArgs();
  e.dispose();
  expect(printed(socket)).toBe(printed(socket));
  expect(printed(e)).toBe(printed(e));
});
