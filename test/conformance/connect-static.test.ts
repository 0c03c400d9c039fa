// Rows N-005 … N-009, S-042, V-011 … V-013 and Z-021 of the specification: the static ConnectAsync,
// which makes its own socket. Cancelling is in connect.cancel.test.ts.

import {
  AddressFamily,
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketError,
  SocketException,
  SocketType,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { binding } from '../../lib/internal/binding.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { stubLookup } from '../support/resolver.js';
import {
  acceptFrom,
  argsFor,
  endPointOf,
  eventArgs,
  listener,
  refusing,
  tracked,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const { InterNetwork: v4, InterNetworkV6: v6 } = AddressFamily;
const noSuchType = 77 as SocketType;

const connectStatic = (e: SocketAsyncEventArgs): boolean =>
  Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);

function argsByName(host: string, target: Socket, family?: AddressFamily): SocketAsyncEventArgs {
  const e = eventArgs();
  e.remoteEndPoint = new DnsEndPoint(host, endPointOf(target).port, family);
  return e;
}

/** The connected socket of event args, and nothing else that was made for it is left. */
function connectSocketOf(e: SocketAsyncEventArgs): Socket {
  expect(e).toMatchObject({ socketError: SocketError.Success, connectByNameError: null });
  const socket = tracked(e.connectSocket as Socket);
  expect(socket).toMatchObject({ connected: true, isBound: true, blocking: true });
  return socket;
}

async function expectFailure(e: SocketAsyncEventArgs, error: SocketError): Promise<void> {
  const open = binding.openSocketCount();
  const { sender } = await finish(e, connectStatic);
  expect(e).toMatchObject({ socketError: error, connectSocket: null });
  if (e.remoteEndPoint instanceof DnsEndPoint) {
    expect(e.connectByNameError).toMatchObject({ socketErrorCode: error });
  } else {
    expect(e.connectByNameError).toBeNull();
    expect(sender ?? null).toBeNull();
  }
  expect(binding.openSocketCount()).toBe(open);
}

describe.each(families)('%s', (_name, family) => {
  test('N-005 a socket is made and connected', async () => {
    const listening = listener(family);
    const e = argsFor(listening);
    const { wasPending, sender } = await succeed(e, connectStatic);
    const socket = connectSocketOf(e);
    expect(sender).toBe(wasPending ? socket : undefined);
    expect(socket.addressFamily).toBe(family);
    expect(socket.socketType).toBe(SocketType.Stream);
    expect(socket.protocolType).toBe(ProtocolType.Tcp);
    const server = await acceptFrom(listening);
    await send(socket, Buffer.from('a'));
    expect(await receive(server, 1)).toHaveLength(1);
  });

  test('N-009 Z-021 a socket that is refused is disposed', async () => {
    await expectFailure(argsFor(refusing(family)), SocketError.ConnectionRefused);
  });

  test.each([
    ['N-005', 'any family', undefined],
    ['N-006', 'this family', family],
  ])('%s a name that resolves is connected to, asked for %s', async (_row, _asked, asked) => {
    const lookup = stubLookup();
    const listening = listener(family);
    const e = argsByName('some.name', listening, asked);
    const open = binding.openSocketCount();
    const connecting = begin(e, connectStatic);
    await lookup.answer(String(endPointOf(listening).address));
    const { sender } = await connecting.outcome;
    const socket = connectSocketOf(e);
    expect(sender).toBe(socket);
    expect(socket.addressFamily).toBe(family);
    expect(binding.openSocketCount()).toBe(open + 1);
  });

  test('N-009 a name whose address refuses is reported', async () => {
    const lookup = stubLookup();
    const target = refusing(family);
    const failing = expectFailure(argsByName('some.name', target), SocketError.ConnectionRefused);
    await lookup.answer(String(endPointOf(target).address));
    await failing;
  });
});

test('N-006 the same event args make another socket each time', async () => {
  const e = argsFor(listener());
  await succeed(e, connectStatic);
  const first = connectSocketOf(e);
  e.remoteEndPoint = listener(v6).localEndPoint;
  await succeed(e, connectStatic);
  const second = connectSocketOf(e);
  expect(second).not.toBe(first);
  expect([first.addressFamily, second.addressFamily]).toEqual([v4, v6]);
  expect(first.connected).toBe(true);
});

describe('several addresses', () => {
  test.each([
    ['IPv4', () => listener()],
    ['IPv6', () => listener(v6)],
  ])('are tried with a socket for each family: %s answers', async (_name, make) => {
    const lookup = stubLookup();
    const listening = make();
    const e = argsByName('some.name', listening);
    const open = binding.openSocketCount();
    const connecting = begin(e, connectStatic);
    expect(binding.openSocketCount()).toBe(open);
    await lookup.answer('127.0.0.2', '::1', '127.0.0.1');
    const { sender } = await connecting.outcome;
    const socket = connectSocketOf(e);
    expect(sender).toBe(socket);
    expect(socket.addressFamily).toBe(listening.addressFamily);
    expect(binding.openSocketCount()).toBe(open + 1);
  });

  test('N-009 that all refuse leave no socket, and no sender', async () => {
    const lookup = stubLookup();
    const open = binding.openSocketCount();
    const target = refusing();
    const e = argsByName('some.name', target);
    const connecting = begin(e, connectStatic);
    await lookup.answer('127.0.0.2', '127.0.0.3', '127.0.0.1');
    const { sender } = await connecting.outcome;
    expect(sender).toBeNull();
    expect(e).toMatchObject({ socketError: SocketError.ConnectionRefused, connectSocket: null });
    expect(binding.openSocketCount()).toBe(open + 1); // the target
  });
});

describe('an address in text', () => {
  test('N-007 a mapped one makes the socket dual-mode', async () => {
    const listening = listener();
    const e = argsByName('[::FFFF:127.0.0.1]', listening);
    await succeed(e, connectStatic);
    const socket = connectSocketOf(e);
    expect(socket).toMatchObject({ addressFamily: v6, dualMode: true });
    const { port } = endPointOf(listening);
    expect(String(socket.remoteEndPoint)).toBe(`[::ffff:127.0.0.1]:${port}`);
  });

  test.each<[string, (port: number) => DnsEndPoint | IPEndPoint]>([
    ['by name, for IPv6', port => new DnsEndPoint('::ffff:127.0.0.1', port, v6)],
    ['as an endpoint', port => new IPEndPoint(IPAddress.Loopback.mapToIPv6(), port)],
  ])('N-007 a mapped one does not if the family is given: %s', async (_how, endPoint) => {
    const e = eventArgs();
    e.remoteEndPoint = endPoint(endPointOf(listener()).port);
    await expectFailure(e, SocketError.NetworkUnreachable);
  });

  test.each([
    ['127.0.0.1', v6],
    ['::1', v4],
  ])('of another family than asked for is NoData: %s', async (host, family) => {
    await expectFailure(argsByName(host, listener(), family), SocketError.NoData);
  });
});

test('N-008 a host that does not exist is reported', async () => {
  const e = eventArgs();
  const open = binding.openSocketCount();
  for (const [family, isNull] of [
    [AddressFamily.Unspecified, true],
    [v4, false], // the socket that was made before the name was looked up
  ] as const) {
    e.remoteEndPoint = new DnsEndPoint('no-such-host.invalid', 80, family);
    const { sender } = await finish(e, connectStatic);
    expect(sender === null).toBe(isNull);
    const { HostNotFound, NoData, TryAgain } = SocketError;
    expect([HostNotFound, NoData, TryAgain]).toContain(e.socketError);
    expect(e.connectSocket).toBeNull();
    expect(e.connectByNameError).toBeInstanceOf(SocketException);
    expect(e.connectByNameError).toMatchObject({ socketErrorCode: e.socketError });
    expect(binding.openSocketCount()).toBe(open);
  }
});

test('a kind of socket that does not exist is thrown, or reported if it comes out late', async () => {
  const e = argsFor(listener());
  const start = (each: SocketAsyncEventArgs): boolean =>
    Socket.connectAsync(noSuchType, ProtocolType.Tcp, each);
  expect(thrownBy(() => start(e))).toBe('SocketException(ProtocolType)');
  e.remoteEndPoint = new DnsEndPoint('localhost', 1, v4);
  expect(thrownBy(() => start(e))).toBe('SocketException(ProtocolType)');
  e.remoteEndPoint = new DnsEndPoint('127.0.0.1', 1);
  expect((await finish(e, start)).wasPending).toBe(false);
  expect(e.socketError).toBe(SocketError.ProtocolType);
  expect(e.connectByNameError).toMatchObject({ socketErrorCode: SocketError.ProtocolType });
});

test('S-042 a host that nobody can connect to leaves no socket behind', async () => {
  const listening = listener();
  const open = binding.openSocketCount();
  const e = eventArgs();
  for (const [host, family] of [
    ['::0', undefined],
    ['0.0.0.0', undefined],
    ['0.0.0.0', v4],
  ] as const) {
    e.remoteEndPoint = new DnsEndPoint(host, 80, family);
    expect(thrownBy(() => connectStatic(e))).toBe('ArgumentException(hostName)');
    expect(binding.openSocketCount()).toBe(open);
  }
  e.remoteEndPoint = listening.localEndPoint;
  await succeed(e, connectStatic);
  connectSocketOf(e);
});

test('V-011 V-012 V-013 what is missing or too much is refused', () => {
  expect(thrownBy(() => connectStatic(null as never))).toBe('ArgumentNullException(e)');
  const e = eventArgs();
  expect(thrownBy(() => connectStatic(e))).toBe('ArgumentException(e)');
  e.remoteEndPoint = new DnsEndPoint('localhost', 80);
  e.bufferList = [new Uint8Array(1)];
  expect(thrownBy(() => connectStatic(e))).toBe('ArgumentException(e)');
});
