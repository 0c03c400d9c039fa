// Rows V-023 to V-035 of the specification, for the members that exist: what options, bind and close
// refuse, with the exception and the parameter name of .NET on Linux.

import {
  AddressFamily,
  DnsEndPoint,
  LingerOption,
  ProtocolType,
  Socket,
  SocketType,
  type EndPoint,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { loopback, tcpSocket, tracked, udpSocket } from '../support/sockets.js';
import { ae, ane, aoore, refuses, thrownBy } from '../support/thrown.js';

const { InterNetwork, InterNetworkV6, Unix } = AddressFamily;

function bound(): Socket {
  const socket = tcpSocket();
  socket.bind(loopback());
  return socket;
}

describe('options', () => {
  const set = (family: AddressFamily, name: keyof Socket, value: unknown) => () => {
    const type = ProtocolType.Unspecified;
    Object.assign(tracked(new Socket(family, SocketType.Stream, type)), { [name]: value });
  };
  const get = (family: AddressFamily, name: keyof Socket) => () =>
    tracked(new Socket(family, SocketType.Stream, ProtocolType.Unspecified))[name];
  const linger = (seconds: number): LingerOption => new LingerOption(true, seconds);
  const unsupported = 'NotSupportedException';

  refuses([
    ['V-023', 'receiveBufferSize = -1', set(InterNetwork, 'receiveBufferSize', -1), aoore('value')],
    ['V-023', 'sendBufferSize = -1', set(InterNetwork, 'sendBufferSize', -1), aoore('value')],
    ['V-024', 'receiveTimeout = -2', set(InterNetwork, 'receiveTimeout', -2), aoore('value')],
    ['V-024', 'sendTimeout = -2', set(InterNetwork, 'sendTimeout', -2), aoore('value')],
    ['V-025', 'ttl = -1', set(InterNetwork, 'ttl', -1), aoore('value')],
    ['V-025', 'ttl = 256', set(InterNetworkV6, 'ttl', 256), aoore('value')],
    ['V-025', 'ttl = -1 on a socket without one', set(Unix, 'ttl', -1), aoore('value')],
    ['V-025', 'ttl = 1 on a socket without one', set(Unix, 'ttl', 1), unsupported],
    ['V-025', 'ttl of a socket without one', get(Unix, 'ttl'), unsupported],
    ['V-026', 'dontFragment of IPv6', get(InterNetworkV6, 'dontFragment'), unsupported],
    [
      'V-026',
      'dontFragment = true on IPv6',
      set(InterNetworkV6, 'dontFragment', true),
      unsupported,
    ],
    ['V-026', 'multicastLoopback of no IP', get(Unix, 'multicastLoopback'), unsupported],
    ['V-026', 'multicastLoopback = true', set(Unix, 'multicastLoopback', true), unsupported],
    ['V-026', 'dualMode = true on IPv4', set(InterNetwork, 'dualMode', true), unsupported],
    ['V-032', 'lingerState = null', set(InterNetwork, 'lingerState', null), ane('optionValue')],
    [
      'V-033',
      'lingerState of -1 s',
      set(InterNetwork, 'lingerState', linger(-1)),
      ae('optionValue'),
    ],
    [
      'V-033',
      'lingerState of 65,536 s',
      set(InterNetwork, 'lingerState', linger(65_536)),
      ae('optionValue'),
    ],
  ]);

  test.each([
    ['V-023', 'receiveBufferSize', 0],
    ['V-024', 'sendTimeout', 0],
    ['V-025', 'ttl', 1],
    ['V-025', 'ttl', 255],
    ['V-033', 'lingerState', linger(65_535)],
    ['V-033', 'lingerState', linger(0)],
  ] as const)('%s %s accepts the edge of its range', (_row, name, value) => {
    const socket = tcpSocket();
    expect(thrownBy(() => Object.assign(socket, { [name]: value }))).toBe('nothing');
    if (name !== 'receiveBufferSize') expect(socket[name]).toEqual(value);
  });

  test.each(['receiveTimeout', 'sendTimeout'] as const)('V-024 %s takes -1 for 0', name => {
    const socket = tcpSocket();
    socket[name] = 1000;
    socket[name] = -1;
    expect(socket[name]).toBe(0);
  });

  test('V-026 exclusiveAddressUse cannot be set on a bound socket', () => {
    const socket = bound();
    expect(thrownBy(() => (socket.exclusiveAddressUse = true))).toBe('InvalidOperationException');
    expect(socket.exclusiveAddressUse).toBe(true);
  });

  test('V-026 enableBroadcast is never true on a stream socket, and is on another', () => {
    for (const [socket, expected] of [
      [tcpSocket(), false],
      [udpSocket(), true],
    ] as const) {
      socket.enableBroadcast = true;
      expect(socket.enableBroadcast).toBe(expected);
    }
  });
});

describe('bind and close', () => {
  const byName = new DnsEndPoint('localhost', 1);
  refuses([
    ['V-027', 'bind(null)', () => tcpSocket().bind(null as unknown as EndPoint), ane('localEP')],
    ['V-027', 'bind to a name', () => tcpSocket().bind(byName), ae('remoteEP')],
    ['V-035', 'close(-2)', () => tcpSocket().close(-2), aoore('timeout')],
  ]);

  test('V-035 close(-2) leaves the socket open', () => {
    const socket = bound();
    expect(thrownBy(() => socket.close(-2))).toBe(aoore('timeout'));
    expect(socket.localEndPoint).not.toBeNull();
  });
});
