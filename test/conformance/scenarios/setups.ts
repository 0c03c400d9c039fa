// Preparations that many scenarios share.

import {
  call,
  let_,
  make,
  perform,
  quiet,
  set,
  start,
  wait,
  type Json,
  type Step,
} from '../comparison/scenario.js';

export type Family = 'v4' | 'v6';

export const families = ['v4', 'v6'] as const;

export const loopbackOf = (family: Family): string => (family === 'v4' ? '127.0.0.1' : '::1');

export const anyOf = (family: Family): string => (family === 'v4' ? '0.0.0.0' : '::');

const familyOf = (family: Family): string =>
  `#AddressFamily.${family === 'v4' ? 'InterNetwork' : 'InterNetworkV6'}`;

export const tcp = (name: string, family: Family = 'v4'): Step =>
  make(name, 'Socket', familyOf(family), '#SocketType.Stream', '#ProtocolType.Tcp');

export const udp = (name: string, family: Family = 'v4'): Step =>
  make(name, 'Socket', familyOf(family), '#SocketType.Dgram', '#ProtocolType.Udp');

export const dual = (name: string, kind: 'Stream' | 'Dgram' = 'Stream'): Step =>
  make(name, 'Socket', `#SocketType.${kind}`, `#ProtocolType.${kind === 'Stream' ? 'Tcp' : 'Udp'}`);

export const unixSocket = (name: string, kind = 'Stream'): Step =>
  make(name, 'Socket', '#AddressFamily.Unix', `#SocketType.${kind}`, '#ProtocolType.Unspecified');

export const at = (address: string, port: Json = 0): Json => ({ endPoint: [address, port] });

export const bind = (socket: string, address: string, port: Json = 0): Step =>
  call(socket, 'bind', at(address, port));

/** Event args with a buffer that is called as they are, and "Bytes". */
export const args = (name: string, length = 0, seed = 0): Step[] => {
  const e = make(name, 'SocketAsyncEventArgs');
  if (length === 0) return [e];
  const bytes = `${name}Bytes`;
  return [
    e,
    let_(bytes, { fill: [length, seed] }),
    call(name, 'setBuffer', `@${bytes}`, 0, length),
  ];
};

/** A socket that listens on the loopback address. */
export const listening = (name: string, family: Family = 'v4'): Step[] => [
  tcp(name, family),
  bind(name, loopbackOf(family)),
  call(name, 'listen'),
];

/** Two connected sockets; "listener" stays open. */
export const pair = (client = 'client', server = 'server', family: Family = 'v4'): Step[] => [
  ...listening('listener', family),
  tcp(client, family),
  ...args('accepting'),
  ...args('connecting'),
  start('accepting', 'acceptAsync', 'listener'),
  set('connecting', 'remoteEndPoint', '@listener.localEndPoint'),
  perform('connecting', 'connectAsync', client),
  wait('accepting'),
  let_(server, '@accepting.acceptSocket'),
];

/** Another connection to "listener". */
export const anotherPair = (client: string, server: string, family: Family = 'v4'): Step[] => [
  tcp(client, family),
  set('accepting', 'acceptSocket', null),
  start('accepting', 'acceptAsync', 'listener'),
  perform('connecting', 'connectAsync', client),
  wait('accepting'),
  let_(server, '@accepting.acceptSocket'),
];

export const given = quiet;
