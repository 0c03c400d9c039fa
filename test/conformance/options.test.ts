// Section 1.4 and rows O-004 … O-007, O-016 … O-019, O-028 and U-029 … U-030 of the specification:
// the options that are properties of a socket. Values of wrong types, and closed sockets, are the
// affair of the tests about arguments and disposing.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  LingerOption,
  ProtocolType,
  Socket,
  SocketOptionLevel,
  SocketOptionName,
  SocketType,
} from 'socket-async-event-args';

import { families } from '../support/families.js';
import '../support/leak-audit.js';
import {
  connectedPair,
  dualSocket,
  loopback,
  tcpSocket,
  tracked,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';

const { InterNetwork: v4, InterNetworkV6: v6, Unix } = AddressFamily;

function unixSocket(): Socket {
  return tracked(new Socket(Unix, SocketType.Stream, ProtocolType.Unspecified));
}

const kinds = families.flatMap(([name, family]) => [
  { kind: `${name} TCP`, family, make: () => tcpSocket(family), isStream: true },
  { kind: `${name} UDP`, family, make: () => udpSocket(family), isStream: false },
]);

type BooleanOption =
  'noDelay' | 'dontFragment' | 'multicastLoopback' | 'enableBroadcast' | 'dualMode';

function expectRoundTrip(socket: Socket, name: BooleanOption, initial: boolean): void {
  expect(socket[name]).toBe(initial);
  for (const value of [!initial, initial, !initial]) {
    socket[name] = value;
    expect(socket[name]).toBe(value);
  }
}

describe.each(kinds)('$kind', ({ family, make, isStream }) => {
  test('O-004 the linger option is off at first', () => {
    const { lingerState } = make();
    expect(lingerState).toBeInstanceOf(LingerOption);
    expect(lingerState).toMatchObject({ enabled: false, lingerTime: 0 });
  });

  test.each([
    ['O-005', true, 0],
    ['O-005', true, 120],
    ['O-005', false, 7],
    ['O-007', true, 32_767],
    ['O-007', true, 32_768],
    ['O-007', true, 65_535],
  ])('%s the linger option keeps %s and %d', (_row, enabled, lingerTime) => {
    const socket = make();
    const given = new LingerOption(enabled, lingerTime);
    socket.lingerState = given;
    expect(socket.lingerState).not.toBe(given);
    expect(socket.lingerState.enabled).toBe(enabled);
    // Linux forgets the time of what is off, and keeps the one before.
    if (enabled) expect(socket.lingerState.lingerTime).toBe(lingerTime);
  });

  test.each([-1, 65_536])('O-006 the linger time cannot be %d', lingerTime => {
    const socket = make();
    for (const enabled of [true, false]) {
      const set = (): unknown => (socket.lingerState = new LingerOption(enabled, lingerTime));
      expect(thrownBy(set)).toBe('ArgumentException(optionValue)');
    }
    expect(socket.lingerState).toMatchObject({ enabled: false, lingerTime: 0 });
  });

  test.each(['receiveBufferSize', 'sendBufferSize'] as const)('%s is what was set', name => {
    const socket = make();
    expect(socket[name]).toBeGreaterThan(0);
    // Linux answers the double of what is set, and has a least value of its own.
    const factor = process.platform === 'linux' ? 2 : 1;
    socket[name] = 50_000;
    expect(socket[name]).toBe(50_000 * factor);
    socket[name] = 0;
    expect(socket[name]).toBeLessThan(50_000);
    expect(thrownBy(() => (socket[name] = -1))).toBe('ArgumentOutOfRangeException(value)');
    expect(socket[name]).toBeLessThan(50_000);
  });

  test.each(['receiveTimeout', 'sendTimeout'] as const)('%s is what was set', name => {
    const socket = make();
    expect(socket[name]).toBe(0);
    for (const [set, got] of [
      [2000, 2000],
      [-1, 0],
      [1000, 1000],
      [0, 0],
    ] as const) {
      socket[name] = set;
      expect(socket[name]).toBe(got);
    }
    expect(thrownBy(() => (socket[name] = -2))).toBe('ArgumentOutOfRangeException(value)');
  });

  test('O-028 ttl is what was set', () => {
    const socket = make();
    expect(socket.ttl).toBeGreaterThan(0);
    for (const ttl of [7, 255, 1]) {
      socket.ttl = ttl;
      expect(socket.ttl).toBe(ttl);
    }
    for (const ttl of [-1, 256]) {
      expect(thrownBy(() => (socket.ttl = ttl))).toBe('ArgumentOutOfRangeException(value)');
    }
    expect(socket.ttl).toBe(1);
  });

  test('multicastLoopback is on at first, and what was set', () => {
    expectRoundTrip(make(), 'multicastLoopback', true);
  });

  test('blocking is on at first, and what was set', () => {
    const socket = make();
    expect(socket.blocking).toBe(true);
    socket.blocking = false;
    expect(socket.blocking).toBe(false);
  });

  test('noDelay is off at first, and what was set, on streams alone', () => {
    if (isStream) {
      expectRoundTrip(make(), 'noDelay', false);
      return;
    }
    const socket = make();
    const refusals = /^SocketException\((OperationNotSupported|ProtocolOption)\)$/;
    expect(thrownBy(() => socket.noDelay)).toMatch(refusals);
    expect(thrownBy(() => (socket.noDelay = true))).toMatch(refusals);
  });

  test('dontFragment belongs to sockets that can use IPv4', () => {
    if (family === v4) {
      expectRoundTrip(make(), 'dontFragment', false);
      return;
    }
    const socket = make();
    expect(thrownBy(() => socket.dontFragment)).toBe('NotSupportedException');
    expect(thrownBy(() => (socket.dontFragment = true))).toBe('NotSupportedException');
    socket.dualMode = true;
    expectRoundTrip(socket, 'dontFragment', false);
  });

  test('U-030 dualMode belongs to IPv6 sockets', () => {
    if (family === v6) {
      expectRoundTrip(make(), 'dualMode', false);
      return;
    }
    const socket = make();
    expect(socket.dualMode).toBe(false);
    for (const value of [true, false]) {
      expect(thrownBy(() => (socket.dualMode = value))).toBe('NotSupportedException');
    }
  });

  test('O-017 exclusiveAddressUse is on at first, and what was set', () => {
    const socket = make();
    expect(socket.exclusiveAddressUse).toBe(true);
    for (const value of [false, true, false]) {
      socket.exclusiveAddressUse = value;
      expect(socket.exclusiveAddressUse).toBe(value);
    }
  });

  test('exclusiveAddressUse cannot be set any more when the socket is bound', () => {
    const socket = make();
    socket.bind(loopback(family));
    for (const value of [true, false]) {
      const set = (): unknown => (socket.exclusiveAddressUse = value);
      expect(thrownBy(set)).toBe('InvalidOperationException');
    }
    expect(socket.exclusiveAddressUse).toBe(true);
  });
});

test('enableBroadcast is off at first, and what was set', () => {
  for (const [, family] of families) expectRoundTrip(udpSocket(family), 'enableBroadcast', false);
});

test('options can be set on a connected socket', async () => {
  const { client } = await connectedPair();
  expectRoundTrip(client, 'noDelay', false);
  client.lingerState = new LingerOption(true, 5);
  expect(client.lingerState.lingerTime).toBe(5);
  expect(client.connected).toBe(true);
});

test('options of the Internet do not belong to Unix-domain sockets', () => {
  const socket = unixSocket();
  for (const name of ['ttl', 'dontFragment', 'multicastLoopback'] as const) {
    expect(thrownBy(() => socket[name])).toBe('NotSupportedException');
  }
  expect(thrownBy(() => (socket.ttl = 1))).toBe('NotSupportedException');
  expect(socket.dualMode).toBe(false);
  expect(thrownBy(() => (socket.dualMode = true))).toBe('NotSupportedException');
  expect(socket.lingerState.enabled).toBe(false);
  expect(socket.receiveBufferSize).toBeGreaterThan(0);
});

describe('dualMode', () => {
  test('U-030 is on where neither IPv4 nor IPv6 was asked for', () => {
    for (const [type, protocol] of [
      [SocketType.Stream, ProtocolType.Tcp],
      [SocketType.Dgram, ProtocolType.Udp],
    ] as const) {
      const socket = tracked(new Socket(type, protocol));
      expect(socket).toMatchObject({ addressFamily: v6, dualMode: true });
    }
  });

  test.each([true, false])('U-029 cannot be set to %s when the socket is bound', value => {
    for (const socket of [tcpSocket(v6), dualSocket()]) {
      socket.bind(new IPEndPoint(IPAddress.IPv6Any, 0));
      const set = (): unknown => (socket.dualMode = value);
      expect(thrownBy(set)).toBe('SocketException(InvalidArgument)');
    }
  });

  test('ends when the socket is bound to an IPv6 address of its own', () => {
    const socket = dualSocket();
    socket.bind(loopback(v6));
    expect(socket.dualMode).toBe(false);
  });
});

describe('exclusiveAddressUse', () => {
  test('O-018 is the inverse of ReuseAddress, whichever is set', () => {
    const { Socket: level } = SocketOptionLevel;
    const socket = udpSocket();
    expect(socket.getSocketOption(level, SocketOptionName.ReuseAddress)).toBe(0);
    socket.exclusiveAddressUse = false;
    expect(socket.getSocketOption(level, SocketOptionName.ReuseAddress)).toBe(1);
    socket.setSocketOption(level, SocketOptionName.ReuseAddress, 0);
    expect(socket.exclusiveAddressUse).toBe(true);
    socket.setSocketOption(level, SocketOptionName.ReuseAddress, 1);
    expect(socket.exclusiveAddressUse).toBe(false);
  });

  const settings = [undefined, true, false];
  const combinations = settings.flatMap(first => settings.map(second => [first, second] as const));

  function settingTo(socket: Socket, isExclusive: boolean | undefined): Socket {
    if (isExclusive !== undefined) socket.exclusiveAddressUse = isExclusive;
    return socket;
  }

  test.each(combinations)('O-016 decides who shares a UDP port: %s, %s', (first, second) => {
    const one = settingTo(udpSocket(), first);
    const other = settingTo(udpSocket(), second);
    one.bind(loopback());
    const isShared = first === false && second === false;
    expect(thrownBy(() => other.bind(one.localEndPoint as IPEndPoint))).toBe(
      isShared ? 'nothing' : 'SocketException(AddressAlreadyInUse)',
    );
  });

  test.each(combinations)('O-019 decides who shares a listener: %s, %s', (first, second) => {
    const one = settingTo(tcpSocket(), first);
    const other = settingTo(tcpSocket(), second);
    one.bind(loopback());
    one.listen();
    const isShared = first === false && second === false;
    expect(thrownBy(() => other.bind(one.localEndPoint as IPEndPoint))).toBe(
      isShared ? 'nothing' : 'SocketException(AddressAlreadyInUse)',
    );
    if (isShared) other.listen();
  });
});
