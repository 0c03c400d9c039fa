// Accepting: targets, buffers, ends.

import { call, get, let_, perform, scenario, set, start, wait } from '../comparison/scenario.js';
import { anyOf, args, at, bind, dual, families, given, listening, pair, tcp } from './setups.js';

const connections = families.flatMap(family => [
  scenario(
    `A-001 an accepted socket is connected, and both ends agree where they are (${family})`,
    given(listening('listener', family), tcp('client', family), args('e'), args('c')),
    start('e', 'acceptAsync', 'listener'),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'client'),
    wait('e'),
    let_('server', '@e.acceptSocket'),
    get('server', 'connected', 'isBound', 'localEndPoint', 'remoteEndPoint', 'addressFamily'),
    get('server', 'socketType', 'protocolType', 'blocking'),
    get('client', 'localEndPoint', 'remoteEndPoint'),
    get('listener', 'connected', 'isBound', 'remoteEndPoint'),
  ),
  scenario(
    `A-003 A-004 accepts that wait get connections in their order (${family})`,
    given(listening('listener', family), args('a'), args('b'), args('c')),
    given(tcp('first', family), tcp('second', family)),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    start('a', 'acceptAsync', 'listener'),
    start('b', 'acceptAsync', 'listener'),
    perform('c', 'connectAsync', 'first'),
    wait('a'),
    perform('c', 'connectAsync', 'second'),
    wait('b'),
    let_('one', '@a.acceptSocket'),
    let_('two', '@b.acceptSocket'),
    get('one', 'remoteEndPoint'),
    get('two', 'remoteEndPoint'),
    get('first', 'localEndPoint'),
  ),
  scenario(
    `A-005 A-006 connections that wait are accepted in their order (${family})`,
    given(listening('listener', family), args('a'), args('b'), args('c')),
    given(tcp('first', family), tcp('second', family)),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'first'),
    perform('c', 'connectAsync', 'second'),
    perform('a', 'acceptAsync', 'listener'),
    perform('b', 'acceptAsync', 'listener'),
    let_('one', '@a.acceptSocket'),
    let_('two', '@b.acceptSocket'),
    get('one', 'remoteEndPoint'),
    get('first', 'localEndPoint'),
  ),
  scenario(
    `O-033 a socket accepted from a wildcard is somewhere in particular (${family})`,
    given(tcp('listener', family), bind('listener', anyOf(family)), call('listener', 'listen', 5)),
    given(tcp('client', family), args('e'), args('c')),
    set('c', 'remoteEndPoint', at(family === 'v4' ? '127.0.0.1' : '::1', '@listener')),
    perform('c', 'connectAsync', 'client'),
    perform('e', 'acceptAsync', 'listener'),
    get('e.acceptSocket', 'localEndPoint'),
    get('listener', 'localEndPoint'),
  ),
]);

const targets = [
  scenario(
    'A-007 a fresh socket carries the connection',
    given(listening('listener'), tcp('client'), tcp('target'), args('e'), args('c')),
    set('e', 'acceptSocket', '@target'),
    start('e', 'acceptAsync', 'listener'),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'client'),
    wait('e'),
    perform('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'A-009 a socket that was disconnected without reuse is no target',
    given(pair(), args('e')),
    perform('e', 'disconnectAsync', 'client'),
    set('e', 'acceptSocket', '@client'),
    perform('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'A-007 a socket that was disconnected for reuse is a target',
    given(pair(), args('e'), tcp('third')),
    set('e', 'disconnectReuseSocket', true),
    perform('e', 'disconnectAsync', 'client'),
    set('e', 'acceptSocket', '@client'),
    start('e', 'acceptAsync', 'listener'),
    perform('connecting', 'connectAsync', 'third'),
    wait('e'),
  ),
  scenario(
    'A-010 a bound socket is no target',
    given(listening('listener'), tcp('target'), bind('target', '127.0.0.1'), args('e')),
    set('e', 'acceptSocket', '@target'),
    perform('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'A-011 Z-009 a connected socket is no target: what was accepted must be cleared',
    given(pair(), args('e')),
    start('accepting', 'acceptAsync', 'listener'),
    set('e', 'acceptSocket', '@client'),
    start('e', 'acceptAsync', 'listener'),
    set('e', 'acceptSocket', '@listener'),
    start('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'a socket of another family becomes one of the family of the listener',
    given(listening('listener'), tcp('client'), tcp('target', 'v6'), args('e'), args('c')),
    set('e', 'acceptSocket', '@target'),
    start('e', 'acceptAsync', 'listener'),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'client'),
    wait('e'),
    get('target', 'addressFamily', 'dualMode', 'ttl'),
  ),
  scenario(
    'a disposed socket as a target',
    given(listening('listener'), tcp('client'), tcp('target'), args('e'), args('c')),
    call('target', 'dispose'),
    set('e', 'acceptSocket', '@target'),
    start('e', 'acceptAsync', 'listener'),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'client'),
    wait('e'),
  ),
  scenario(
    'the blocking mode of the listener is inherited',
    given(listening('listener'), tcp('client'), args('e'), args('c')),
    set('listener', 'blocking', false),
    set('c', 'remoteEndPoint', '@listener.localEndPoint'),
    perform('c', 'connectAsync', 'client'),
    perform('e', 'acceptAsync', 'listener'),
    get('e.acceptSocket', 'blocking'),
  ),
];

const refusals = [
  scenario(
    'V-001 V-002 V-003 A-018 accepting needs a socket that is bound and listens',
    given(tcp('socket'), args('e'), args('listed')),
    call('socket', 'acceptAsync', null),
    start('e', 'acceptAsync', 'socket'),
    bind('socket', '127.0.0.1'),
    start('e', 'acceptAsync', 'socket'),
    call('socket', 'listen'),
    set('listed', 'bufferList', [{ fill: [4, 0] }]),
    start('listed', 'acceptAsync', 'socket'),
    start('e', 'acceptAsync', 'socket'),
    call('socket', 'dispose'),
    wait('e'),
    start('e', 'acceptAsync', 'socket'),
    call('socket', 'acceptAsync', null),
  ),
  scenario(
    'S-041 accepting with a buffer is not to be had on Unix',
    given(listening('listener'), args('e', 1024)),
    start('e', 'acceptAsync', 'listener'),
    call('e', 'setBuffer', 0, 64),
    start('e', 'acceptAsync', 'listener'),
    call('e', 'setBuffer', null, 0, 0),
    start('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'S-041 accepting over IPv6 with a buffer is not to be had either',
    given(listening('listener', 'v6'), args('e', 1024)),
    call('e', 'setBuffer', 0, 88),
    start('e', 'acceptAsync', 'listener'),
  ),
  scenario(
    'A-012 A-013 accepts that wait when the listener is disposed are aborted',
    given(listening('listener'), args('a'), args('b'), args('c')),
    ...['a', 'b', 'c'].map(e => start(e, 'acceptAsync', 'listener')),
    call('listener', 'dispose'),
    ...['a', 'b', 'c'].map(e => wait(e)),
  ),
  scenario(
    'A-015 an accept that waits on a dual-mode listener is aborted with it',
    given(dual('listener'), bind('listener', '::ffff:127.0.0.1'), call('listener', 'listen')),
    given(args('e')),
    start('e', 'acceptAsync', 'listener'),
    call('listener', 'close'),
    wait('e'),
  ),
];

/** Whom a dual-mode listener hears. */
const dualMode = (
  [
    ['U-009', '127.0.0.1', '127.0.0.1', 'v4'],
    ['U-009', '::ffff:127.0.0.1', '127.0.0.1', 'v4'],
    ['U-011', '::1', '::1', 'v6'],
    ['U-012', '::', '::1', 'v6'],
    ['U-013', '::', '127.0.0.1', 'v4'],
  ] as const
).map(([row, local, remote, family]) =>
  scenario(
    `${row} a dual-mode listener at ${local} hears a client that connects to ${remote}`,
    given(dual('listener'), bind('listener', local), call('listener', 'listen')),
    given(tcp('client', family), args('e'), args('c')),
    get('listener', 'localEndPoint'),
    set('c', 'remoteEndPoint', at(remote, '@listener')),
    perform('c', 'connectAsync', 'client'),
    perform('e', 'acceptAsync', 'listener'),
    get('e.acceptSocket', 'addressFamily', 'localEndPoint', 'remoteEndPoint', 'dualMode'),
  ),
);

const notHeard = (
  [
    ['127.0.0.1', '::1', 'v6'],
    ['::1', '127.0.0.1', 'v4'],
    ['0.0.0.0', '::1', 'v6'],
  ] as const
).map(([local, remote, family]) =>
  scenario(
    `U-014 a dual-mode listener at ${local} does not hear a client that connects to ${remote}`,
    given(dual('listener'), bind('listener', local), call('listener', 'listen')),
    given(tcp('client', family), args('c')),
    set('c', 'remoteEndPoint', at(remote, '@listener')),
    perform('c', 'connectAsync', 'client'),
  ),
);

export const accept = [...connections, ...targets, ...refusals, ...dualMode, ...notHeard];
