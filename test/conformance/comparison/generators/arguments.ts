// Event args and sockets by themselves: setters in any order, windows in range and out of it, and
// operations that are refused.

import { args, at, dual, given, tcp, udp } from '../../scenarios/setups.js';
import type { Random } from '../../../support/seed.js';
import { call, get, let_, set, start, type Json, type Step } from '../scenario.js';

const verbs = [
  'acceptAsync',
  'connectAsync',
  'disconnectAsync',
  'receiveFromAsync',
  'receiveMessageFromAsync',
  'sendPacketsAsync',
] as const;

const numbers = [-2_147_483_648, -1, 0, 1, 2, 5, 8, 9, 2_147_483_647];

const endPoints: readonly Json[] = [
  null,
  { dns: ['', 9] },
  { dns: ['0.0.0.0', 9] },
  { endPoint: ['::1', 1] },
  { unix: ['$folder/none'] },
];

function setting(random: Random): Step {
  const bytes = random.pick(['@eight', '@one', '@none']);
  const [offset, count] = [random.pick(numbers), random.pick(numbers)];
  return random.pick<() => Step>([
    () => call('e', 'setBuffer', bytes, offset, count),
    () => call('e', 'setBuffer', '@eight', random.integer(0, 8), random.integer(0, 8)),
    () => call('e', 'setBuffer', null, offset, count),
    () => call('e', 'setBuffer', offset, count),
    () => call('e', 'setBuffer', random.integer(0, 8), random.integer(0, 4)),
    () => call('e', 'setBuffer', random.pick(['@eight', '@one'])),
    () => set('e', 'bufferList', random.pick([null, '@list', '@other'])),
    () => set('e', 'bufferList', [{ part: ['@eight', 2, 3] }]),
    () => set('e', 'remoteEndPoint', random.pick(endPoints.slice(2))),
    () => set('e', 'remoteEndPoint', null),
    () => set('e', 'socketFlags', random.pick([0, 1, 2, 256, 32_768])),
    () => set('e', 'socketError', random.pick([0, -1, 10_057, 5])),
    () => set('e', 'sendPacketsFlags', random.pick([0, 1, 2, 3, 255])),
    () => set('e', 'sendPacketsSendSize', random.pick(numbers)),
    () => set('e', 'sendPacketsElements', random.pick([null, []])),
    () => set('e', 'disconnectReuseSocket', random.percent(50)),
    () => set('e', 'acceptSocket', random.pick([null, '@socket'])),
    () => set('e', 'userToken', random.pick([null, '@socket', '@e'])),
  ])();
}

function option(random: Random): Step {
  const name = random.pick(['noDelay', 'blocking', 'dualMode', 'enableBroadcast', 'dontFragment']);
  return random.pick<() => Step>([
    () => set('socket', name, random.percent(50)),
    () => get('socket', name, 'ttl', 'lingerState', 'receiveTimeout', 'multicastLoopback'),
    () => set('socket', 'ttl', random.pick([-1, 0, 1, 64, 255, 256])),
    () => set('socket', 'receiveTimeout', random.pick([-2, -1, 0, 1500])),
    () => set('socket', 'sendTimeout', random.pick([-2, -1, 0, 1500])),
    () => set('socket', 'exclusiveAddressUse', random.percent(50)),
    () => set('socket', 'multicastLoopback', random.percent(50)),
    () => call('socket', 'bind', random.pick([at('127.0.0.1'), at('::1'), null])),
    () => call('socket', 'listen', random.pick([0, 1, 100])),
    () => call('socket', 'shutdown', random.pick([0, 1, 2, 3])),
  ])();
}

export function randomArguments(random: Random): Step[] {
  const socket = random.pick([
    tcp('socket'),
    tcp('socket', 'v6'),
    dual('socket'),
    udp('socket'),
    udp('socket', 'v6'),
  ]);
  const steps: Step[] = [
    given(socket, args('e'), let_('eight', { fill: [8, 1] }), let_('one', { fill: [1, 1] })),
    given(let_('none', { fill: [0, 0] })),
    given(let_('list', ['@one', '@eight']), let_('other', [{ part: ['@eight', 0, 0] }])),
  ];
  const length = random.integer(4, 14);
  for (let i = 0; i < length; i++) {
    const chance = random.integer(1, 100);
    if (chance <= 60) steps.push(setting(random));
    else if (chance <= 80) steps.push(option(random));
    else if (chance <= 92) steps.push(call('socket', random.pick(verbs), null));
    else if (chance <= 95) steps.push(call('e', 'dispose'));
    else if (chance <= 98) steps.push(call('socket', random.pick(['dispose', 'close'])));
    else steps.push(start('e', 'sendPacketsAsync', 'socket'));
  }
  return steps;
}
