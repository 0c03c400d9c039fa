// Rows C-004, C-005, N-001 … N-003, U-008 and Z-006 of the specification: connecting a socket to a
// DnsEndPoint. The static form is in connect-static.test.ts, cancelling in connect.cancel.test.ts.

import {
  AddressFamily,
  DnsEndPoint,
  type IPEndPoint,
  LingerOption,
  SocketError,
  SocketException,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, finish, succeed, type Outcome } from '../support/operations.js';
import { stubLookup } from '../support/resolver.js';
import {
  acceptFrom,
  argsFor,
  connectedPair,
  dualSocket,
  endPointOf,
  eventArgs,
  listener,
  refusing,
  tcpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive } from '../support/transfer.js';

const { InterNetwork: v4, InterNetworkV6: v6, Unspecified: any } = AddressFamily;

function argsByName(host: string, target: Socket, family?: AddressFamily): SocketAsyncEventArgs {
  const e = eventArgs();
  e.remoteEndPoint = new DnsEndPoint(host, endPointOf(target).port, family);
  return e;
}

function connectOn(client: Socket, e: SocketAsyncEventArgs): Promise<Outcome> {
  return finish(e, each => client.connectAsync(each));
}

function expectFailure(e: SocketAsyncEventArgs, error: SocketError): void {
  expect(e).toMatchObject({ socketError: error, connectSocket: null, bytesTransferred: 0 });
  expect(e.connectByNameError).toBeInstanceOf(SocketException);
  expect(e.connectByNameError).toMatchObject({ socketErrorCode: error });
}

describe('by the resolver of this machine', () => {
  test('N-001 localhost is reached', async () => {
    const listening = listener();
    const client = tcpSocket();
    const e = argsByName('localhost', listening);
    const target = e.remoteEndPoint;
    const { wasPending, sender } = await connectOn(client, e);
    expect(wasPending).toBe(true);
    expect(sender).toBe(client);
    expect(e).toMatchObject({ socketError: SocketError.Success, connectByNameError: null });
    expect(e.connectSocket).toBe(client);
    expect(e.remoteEndPoint).toBe(target);
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
  });

  test('N-003 a host that does not exist is reported', async () => {
    const client = tcpSocket();
    const e = eventArgs();
    e.remoteEndPoint = new DnsEndPoint('no-such-host.invalid', 80);
    const { sender } = await connectOn(client, e);
    expect(sender).toBe(client);
    // Which of them depends on what the machine knows of name servers.
    const { HostNotFound, NoData, TryAgain } = SocketError;
    expect([HostNotFound, NoData, TryAgain]).toContain(e.socketError);
    expectFailure(e, e.socketError);
    expect(client).toMatchObject({ connected: false, available: 0 });
  });
});

describe('what the resolver says', () => {
  test.each([
    ['ENOTFOUND', SocketError.HostNotFound],
    ['EAI_NODATA', SocketError.HostNotFound],
    ['EAI_AGAIN', SocketError.TryAgain],
    ['EAI_FAIL', SocketError.NoRecovery],
  ])('N-003 %s is reported, and as an exception too', async (code, error) => {
    const lookup = stubLookup();
    const client = tcpSocket();
    const e = argsByName('some.name', listener());
    const connecting = begin(e, each => client.connectAsync(each));
    await lookup.fail(code);
    expect((await connecting.outcome).sender).toBe(client);
    expectFailure(e, error);
  });

  test('no address at all is NoData', async () => {
    const lookup = stubLookup();
    const e = argsByName('some.name', listener());
    const connecting = begin(e, each => tcpSocket().connectAsync(each));
    await lookup.answer();
    await connecting.outcome;
    expectFailure(e, SocketError.NoData);
  });

  test.each([
    ['any', any, 0],
    ['IPv4', v4, 4],
    ['IPv6', v6, 6],
  ])('is asked for addresses of the family of the endpoint: %s', async (_name, family, asked) => {
    const lookup = stubLookup();
    const e = argsByName('some.name', listener(), family);
    const connecting = begin(e, each => dualSocket().connectAsync(each));
    expect(lookup.asked).toEqual([{ host: 'some.name', family: asked }]);
    await lookup.fail('ENOTFOUND');
    await connecting.outcome;
  });
});

describe('several addresses', () => {
  test.each([
    ['the first', ['127.0.0.1', '127.0.0.2']],
    ['the last', ['127.0.0.3', '127.0.0.2', '127.0.0.1']],
    ['the only one of its family', ['::1', '127.0.0.1', '::1']],
  ])('U-008 are tried in order, one after another: %s answers', async (_which, addresses) => {
    const lookup = stubLookup();
    const listening = listener();
    const client = tcpSocket();
    const e = argsByName('some.name', listening);
    const connecting = begin(e, each => client.connectAsync(each));
    await lookup.answer(...addresses);
    expect((await connecting.outcome).sender).toBe(client);
    expect(e).toMatchObject({ socketError: SocketError.Success, connectByNameError: null });
    expect(e.connectSocket).toBe(client);
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
  });

  test.each([
    ['IPv4', () => listener()],
    ['IPv6', () => listener(v6)],
  ])('C-005 U-008 a dual-mode socket takes what answers: %s', async (_name, make) => {
    const lookup = stubLookup();
    const listening = make();
    const client = dualSocket();
    const e = argsByName('some.name', listening);
    const connecting = begin(e, each => client.connectAsync(each));
    await lookup.answer('::1', '127.0.0.1');
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    const { address } = client.remoteEndPoint as IPEndPoint;
    expect(address).toEqual(endPointOf(listening).address.mapToIPv6());
    expect((client.localEndPoint as IPEndPoint).addressFamily).toBe(v6);
  });

  test('that all refuse report the last error', async () => {
    const lookup = stubLookup();
    const client = tcpSocket();
    const e = argsByName('some.name', refusing());
    const connecting = begin(e, each => client.connectAsync(each));
    await lookup.answer('255.255.255.255', '127.0.0.1');
    await connecting.outcome;
    expectFailure(e, SocketError.ConnectionRefused);
    await connectOn(client, argsFor(listener()));
    expect(client.connected).toBe(true);
  });

  test('of families that the socket cannot use are NoData', async () => {
    const lookup = stubLookup();
    const e = argsByName('some.name', listener());
    const connecting = begin(e, each => tcpSocket(v6).connectAsync(each));
    await lookup.answer('127.0.0.1', '127.0.0.2');
    await connecting.outcome;
    expectFailure(e, SocketError.NoData);
  });

  test('N-002 leave the options of the socket alone, however many refuse', async () => {
    const lookup = stubLookup();
    const client = tcpSocket();
    client.noDelay = true;
    client.lingerState = new LingerOption(true, 7);
    client.receiveTimeout = 2000;
    client.sendBufferSize = 30_000;
    const { sendBufferSize } = client;
    const e = argsByName('some.name', listener());
    const connecting = begin(e, each => client.connectAsync(each));
    await lookup.answer('127.0.0.2', '127.0.0.3', '127.0.0.1');
    await connecting.outcome;
    expect(client).toMatchObject({ noDelay: true, receiveTimeout: 2000, sendBufferSize });
    expect(client.lingerState).toMatchObject({ enabled: true, lingerTime: 7 });
  });

  test('carry the buffer to the one that answers', async () => {
    const lookup = stubLookup();
    const listening = listener();
    const e = argsByName('some.name', listening);
    e.setBuffer(Buffer.from('hello'), 1, 3);
    const connecting = begin(e, each => tcpSocket().connectAsync(each));
    await lookup.answer('127.0.0.2', '127.0.0.1');
    await connecting.outcome;
    expect(e.bytesTransferred).toBe(3);
    const server = await acceptFrom(listening);
    expect(Buffer.from(await receive(server, 3)).toString()).toBe('ell');
  });
});

describe('an address in text', () => {
  test.each([
    ['127.0.0.1', () => listener(), any],
    ['127.0.0.1', () => listener(), v4],
    ['::1', () => listener(v6), any],
    ['[::1]', () => listener(v6), v6],
  ])('is connected to without asking the resolver: %s', async (host, make, family) => {
    const lookup = stubLookup();
    const listening = make();
    const client = tcpSocket(listening.addressFamily);
    const e = argsByName(host, listening, family);
    await succeed(e, each => client.connectAsync(each));
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
    expect(lookup.asked).toEqual([]);
  });

  test('is reported as a name is when it refuses', async () => {
    const e = argsByName('127.0.0.1', refusing());
    await connectOn(tcpSocket(), e);
    expectFailure(e, SocketError.ConnectionRefused);
  });

  test.each([
    ['of another family than the socket', v4, '::1', any],
    ['mapped, on an IPv4 socket', v4, '::ffff:127.0.0.1', any],
    ['of another family than asked for', v6, '127.0.0.1', v6],
  ])('%s is NoData at once', async (_which, family, host, asked) => {
    const e = argsByName(host, listener(), asked);
    const { wasPending } = await connectOn(tcpSocket(family), e);
    expect(wasPending).toBe(false);
    expectFailure(e, SocketError.NoData);
  });
});

test.each([v4, v6])('V-009 an endpoint for another family is refused: %d', async family => {
  const other = family === v4 ? v6 : v4;
  const e = argsByName('some.name', listener(), other);
  expect(thrownBy(() => tcpSocket(family).connectAsync(e))).toBe('NotSupportedException');
  e.remoteEndPoint = listener(family).localEndPoint;
  await succeed(e, each => tcpSocket(family).connectAsync(each));
});

test('Z-006 connectByNameError is reset by whatever comes next', async () => {
  const { client, server } = await connectedPair();
  const e = argsByName('127.0.0.1', refusing());
  await connectOn(tcpSocket(), e);
  expectFailure(e, SocketError.ConnectionRefused);
  e.setBuffer(new Uint8Array(1), 0, 1);
  await succeed(e, each => client.sendAsync(each));
  expect(e.connectByNameError).toBeNull();
  await receive(server, 1);
  e.setBuffer(null, 0, 0);
  e.remoteEndPoint = argsByName('127.0.0.1', refusing()).remoteEndPoint;
  await connectOn(tcpSocket(), e);
  expectFailure(e, SocketError.ConnectionRefused);
  e.remoteEndPoint = refusing().localEndPoint;
  await connectOn(tcpSocket(), e);
  expect(e).toMatchObject({
    socketError: SocketError.ConnectionRefused,
    connectByNameError: null,
  });
});

test('a name with a NUL in it is found nowhere, and looked for nowhere', async () => {
  const { asked } = stubLookup();
  const e = argsByName('localhost\0.example', refusing());
  const { wasPending } = await connectOn(tcpSocket(), e);
  expect(wasPending).toBe(true);
  expectFailure(e, SocketError.HostNotFound);
  expect(asked).toEqual([]);
});
