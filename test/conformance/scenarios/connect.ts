// Connecting, by address and by name, cancelling, and disconnecting.

import {
  call,
  get,
  let_,
  make,
  perform,
  scenario,
  set,
  start,
  until,
  wait,
  type Json,
  type Step,
} from '../comparison/scenario.js';
import {
  args,
  at,
  bind,
  dual,
  families,
  given,
  listening,
  loopbackOf,
  pair,
  tcp,
  udp,
} from './setups.js';

const options = get(
  'client',
  'noDelay',
  'lingerState',
  'ttl',
  'receiveTimeout',
  'sendTimeout',
  'exclusiveAddressUse',
);

/** Bound and not listening: it refuses connections. */
const refusing = (name: string, family: 'v4' | 'v6' = 'v4'): Step[] => [
  tcp(name, family),
  bind(name, loopbackOf(family)),
];

const byAddress = families.flatMap(family => [
  scenario(
    `C-001 connecting succeeds (${family})`,
    given(listening('listener', family), tcp('client', family), args('e')),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    get('e', 'connectSocket', 'remoteEndPoint', 'lastOperation'),
  ),
  scenario(
    `C-003 a datagram socket is connected at once, and may be connected anew (${family})`,
    given(udp('first', family), bind('first', loopbackOf(family)), udp('client', family)),
    given(udp('second', family), bind('second', loopbackOf(family)), args('e')),
    set('e', 'remoteEndPoint', '@first.localEndPoint'),
    start('e', 'connectAsync', 'client'),
    set('e', 'remoteEndPoint', '@second.localEndPoint'),
    start('e', 'connectAsync', 'client'),
    get('client', 'remoteEndPoint', 'connected'),
  ),
  scenario(
    `Z-020 Z-021 after a refused connect the socket can connect to another (${family})`,
    given(
      listening('listener', family),
      tcp('client', family),
      args('e'),
      refusing('deaf', family),
    ),
    set('client', 'noDelay', true),
    set('client', 'ttl', 77),
    make('linger', 'LingerOption', true, 9),
    set('client', 'lingerState', '@linger'),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    options,
  ),
]);

const withData = [
  ...[1, 10_000].map(length =>
    scenario(
      `S-032 S-033 C-011 a connect with a buffer sends ${length} bytes`,
      given(listening('listener'), tcp('client'), args('e', length, 3), args('accepting')),
      given(args('receiving', 16_000)),
      set('e', 'remoteEndPoint', '@listener.localEndPoint'),
      perform('e', 'connectAsync', 'client'),
      perform('accepting', 'acceptAsync', 'listener'),
      until('accepting.acceptSocket', 'available', length),
      perform('receiving', 'receiveAsync', 'accepting.acceptSocket'),
      get('client', 'blocking'),
    ),
  ),
  scenario(
    'C-012 a connect with a buffer that is refused tells once',
    given(tcp('client'), args('e', 100, 3), refusing('deaf')),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    get('client', 'blocking', 'connected'),
  ),
  scenario(
    'a connect with a buffer does not heed the flags that are set',
    given(listening('listener'), tcp('client'), args('e', 4, 3)),
    set('e', 'socketFlags', '#SocketFlags.Partial'),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
  ),
];

const refusals = [
  scenario(
    'C-006 connecting a connected socket throws',
    given(pair()),
    perform('connecting', 'connectAsync', 'client'),
    perform('connecting', 'connectAsync', 'server'),
  ),
  scenario(
    'V-005 V-006 V-007 V-008 V-009 U-001 what connecting refuses',
    given(tcp('socket'), tcp('six', 'v6'), listening('listener'), args('e'), args('listed')),
    call('socket', 'connectAsync', null),
    start('e', 'connectAsync', 'socket'),
    set('listed', 'bufferList', [{ fill: [4, 0] }]),
    start('listed', 'connectAsync', 'socket'),
    set('e', 'remoteEndPoint', at('127.0.0.1', 9)),
    start('e', 'connectAsync', 'listener'),
    start('e', 'connectAsync', 'six'),
    set('e', 'remoteEndPoint', at('::1', 9)),
    start('e', 'connectAsync', 'socket'),
    set('e', 'remoteEndPoint', { dns: ['localhost', 9, '#AddressFamily.InterNetworkV6'] }),
    start('e', 'connectAsync', 'socket'),
    set('e', 'remoteEndPoint', { unix: ['$folder/none'] }),
    start('e', 'connectAsync', 'socket'),
    get('e', 'lastOperation'),
  ),
  scenario(
    'V-011 V-012 V-013 V-019 what the static connect and cancelling refuse',
    given(args('e'), args('listed'), tcp('socket')),
    call('Socket', 'connectAsync', '#SocketType.Stream', '#ProtocolType.Tcp', null),
    start('e', 'connectAsync', 'Socket', '#SocketType.Stream', '#ProtocolType.Tcp'),
    set('listed', 'bufferList', [{ fill: [4, 0] }]),
    start('listed', 'connectAsync', 'Socket', '#SocketType.Stream', '#ProtocolType.Tcp'),
    call('Socket', 'cancelConnectAsync', null),
    call('Socket', 'cancelConnectAsync', '@e'),
    set('e', 'remoteEndPoint', at('127.0.0.1', 9)),
    perform('e', 'connectAsync', 'Socket', '#SocketType.Dgram', '#ProtocolType.Tcp'),
  ),
  scenario(
    'a local binding is lost with the descriptor of a failed connect',
    given(listening('listener'), tcp('client'), args('e'), refusing('deaf')),
    bind('client', '127.0.0.1'),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
  ),
  scenario(
    'O-031 a socket bound to a wildcard is somewhere in particular once connected',
    given(listening('listener'), tcp('client'), bind('client', '0.0.0.0'), args('e')),
    get('client', 'localEndPoint'),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    get('client', 'localEndPoint'),
  ),
];

const stream = ['#SocketType.Stream', '#ProtocolType.Tcp'] as const;
const connectStatically = (): Step => perform('e', 'connectAsync', 'Socket', ...stream);

const byName = [
  scenario(
    'C-004 N-001 connecting by name succeeds',
    given(listening('listener'), tcp('client'), args('e')),
    set('e', 'remoteEndPoint', { dns: ['localhost', '@listener'] }),
    perform('e', 'connectAsync', 'client'),
    get('client', 'remoteEndPoint'),
  ),
  scenario(
    'C-005 U-008 a dual-mode socket connects by name to whichever address answers',
    given(listening('listener'), dual('client'), args('e')),
    set('e', 'remoteEndPoint', { dns: ['localhost', '@listener'] }),
    perform('e', 'connectAsync', 'client'),
    get('client', 'remoteEndPoint', 'localEndPoint'),
  ),
  scenario(
    'N-002 options that were set before outlive connecting by name',
    given(listening('listener'), dual('client'), args('e')),
    set('client', 'noDelay', true),
    set('client', 'receiveTimeout', 1200),
    set('client', 'sendTimeout', 1300),
    set('e', 'remoteEndPoint', { dns: ['localhost', '@listener'] }),
    perform('e', 'connectAsync', 'client'),
    options,
  ),
  scenario(
    'N-003 a name that does not exist is reported, with the exception',
    given(tcp('client'), args('e')),
    set('e', 'remoteEndPoint', { dns: ['no-such-host.invalid', 9] }),
    start('e', 'connectAsync', 'client'),
    wait('e'),
    get('client', 'connected'),
  ),
  scenario(
    'N-008 a name that does not exist leaves no socket behind',
    given(args('e')),
    set('e', 'remoteEndPoint', { dns: ['no-such-host.invalid', 9] }),
    start('e', 'connectAsync', 'Socket', ...stream),
    wait('e'),
  ),
  ...families.map(family =>
    scenario(
      `N-005 N-006 the static connect makes a socket of the family that answers (${family})`,
      given(listening('listener', family), args('e')),
      set('e', 'remoteEndPoint', { dns: [loopbackOf(family), '@listener'] }),
      connectStatically(),
      get('e.connectSocket', 'addressFamily', 'connected', 'remoteEndPoint'),
    ),
  ),
  scenario(
    'N-006 the static connect makes another socket each time',
    given(listening('listener'), args('e')),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    connectStatically(),
    let_('first', '@e.connectSocket'),
    connectStatically(),
    let_('second', '@e.connectSocket'),
    get('first', 'connected'),
    get('second', 'connected'),
  ),
  scenario(
    'N-007 a mapped address in brackets is an address',
    given(
      dual('listener'),
      bind('listener', '::ffff:127.0.0.1'),
      call('listener', 'listen'),
      args('e'),
    ),
    set('e', 'remoteEndPoint', { dns: ['[::FFFF:127.0.0.1]', '@listener'] }),
    connectStatically(),
    get('e.connectSocket', 'addressFamily', 'connected', 'remoteEndPoint'),
  ),
  scenario(
    'N-009 a static connect that is refused leaves no socket',
    given(refusing('deaf'), args('e')),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    connectStatically(),
    set('e', 'remoteEndPoint', { dns: ['127.0.0.1', '@deaf'] }),
    connectStatically(),
    set('e', 'remoteEndPoint', { dns: ['localhost', '@deaf'] }),
    connectStatically(),
  ),
  scenario(
    'Z-006 ConnectByNameError goes with the next operation',
    given(listening('listener'), refusing('deaf'), tcp('client'), args('e')),
    set('e', 'remoteEndPoint', { dns: ['localhost', '@deaf'] }),
    perform('e', 'connectAsync', 'client'),
    set('e', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
  ),
  ...['0.0.0.0', '::0'].map(host =>
    scenario(
      `S-042 the name ${host} is refused, and the event args stay usable`,
      given(listening('listener'), dual('client'), args('e')),
      set('e', 'remoteEndPoint', { dns: [host, 80] }),
      start('e', 'connectAsync', 'client'),
      start('e', 'connectAsync', 'Socket', ...stream),
      set('e', 'remoteEndPoint', '@listener.localEndPoint'),
      connectStatically(),
    ),
  ),
  scenario(
    'a name has no address of the family of the socket',
    given(tcp('client'), args('e')),
    set('e', 'remoteEndPoint', { dns: ['::1', 9] }),
    perform('e', 'connectAsync', 'client'),
  ),
];

const cancelling = [
  scenario(
    'S-030 cancelling what is not in progress does nothing',
    given(refusing('deaf'), tcp('client'), args('e')),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    perform('e', 'connectAsync', 'client'),
    call('Socket', 'cancelConnectAsync', '@e'),
    get('client', 'connected', 'available'),
  ),
  scenario(
    'S-031 cancelling after a static connect does nothing',
    given(refusing('deaf'), args('e')),
    set('e', 'remoteEndPoint', '@deaf.localEndPoint'),
    connectStatically(),
    call('Socket', 'cancelConnectAsync', '@e'),
  ),
  scenario(
    'cancelling does not touch operations that are no connects',
    given(pair(), args('e', 4), args('sending', 2, 2)),
    start('e', 'receiveAsync', 'client'),
    call('Socket', 'cancelConnectAsync', '@e'),
    perform('sending', 'sendAsync', 'server'),
    wait('e'),
  ),
];

/** Nobody answers behind a full backlog. */
const crowded: readonly Step[] = [
  ...[tcp('listener'), bind('listener', '127.0.0.1'), call('listener', 'listen', 0)],
  ...[tcp('first'), ...args('c'), set('c', 'remoteEndPoint', '@listener.localEndPoint')],
  perform('c', 'connectAsync', 'first'),
  ...[tcp('client'), ...args('e')],
  set('e', 'remoteEndPoint', '@listener.localEndPoint'),
];

const pending = [
  scenario(
    'S-030 Z-008 a connect that is cancelled is aborted, and its socket disposed',
    given(crowded),
    start('e', 'connectAsync', 'client'),
    get('e', 'lastOperation', 'connectSocket'),
    call('Socket', 'cancelConnectAsync', '@e'),
    wait('e'),
    get('client', 'connected', 'available'),
  ),
  scenario(
    'S-031 a static connect that is cancelled is aborted',
    given(crowded),
    start('e', 'connectAsync', 'Socket', ...stream),
    call('Socket', 'cancelConnectAsync', '@e'),
    wait('e'),
  ),
  scenario(
    'C-009 a connect by name whose socket is disposed is aborted',
    given(crowded),
    set('e', 'remoteEndPoint', { dns: ['127.0.0.1', '@listener'] }),
    start('e', 'connectAsync', 'client'),
    call('client', 'dispose'),
    wait('e'),
  ),
  scenario(
    'C-009 a connect whose socket is disposed is aborted',
    given(crowded),
    start('e', 'connectAsync', 'client'),
    call('client', 'close'),
    wait('e'),
  ),
];

const targets: readonly (readonly [string, string, string, Json])[] = [
  ['U-002', '127.0.0.1', 'v4', at('127.0.0.1', '@listener')],
  ['U-003', '::1', 'v6', at('::1', '@listener')],
  ['U-006', '::1', 'v6', at('127.0.0.1', '@listener')],
  ['U-007', '127.0.0.1', 'v4', at('::1', '@listener')],
  ['U-008', '::1', 'v6', { dns: ['::1', '@listener'] }],
  ['U-008', '127.0.0.1', 'v4', { dns: ['127.0.0.1', '@listener'] }],
];

const dualMode = [
  ...targets.map(([row, local, family, remote]) =>
    scenario(
      `${row} a dual-mode socket connects to a listener at ${local}: ${JSON.stringify(remote)}`,
      given(tcp('listener', family as 'v4'), bind('listener', local), call('listener', 'listen')),
      given(dual('client'), args('e')),
      set('e', 'remoteEndPoint', remote),
      perform('e', 'connectAsync', 'client'),
      get('client', 'remoteEndPoint', 'localEndPoint'),
    ),
  ),
  scenario(
    'U-005 U-008 a dual-mode socket connects to a dual-mode listener',
    given(
      dual('listener'),
      bind('listener', '::'),
      call('listener', 'listen'),
      dual('client'),
      args('e'),
    ),
    set('e', 'remoteEndPoint', at('::1', '@listener')),
    perform('e', 'connectAsync', 'client'),
  ),
];

const disconnecting = [
  ...[true, false].map(reuse =>
    scenario(
      `D-001 D-002 C-007 after a disconnect with reuse ${reuse}, connecting again is answered`,
      given(pair(), args('e'), args('receiving', 4)),
      set('e', 'disconnectReuseSocket', reuse),
      start('e', 'disconnectAsync', 'client'),
      perform('receiving', 'receiveAsync', 'server'),
      perform('connecting', 'connectAsync', 'client'),
      get('client', 'connected', 'remoteEndPoint'),
    ),
  ),
  scenario(
    'D-004 D-006 disconnecting what was never connected throws',
    given(tcp('socket'), args('e'), udp('datagrams')),
    start('e', 'disconnectAsync', 'socket'),
    call('socket', 'disconnectAsync', null),
    start('e', 'disconnectAsync', 'datagrams'),
    get('e', 'lastOperation'),
  ),
  scenario(
    'D-001 a disconnected socket is disconnected once more',
    given(pair(), args('e')),
    start('e', 'disconnectAsync', 'client'),
    start('e', 'disconnectAsync', 'client'),
    set('e', 'disconnectReuseSocket', true),
    start('e', 'disconnectAsync', 'server'),
    start('e', 'disconnectAsync', 'server'),
    call('server', 'shutdown', '#SocketShutdown.Both'),
  ),
];

export const connect = [
  ...byAddress,
  ...withData,
  ...refusals,
  ...byName,
  ...cancelling,
  ...pending,
  ...dualMode,
  ...disconnecting,
];
