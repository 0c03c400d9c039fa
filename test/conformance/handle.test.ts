// Rows O-009 … O-013 and A-016 of the specification: making sockets, anew and from handles. The handles come to
// a child process as its descriptor 3, which no JavaScript of this process could get by itself.

import { closeSync, fstatSync, openSync } from 'node:fs';

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { startProgram } from '../support/child.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import {
  acceptFrom,
  argsFor,
  connectedPair,
  connectTo,
  dualSocket,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  tracked,
  udpSocket,
} from '../support/sockets.js';
import { ae, ane, aoore, thrownBy } from '../support/thrown.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

const { InterNetwork: v4, InterNetworkV6: v6, Unix } = AddressFamily;
const { Stream, Dgram } = SocketType;
const { Tcp, Udp, Unspecified } = ProtocolType;

const testUnix = skipUnless(process.platform !== 'win32', 'handles are no descriptors');
const testLinux = skipUnless(process.platform === 'linux', 'the program looks into /proc');

/** What a child process finds that gets a descriptor of this one. */
async function inChild(scenario: string, descriptor?: number): Promise<Record<string, unknown>> {
  const inherited = descriptor === undefined ? {} : { inherited: descriptor };
  const program = startProgram('test/fixtures/handles.js', [scenario], inherited);
  const { code, stdout, stderr } = await program.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('a socket from a handle', () => {
  testUnix.each([
    ['an unbound TCP socket', tcpSocket, [v4, Stream, Tcp], '0.0.0.0:0'],
    ['an unbound UDP socket', () => udpSocket(v6), [v6, Dgram, Udp], '[::]:0'],
    [
      'a Unix-domain socket',
      () => tracked(new Socket(Unix, Stream, Unspecified)),
      [Unix, Stream, Unspecified],
      '',
    ],
  ] as const)('is what it was, and counts as bound: %s', async (_what, make, kind, local) => {
    const [addressFamily, socketType, protocolType] = kind;
    const facts = { addressFamily, socketType, protocolType, local };
    const state = { isBound: true, connected: false, blocking: true, remote: null };
    expect(await inChild('facts', make().handle)).toEqual({ ...facts, ...state });
  });

  testUnix('is bound where it was', async () => {
    const socket = udpSocket();
    socket.bind(loopback());
    const local = String(socket.localEndPoint);
    expect(await inChild('facts', socket.handle)).toMatchObject({ local, connected: false });
  });

  testUnix('is connected to whom it was, and sends to it', async () => {
    const { client, server } = await connectedPair();
    const [local, remote] = [String(client.localEndPoint), String(client.remoteEndPoint)];
    expect(await inChild('facts', client.handle)).toMatchObject({ local, remote, connected: true });
    await inChild('send', client.handle);
    expect(Buffer.from(await receive(server, 14)).toString()).toBe('from the child');
    await send(client, Buffer.from('!')); // the child has closed its own descriptor alone
    expect(await receive(server, 1)).toHaveLength(1);
  });

  testUnix('A-016 listens if it did, accepts, and aborts its accept when disposed', async () => {
    const listening = listener();
    const facts = inChild('accept', listening.handle);
    const client = await connectTo(listening);
    await send(client, Buffer.from('echo'));
    expect(await receive(client, 4)).toEqual(Buffer.from('echo'));
    expect((await receiveOnce(client)).bytes).toHaveLength(0);
    const { error, isAborted } = await facts;
    expect(error).toBe(isAborted);
    await connectTo(listening); // its own descriptor goes on
    await acceptFrom(listening);
  });

  testUnix('cannot be accepted into, as it counts as bound', async () => {
    const facts = await inChild('acceptInto', tcpSocket().handle);
    expect(facts).toEqual({ thrown: 'InvalidOperationException' });
  });

  testLinux('O-013 cannot be made of a file, which stays open', async () => {
    const file = openSync(__filename, 'r');
    const facts = await inChild('refused', file);
    closeSync(file);
    expect(facts).toEqual({ code: SocketError.NotSocket, target: __filename });
  });
});

describe('a handle', () => {
  const make = (value: unknown) => (): unknown => new Socket(value as number);

  test.each<[string, unknown, string]>([
    ['null', null, ane('handle')],
    ['undefined', undefined, ane('handle')],
    ['-1', -1, ae('handle')],
    ['a string', '3', ae('handle')],
    ['an object', {}, ae('handle')],
    ['a bigint', 3n, ae('handle')],
    ['a fraction', 1.5, aoore('handle')],
    ['NaN', Number.NaN, aoore('handle')],
    ['too large', 2 ** 31, aoore('handle')],
    ['-2', -2, 'SocketException(NotSocket)'],
    ['not open', 2 ** 31 - 1, 'SocketException(NotSocket)'],
  ])('O-013 is refused: %s', (_what, value, thrown) => {
    expect(thrownBy(make(value))).toBe(thrown);
  });

  testUnix('O-013 of a file is refused, and the file stays open', () => {
    const file = openSync(__filename, 'r');
    expect(thrownBy(make(file))).toBe('SocketException(NotSocket)');
    expect(fstatSync(file).isFile()).toBe(true);
    closeSync(file);
  });

  test('of another socket is refused, and that socket goes on', async () => {
    const { client, server } = await connectedPair();
    expect(thrownBy(make(client.handle))).toBe(ae('handle'));
    await send(client, Buffer.from('a'));
    expect(await receive(server, 1)).toHaveLength(1);
  });

  testLinux('O-012 is not passed on to child processes', async () => {
    const { client } = await connectedPair();
    expect(client.handle).toBeGreaterThanOrEqual(0);
    udpSocket().bind(loopback());
    expect(await inChild('inherited')).toEqual({ sockets: [] });
  });
});

describe('what makes a socket', () => {
  test.each([
    ['IPv4 TCP', [v4, Stream, Tcp]],
    ['IPv6 TCP', [v6, Stream, Tcp]],
    ['IPv4 UDP', [v4, Dgram, Udp]],
    ['IPv6 UDP', [v6, Dgram, Udp]],
    ['IPv4 of any stream protocol', [v4, Stream, Unspecified]],
    ['Unix-domain datagrams', [Unix, Dgram, Unspecified]],
    ['Unix-domain packets', [Unix, SocketType.Seqpacket, Unspecified]],
  ] as const)('O-009 can be %s', (_what, [family, type, protocol]) => {
    const socket = tracked(new Socket(family, type, protocol));
    expect([socket.addressFamily, socket.socketType, socket.protocolType]).toEqual([
      family,
      type,
      protocol,
    ]);
    expect(socket.dualMode).toBe(false);
  });

  test.each([
    ['TCP', Stream, Tcp],
    ['UDP', Dgram, Udp],
    ['any stream protocol', Stream, Unspecified],
  ] as const)('O-009 can be %s in dual mode', (_what, type, protocol) => {
    const socket = tracked(new Socket(type, protocol));
    expect(socket).toMatchObject({ addressFamily: v6, socketType: type, protocolType: protocol });
    expect(socket.dualMode).toBe(true);
  });

  const impossible: readonly [string, readonly number[], string][] = [
    ['datagrams of TCP', [v4, Dgram, Tcp], 'ProtocolNotSupported'],
    ['a stream of UDP', [v4, Stream, Udp], 'ProtocolNotSupported'],
    ['a stream of UDP in IPv6', [v6, Stream, Udp], 'ProtocolNotSupported'],
    ['a stream of UDP in dual mode', [Stream, Udp], 'ProtocolNotSupported'],
    ['TCP without addresses', [Unix, Stream, Tcp], 'ProtocolNotSupported'],
    ['ICMPv6 of IPv4', [v4, Stream, ProtocolType.IcmpV6], 'ProtocolNotSupported'],
    ['no type', [v4, 0, Tcp], 'ProtocolType'],
    ['a type that is none', [v4, 99, Tcp], 'ProtocolType'],
    ['a protocol that is none', [v4, Stream, 99], 'ProtocolNotSupported'],
    ['a family that is none', [999, Stream, Tcp], 'AddressFamilyNotSupported'],
    ['no family', [0, Stream, Unspecified], 'AddressFamilyNotSupported'],
    ['packets of IPv4', [v4, SocketType.Seqpacket, Unspecified], 'SocketNotSupported'],
    ['reliable messages of IPv4', [v4, SocketType.Rdm, Unspecified], 'SocketNotSupported'],
  ];

  testUnix.each(impossible)('O-010 cannot be %s', (_what, numbers, error) => {
    const create = (): unknown => Reflect.construct(Socket, numbers);
    expect(thrownBy(create)).toBe(`SocketException(${error})`);
  });

  testUnix('O-011 cannot be raw, without privilege', async () => {
    expect(await inChild('raw')).toEqual({ error: SocketError.AccessDenied });
  });
});

describe('what the system has', () => {
  test('is told by static members, which agree with each other', () => {
    expect(Socket.osSupportsIPv4).toBe(true);
    expect(Socket.supportsIPv4).toBe(true);
    expect(Socket.supportsIPv6).toBe(Socket.osSupportsIPv6);
    expect(Socket.osSupportsIPv6).toBe(thrownBy(() => dualSocket().bind(any6())) === 'nothing');
  });

  testUnix('includes Unix-domain sockets', () => {
    expect(Socket.osSupportsUnixDomainSockets).toBe(true);
  });

  function any6(): IPEndPoint {
    return new IPEndPoint(IPAddress.IPv6Any, 0);
  }
});

testUnix('what a socket from a handle sends comes from where it is bound', async () => {
  const [bound, target] = [udpSocket(), udpSocket()];
  for (const socket of [bound, target]) socket.bind(loopback());
  await succeed(argsFor(target), e => bound.connectAsync(e));
  await inChild('send', bound.handle);
  const e = eventArgs(16);
  e.remoteEndPoint = loopback();
  await succeed(e, each => target.receiveFromAsync(each));
  expect(e.remoteEndPoint).toEqual(bound.localEndPoint);
});
