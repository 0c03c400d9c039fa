// Options, states and refusals of sockets themselves.

import {
  call,
  get,
  let_,
  make,
  scenario,
  set,
  start,
  type Json,
  type Step,
} from '../comparison/scenario.js';
import { args, at, bind, dual, given, listening, pair, tcp, udp, unixSocket } from './setups.js';

const all = [
  'blocking',
  'noDelay',
  'lingerState',
  'receiveTimeout',
  'sendTimeout',
  'ttl',
  'dontFragment',
  'multicastLoopback',
  'enableBroadcast',
  'dualMode',
  'exclusiveAddressUse',
] as const;

const facts = [
  'addressFamily',
  'socketType',
  'protocolType',
  'connected',
  'isBound',
  'localEndPoint',
  'remoteEndPoint',
  'available',
] as const;

const kinds: readonly (readonly [string, Step])[] = [
  ['IPv4 stream', tcp('socket')],
  ['IPv6 stream', tcp('socket', 'v6')],
  ['dual-mode stream', dual('socket')],
  ['IPv4 datagram', udp('socket')],
  ['IPv6 datagram', udp('socket', 'v6')],
  ['dual-mode datagram', dual('socket', 'Dgram')],
  ['Unix-domain', unixSocket('socket')],
];

const each = (properties: readonly string[]): Step[] => properties.map(name => get('socket', name));

const properties = kinds.flatMap(([kind, maker]) => [
  scenario(
    `O-004 O-009 O-017 U-030 what a new ${kind} socket says`,
    maker,
    ...each(facts),
    ...each(all),
  ),
  scenario(
    `O-005 O-028 V-026 V-025 V-024 V-023 what a ${kind} socket takes`,
    maker,
    ...all
      .filter(name => name !== 'lingerState')
      .flatMap(name =>
        settings(name).flatMap(value => [set('socket', name, value), get('socket', name)]),
      ),
  ),
  scenario(
    `X-002 X-004 what a disposed ${kind} socket still says`,
    given(maker),
    call('socket', 'dispose'),
    call('socket', 'close'),
    ...each(facts),
    ...each(all),
    get('socket', 'receiveBufferSize', 'sendBufferSize'),
    ...all
      .filter(name => name !== 'lingerState')
      .flatMap(name =>
        settings(name)
          .slice(0, 1)
          .map(value => set('socket', name, value)),
      ),
  ),
]);

function settings(name: (typeof all)[number]): Json[] {
  switch (name) {
    case 'receiveTimeout':
    case 'sendTimeout':
      return [1500, 0, -1, -2];
    case 'ttl':
      return [1, 255, 0, 256, -1];
    default:
      return [true, false];
  }
}

const linger = [
  ...[
    [true, 0],
    [true, 120],
    [false, 7],
    [true, 65_535],
    [true, 32_768],
    [true, 65_536],
    [true, -1],
  ].map(([enabled, time]) =>
    scenario(
      `O-005 O-006 O-007 V-033 linger ${enabled} for ${time} seconds`,
      given(tcp('socket'), make('linger', 'LingerOption', enabled, time)),
      set('socket', 'lingerState', '@linger'),
      get('socket', 'lingerState'),
      get('linger', 'enabled', 'lingerTime'),
    ),
  ),
  scenario('V-032 no linger at all', given(tcp('socket')), set('socket', 'lingerState', null)),
];

const sizes = [
  scenario(
    'V-023 the sizes of the system buffers',
    given(tcp('socket')),
    ...['receiveBufferSize', 'sendBufferSize'].flatMap(name => [
      set('socket', name, 20_000),
      get('socket', name),
      set('socket', name, 0),
      get('socket', name),
      set('socket', name, -1),
    ]),
  ),
];

const creation = [
  // No raw ones: they need a privilege that not everybody has.
  ...['Dgram', 'Stream', 'Rdm', 'Seqpacket'].flatMap(type =>
    ['Tcp', 'Udp', 'Icmp', 'Unspecified', 'Ggp', 'Spx'].map(protocol =>
      scenario(
        `O-009 O-010 creating a socket of ${type} and ${protocol}`,
        ...['InterNetwork', 'InterNetworkV6', 'Unix'].map((family, i) =>
          make(
            `s${i}`,
            'Socket',
            `#AddressFamily.${family}`,
            `#SocketType.${type}`,
            `#ProtocolType.${protocol}`,
          ),
        ),
      ),
    ),
  ),
  scenario(
    'O-010 a family that the system does not know',
    make('a', 'Socket', '#AddressFamily.Ipx', '#SocketType.Stream', '#ProtocolType.Tcp'),
    make('b', 'Socket', '#AddressFamily.Unknown', '#SocketType.Stream', '#ProtocolType.Tcp'),
    make('c', 'Socket', '#AddressFamily.InterNetwork', '#SocketType.Unknown', '#ProtocolType.Tcp'),
    make(
      'd',
      'Socket',
      '#AddressFamily.InterNetwork',
      '#SocketType.Stream',
      '#ProtocolType.Unknown',
    ),
  ),
];

const local = (name: string): Step => get(name, 'localEndPoint', 'isBound');

const binding = [
  scenario(
    'O-034 V-027 binding, and where a socket is afterwards',
    given(tcp('socket')),
    local('socket'),
    call('socket', 'bind', null),
    call('socket', 'bind', { dns: ['localhost', 9] }),
    call('socket', 'bind', at('::1')),
    call('socket', 'bind', at('192.0.2.1')),
    local('socket'),
    bind('socket', '127.0.0.1'),
    local('socket'),
    bind('socket', '127.0.0.1'),
    set('socket', 'exclusiveAddressUse', false),
    call('socket', 'listen', 3),
    call('socket', 'listen', -1),
    call('socket', 'listen'),
  ),
  scenario(
    'O-019 O-016 U-029 U-026 U-027 an address is one socket’s',
    given(tcp('first'), bind('first', '127.0.0.1'), tcp('second'), tcp('six', 'v6'), dual('dual')),
    call('second', 'bind', '@first.localEndPoint'),
    call('first', 'listen'),
    call('second', 'bind', '@first.localEndPoint'),
    bind('six', '127.0.0.1'),
    bind('dual', '127.0.0.1'),
    set('dual', 'dualMode', false),
    get('dual', 'dualMode', 'localEndPoint'),
  ),
  ...[
    [true, true],
    [true, false],
    [false, true],
  ].map(([one, other]) =>
    scenario(
      `O-016 O-018 two datagram sockets at one address: ${one} and ${other}`,
      given(udp('first'), udp('second')),
      set('first', 'exclusiveAddressUse', one),
      set('second', 'exclusiveAddressUse', other),
      bind('first', '127.0.0.1'),
      call('second', 'bind', '@first.localEndPoint'),
      get('first', 'exclusiveAddressUse'),
    ),
  ),
  scenario(
    'O-016 O-018 two datagram sockets that share an address',
    given(udp('first'), udp('second')),
    set('first', 'exclusiveAddressUse', false),
    set('second', 'exclusiveAddressUse', false),
    bind('first', '127.0.0.1'),
    call('second', 'bind', '@first.localEndPoint'),
  ),
  scenario(
    'listening where it makes no sense',
    given(tcp('fresh'), udp('datagrams')),
    call('fresh', 'listen'),
    get('fresh', 'isBound', 'localEndPoint'),
    call('datagrams', 'listen'),
    bind('datagrams', '127.0.0.1'),
    call('datagrams', 'listen'),
  ),
];

const name = (level: string, option: string): Json[] => [
  `#SocketOptionLevel.${level}`,
  `#SocketOptionName.${option}`,
];

const names: readonly (readonly [string, string, readonly Json[]])[] = [
  ['Socket', 'KeepAlive', [true, 0, 1]],
  ['Socket', 'ReuseAddress', [true, false, 1]],
  ['Socket', 'ExclusiveAddressUse', [true, 0, 5]],
  ['Socket', 'Broadcast', [true]],
  ['Socket', 'DontRoute', [true]],
  ['Socket', 'Debug', [0]],
  ['Socket', 'OutOfBandInline', [true]],
  ['Socket', 'ReceiveLowWater', [8]],
  ['Socket', 'SendLowWater', [8]],
  ['Socket', 'ReceiveTimeout', [1500]],
  ['Socket', 'SendTimeout', [1500]],
  ['Socket', 'Error', [0]],
  ['Socket', 'Type', [0]],
  ['Socket', 'AcceptConnection', [0]],
  ['Socket', 'UseLoopback', [1]],
  ['Socket', 'DontLinger', [1]],
  ['Socket', 'MaxConnections', [1]],
  ['Socket', 'ReuseUnicastPort', [1]],
  ['IP', 'TypeOfService', [16]],
  ['IP', 'IpTimeToLive', [9]],
  ['IP', 'MulticastTimeToLive', [9]],
  ['IP', 'MulticastLoopback', [0]],
  ['IP', 'MulticastInterface', [0]],
  ['IP', 'DontFragment', [1, 0]],
  ['IP', 'PacketInformation', [1]],
  ['IP', 'HeaderIncluded', [1]],
  ['IPv6', 'IPv6Only', [0, 1]],
  ['IPv6', 'HopLimit', [1]],
  ['IPv6', 'PacketInformation', [1]],
  ['IPv6', 'MulticastTimeToLive', [9]],
  ['IPv6', 'MulticastLoopback', [0]],
  ['IPv6', 'IpTimeToLive', [9]],
  ['IPv6', 'IPProtectionLevel', [10]],
  ['Tcp', 'NoDelay', [true, 0]],
  ['Tcp', 'TcpKeepAliveTime', [60]],
  ['Tcp', 'TcpKeepAliveInterval', [5]],
  ['Tcp', 'TcpKeepAliveRetryCount', [4]],
  ['Tcp', 'FastOpen', [1]],
  ['Udp', 'NoChecksum', [1]],
  ['Udp', 'ChecksumCoverage', [1]],
];

const optionCalls = (
  [
    ['IPv4 stream', tcp('socket')],
    ['IPv6 datagram', udp('socket', 'v6')],
  ] as const
).flatMap(([kind, maker]) =>
  names.map(([level, option, values]) =>
    scenario(
      `O-018 O-022 O-025 ${level}.${option} on an ${kind} socket`,
      given(maker),
      call('socket', 'getSocketOption', ...name(level, option)),
      ...values.flatMap(value => [
        call('socket', 'setSocketOption', ...name(level, option), value),
        call('socket', 'getSocketOption', ...name(level, option)),
      ]),
      call('socket', 'getSocketOption', ...name(level, option), 4),
      let_('four', { bytes: [1, 0, 0, 0] }),
      call('socket', 'setSocketOption', ...name(level, option), '@four'),
      call('socket', 'getSocketOption', ...name(level, option), '@four'),
    ),
  ),
);

const optionRefusals = [
  scenario(
    'V-032 V-033 what options of objects refuse',
    given(
      udp('socket'),
      make('linger', 'LingerOption', true, 70_000),
      make('fine', 'LingerOption', true, 7),
    ),
    given(make('group', 'MulticastOption', { ip: ['239.1.2.3'] })),
    call('socket', 'setSocketOption', ...name('Socket', 'Linger'), '@linger'),
    call('socket', 'setSocketOption', ...name('Socket', 'Linger'), '@group'),
    call('socket', 'setSocketOption', ...name('Socket', 'Linger'), '@fine'),
    call('socket', 'getSocketOption', ...name('Socket', 'Linger')),
    call('socket', 'setSocketOption', ...name('IP', 'AddMembership'), '@linger'),
    call('socket', 'setSocketOption', ...name('IPv6', 'AddMembership'), '@group'),
    call('socket', 'setSocketOption', ...name('Socket', 'KeepAlive'), '@linger'),
  ),
  scenario(
    'O-023 whether a socket listens',
    given(tcp('socket'), bind('socket', '127.0.0.1')),
    call('socket', 'getSocketOption', ...name('Socket', 'AcceptConnection')),
    call('socket', 'listen'),
    call('socket', 'getSocketOption', ...name('Socket', 'AcceptConnection')),
  ),
  scenario(
    'O-025 an option that is not supported does not disconnect',
    given(pair()),
    call('client', 'setSocketOption', ...name('Socket', 'MaxConnections'), 1),
    call('client', 'getSocketOption', ...name('Udp', 'NoChecksum')),
    get('client', 'connected'),
  ),
  scenario(
    'O-021 protection levels are not to be had on Unix',
    given(tcp('socket')),
    call('socket', 'setIPProtectionLevel', '#IPProtectionLevel.Unspecified'),
    call('socket', 'setIPProtectionLevel', '#IPProtectionLevel.Restricted'),
  ),
];

const verbs = [
  'acceptAsync',
  'connectAsync',
  'disconnectAsync',
  'receiveAsync',
  'receiveFromAsync',
  'receiveMessageFromAsync',
  'sendAsync',
  'sendPacketsAsync',
  'sendToAsync',
] as const;

const ends = [
  scenario(
    'V-014 R-033 V-001 V-005 no event args at all',
    given(pair()),
    ...verbs.map(verb => call('client', verb, null)),
  ),
  scenario(
    'X-001 X-003 a disposed socket refuses everything',
    given(tcp('socket'), args('e', 4)),
    call('socket', 'dispose'),
    ...verbs.flatMap(verb => [start('e', verb, 'socket'), call('socket', verb, null)]),
    bind('socket', '127.0.0.1'),
    call('socket', 'bind', null),
    call('socket', 'listen'),
    call('socket', 'shutdown', '#SocketShutdown.Both'),
    call('socket', 'close'),
    call('socket', 'close', 5),
    call('socket', 'close', -2),
    call('socket', 'dispose'),
  ),
  scenario(
    'V-035 what closing refuses',
    given(listening('socket')),
    call('socket', 'close', -2),
    get('socket', 'isBound'),
    call('socket', 'close', -1),
    get('socket', 'isBound'),
  ),
  scenario(
    'shutting down in states where it makes no sense',
    given(tcp('fresh'), listening('listener')),
    call('fresh', 'shutdown', '#SocketShutdown.Both'),
    call('listener', 'shutdown', '#SocketShutdown.Both'),
    get('listener', 'connected', 'isBound'),
  ),
  scenario(
    'O-001 shutting down after the peer has closed',
    given(pair()),
    call('client', 'close'),
    call('server', 'shutdown', '#SocketShutdown.Both'),
    call('server', 'shutdown', '#SocketShutdown.Both'),
    call('server', 'shutdown', '#SocketShutdown.Send'),
    call('server', 'shutdown', 7),
  ),
];

export const options = [
  ...properties,
  ...linger,
  ...sizes,
  ...creation,
  ...binding,
  ...optionCalls,
  ...optionRefusals,
  ...ends,
];
