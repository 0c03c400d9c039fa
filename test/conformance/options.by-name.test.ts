// Section 1.6 and 1.8 and rows O-023 … O-025 and O-028 of the specification: options by level and
// name, in every form that a value can have. Raw ones, and those of our own, are in
// options.extra.test.ts.

import {
  AddressFamily,
  LingerOption,
  SelectMode,
  SocketError,
  SocketOptionLevel as Level,
  SocketOptionName as Name,
  SocketShutdown,
  type Socket,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { finish, succeed } from '../support/operations.js';
import {
  acceptFrom,
  argsFor,
  connectedPair,
  connectTo,
  endPointOf,
  listener,
  loopback,
  refusing,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';

const { InterNetwork: v4 } = AddressFamily;
const refused = (error: string): string => `SocketException(${error})`;
const unsupported = refused('OperationNotSupported');
const invalid = refused('InvalidArgument');

function bytesOf(...values: number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

type Form = readonly [name: string, set: (socket: Socket, value: number) => void];

const forms: readonly Form[] = [
  ['a number', (socket, value) => socket.setSocketOption(Level.Socket, Name.KeepAlive, value)],
  [
    'a boolean',
    (socket, value) => socket.setSocketOption(Level.Socket, Name.KeepAlive, value !== 0),
  ],
  [
    'bytes',
    (socket, value) => socket.setSocketOption(Level.Socket, Name.KeepAlive, bytesOf(value)),
  ],
];

describe.each(families)('%s', (_name, family) => {
  test.each(forms)('an option is set by %s', (_form, set) => {
    const socket = tcpSocket(family);
    expect(socket.getSocketOption(Level.Socket, Name.KeepAlive)).toBe(0);
    for (const value of [1, 0, 1]) {
      set(socket, value);
      expect(socket.getSocketOption(Level.Socket, Name.KeepAlive)).toBe(value);
    }
  });

  test.each([
    ['TcpKeepAliveTime', Name.TcpKeepAliveTime, 77],
    ['TcpKeepAliveInterval', Name.TcpKeepAliveInterval, 3],
    ['TcpKeepAliveRetryCount', Name.TcpKeepAliveRetryCount, 5],
    ['FastOpen', Name.FastOpen, 4],
    ['NoDelay', Name.NoDelay, 1],
  ])('%s is what was set', (_option, name, value) => {
    const socket = tcpSocket(family);
    socket.setSocketOption(Level.Tcp, name, value);
    expect(socket.getSocketOption(Level.Tcp, name)).toBe(value);
    expect(socket.getSocketOption(Level.Socket, Name.KeepAlive)).toBe(0); // not turned on by them
  });

  test('O-028 the hops of multicast packets are what was set', () => {
    const socket = udpSocket(family);
    const level = family === v4 ? Level.IP : Level.IPv6;
    for (const hops of [0, 1, 255]) {
      socket.setSocketOption(level, Name.MulticastTimeToLive, hops);
      expect(socket.getSocketOption(level, Name.MulticastTimeToLive)).toBe(hops);
    }
    const set = (): void => socket.setSocketOption(level, Name.MulticastTimeToLive, 256);
    expect(thrownBy(set)).toBe(invalid);
    socket.setSocketOption(level, Name.MulticastTimeToLive, -1);
    expect(socket.getSocketOption(level, Name.MulticastTimeToLive)).toBe(1); // the default
  });

  test('a buffer size that a listener has been given is that of what it accepts', async () => {
    const listening = tcpSocket(family);
    listening.setSocketOption(Level.Socket, Name.ReceiveBuffer, 30_000);
    listening.setSocketOption(Level.Socket, Name.SendBuffer, 20_000);
    listening.bind(loopback(family));
    listening.listen();
    await connectTo(listening);
    const accepted = await acceptFrom(listening);
    for (const name of ['receiveBufferSize', 'sendBufferSize'] as const) {
      expect(accepted[name]).toBe(listening[name]);
    }
  });

  test('a buffer size that was set before connecting stays', async () => {
    const socket = tcpSocket(family);
    socket.setSocketOption(Level.Socket, Name.ReceiveBuffer, 30_000);
    const size = socket.receiveBufferSize;
    await succeed(argsFor(listener(family)), e => socket.connectAsync(e));
    expect(socket.receiveBufferSize).toBe(size);
  });

  test('O-023 AcceptConnection tells whether a socket listens', () => {
    const socket = tcpSocket(family);
    const isListening = (): number => socket.getSocketOption(Level.Socket, Name.AcceptConnection);
    expect(isListening()).toBe(0);
    socket.bind(loopback(family));
    expect(isListening()).toBe(0);
    socket.listen();
    expect(isListening()).not.toBe(0);
  });

  test('Type is the type', () => {
    expect(tcpSocket(family).getSocketOption(Level.Socket, Name.Type)).toBe(1);
    expect(udpSocket(family).getSocketOption(Level.Socket, Name.Type)).toBe(2);
  });
});

describe('the linger option', () => {
  test('is an object, the same as lingerState', () => {
    const socket = tcpSocket();
    const given = new LingerOption(true, 9);
    socket.setSocketOption(Level.Socket, Name.Linger, given);
    expect(socket.getSocketOption(Level.Socket, Name.Linger)).toEqual(given);
    expect(socket.lingerState).toEqual(given);
    expect(socket.getSocketOption(Level.Socket, Name.Linger, 8)).toEqual(bytesOf(1, 9));
  });

  test('cannot be a number', () => {
    const socket = tcpSocket();
    const set = (): void => socket.setSocketOption(Level.Socket, Name.Linger, 1);
    expect(thrownBy(set)).toBe(invalid);
    expect(socket.lingerState.enabled).toBe(false);
  });
});

describe('the bytes of an option', () => {
  const get = (length: number): Uint8Array =>
    tcpSocket().getSocketOption(Level.Socket, Name.SendBuffer, length);

  test.each([0, 2, 4, 8, 1000])('are at most as many as are asked for: %d', length => {
    const size = bytesOf(tcpSocket().sendBufferSize);
    expect(get(length)).toEqual(size.subarray(0, length));
  });

  test('cannot be fewer than none', () => {
    expect(thrownBy(() => get(-1))).toBe('OverflowException');
  });

  test('fill the beginning of what they are read into', () => {
    const socket = tcpSocket();
    const [large, small] = [new Uint8Array(8).fill(9), new Uint8Array(2).fill(9)];
    for (const target of [large, small]) {
      expect(socket.getSocketOption(Level.Socket, Name.SendBuffer, target)).toBeUndefined();
    }
    const size = bytesOf(socket.sendBufferSize);
    expect([...large]).toEqual([...size, 9, 9, 9, 9]);
    expect(small).toEqual(size.subarray(0, 2));
  });

  test('are read into a part of a buffer, and nothing beside it is touched', () => {
    const whole = new Uint8Array(12).fill(9);
    tcpSocket().getSocketOption(Level.Socket, Name.Type, whole.subarray(4, 8));
    expect([...whole]).toEqual([9, 9, 9, 9, ...bytesOf(1), 9, 9, 9, 9]);
  });

  test('are read into nothing without complaint', () => {
    const socket = tcpSocket();
    for (const target of [null, new Uint8Array()]) {
      const read = (): void => socket.getSocketOption(Level.Socket, Name.SendBuffer, target);
      expect(thrownBy(read)).toBe('nothing');
    }
  });

  test('are none of a buffer that was given away', () => {
    const bytes = new Uint8Array(4);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    const socket = tcpSocket();
    const set = (): void => socket.setSocketOption(Level.Socket, Name.KeepAlive, bytes);
    expect(thrownBy(set)).toBe(refused('Fault'));
    const get = (): void => socket.getSocketOption(Level.Socket, Name.KeepAlive, bytes);
    expect(thrownBy(get)).toBe('nothing');
  });

  test.each([
    ['no bytes of an option', Level.Socket, Name.SendBuffer, [], refused('Fault')],
    ['no bytes of an option that is none', Level.Socket, Name.DontLinger, [], refused('Fault')],
    ['one byte of four', Level.Socket, Name.SendBuffer, [1], invalid],
    ['half a linger option', Level.Socket, Name.Linger, [1, 0, 0, 0], invalid],
    ['one byte of ReuseAddress', Level.Socket, Name.ReuseAddress, [1], invalid],
    ['eight bytes of ReuseAddress', Level.Socket, Name.ReuseAddress, Array(8).fill(0), invalid],
    ['four bytes of Error', Level.Socket, Name.Error, [0, 0, 0, 0], refused('ProtocolOption')],
    ['an IPv6 membership', Level.IPv6, Name.AddMembership, Array(20).fill(0), unsupported],
  ] as const)('cannot be %s', (_what, level, name, bytes, thrown) => {
    const socket = tcpSocket();
    const set = (): void => socket.setSocketOption(level, name, Uint8Array.from(bytes));
    expect(thrownBy(set)).toBe(thrown);
  });

  test('are as the system has them', () => {
    const socket = udpSocket();
    const group = Uint8Array.of(224, 1, 2, 3, 127, 0, 0, 1);
    socket.setSocketOption(Level.IP, Name.AddMembership, group);
    const again = (): void => socket.setSocketOption(Level.IP, Name.AddMembership, group);
    expect(thrownBy(again)).toBe(refused('AddressAlreadyInUse'));
    socket.setSocketOption(Level.IP, Name.DropMembership, group);
    socket.receiveTimeout = 1500;
    const time = socket.getSocketOption(Level.Socket, Name.ReceiveTimeout, 16);
    socket.receiveTimeout = 0;
    socket.setSocketOption(Level.Socket, Name.ReceiveTimeout, time);
    expect(socket.receiveTimeout).toBe(1500);
  });

  test.each([
    ['ReuseAddress', Level.Socket, Name.ReuseAddress],
    ['DontFragment', Level.IP, Name.DontFragment],
  ] as const)("of %s are .NET's", (_what, level, name) => {
    const socket = udpSocket();
    expect(socket.getSocketOption(level, name, 4)).toEqual(bytesOf(0));
    socket.setSocketOption(level, name, bytesOf(1));
    expect(socket.getSocketOption(level, name, 4)).toEqual(bytesOf(1));
    expect(socket.getSocketOption(level, name)).toBe(1);
  });
});

describe('the error of a socket', () => {
  test('O-024 is told once', async () => {
    const gone = udpSocket();
    gone.bind(loopback());
    const socket = udpSocket();
    const e = argsFor(gone);
    gone.dispose();
    await succeed(e, each => socket.connectAsync(each));
    e.setBuffer(new Uint8Array(1));
    await succeed(e, each => socket.sendAsync(each));
    await until(() => socket.poll(0, SelectMode.SelectError), 'the error is there');
    expect(socket.getSocketOption(Level.Socket, Name.Error)).toBe(SocketError.ConnectionRefused);
    expect(socket.getSocketOption(Level.Socket, Name.Error)).toBe(0);
  });

  test('O-024 has been taken by the connect that failed', async () => {
    const socket = tcpSocket();
    const { e } = await finish(argsFor(refusing()), each => socket.connectAsync(each));
    expect(e.socketError).toBe(SocketError.ConnectionRefused);
    for (let i = 0; i < 2; i++) {
      expect(socket.getSocketOption(Level.Socket, Name.Error)).toBe(0);
    }
  });
});

describe('a connected socket', () => {
  const calls: readonly [string, (socket: Socket) => unknown][] = [
    ['reading what is no option', s => s.getSocketOption(Level.Tcp, 9999 as 1)],
    ['setting what is no option', s => s.setSocketOption(Level.Udp, Name.NoChecksum, 1)],
    ['reading the groups it is in', s => s.getSocketOption(Level.IP, Name.AddMembership)],
    ['setting what can only be read', s => s.setSocketOption(Level.Socket, Name.Type, 1)],
    ['setting what has no such bytes', s => s.setSocketOption(Level.IPv6, 12, bytesOf(1))],
    ['reading what the system does not know', s => s.getRawSocketOption(9999, 1, bytesOf(1))],
    ['setting what the system does not know', s => s.setRawSocketOption(1, 9999, bytesOf(1))],
  ];

  test.each(calls)('O-025 stays connected after %s', async (_what, call) => {
    const { client } = await connectedPair();
    expect(thrownBy(() => call(client))).toMatch(/\((ProtocolOption|OperationNotSupported)\)$/);
    expect(client.connected).toBe(true);
  });

  test('counts as unconnected after a value that the system refuses, as in .NET', async () => {
    for (const bytes of [bytesOf(1), new Uint8Array()]) {
      const { client } = await connectedPair();
      const set = (): void => client.setSocketOption(Level.Socket, Name.Linger, bytes);
      expect(thrownBy(set)).toMatch(/\((InvalidArgument|Fault)\)$/);
      expect(client.connected).toBe(false);
      client.shutdown(SocketShutdown.Both); // but is not
    }
  });
});

describe('sockets that share an address', () => {
  test('share the connections that come to it', async () => {
    const [one, other] = [tcpSocket(), tcpSocket()];
    for (const socket of [one, other]) {
      socket.setSocketOption(Level.Socket, Name.ReuseAddress, true);
      socket.bind(loopback(v4, socket === one ? 0 : endPointOf(one).port));
      socket.listen();
    }
    for (let i = 0; i < 64; i++) await connectTo(one);
    // Each has one at least, but for one time in 2^63.
    await acceptFrom(one);
    await acceptFrom(other);
  });
});
