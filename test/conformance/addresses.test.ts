// Section 1.4 and rows O-029 … O-034 of the specification: where a socket is, whom it talks to, and
// the other facts about its state. What becomes of them when a connection fails or ends is in
// connected.test.ts, disconnect.test.ts and connect.test.ts.

import { fstatSync } from 'node:fs';

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  SocketType,
  type Socket,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import {
  acceptFrom,
  argsFor,
  connectedPair,
  connectTo,
  dualSocket,
  endPointOf,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, receiveOnce, send } from '../support/transfer.js';

const { InterNetwork: v4, InterNetworkV6: v6 } = AddressFamily;

const testDescriptor = skipUnless(process.platform !== 'win32', 'handles are no descriptors');

function anyOf(family: AddressFamily): IPAddress {
  return family === v6 ? IPAddress.IPv6Any : IPAddress.Any;
}

function boundTo(socket: Socket, address: IPAddress): Socket {
  socket.bind(new IPEndPoint(address, 0));
  return socket;
}

/** An endpoint of a socket that is bound to the unspecified address, as one can connect to it. */
function reachable(target: Socket): IPEndPoint {
  return loopback(target.addressFamily, endPointOf(target).port);
}

describe.each(families)('%s', (_name, family) => {
  test('a fresh socket is nowhere', () => {
    for (const socket of [tcpSocket(family), udpSocket(family)]) {
      expect(socket).toMatchObject({ localEndPoint: null, remoteEndPoint: null });
      expect(socket).toMatchObject({ connected: false, isBound: false, available: 0 });
      expect(socket.handle).toBeGreaterThanOrEqual(0);
      expect(socket.addressFamily).toBe(family);
    }
  });

  test('O-034 a bound socket tells its endpoint, as the same object each time', () => {
    for (const socket of [tcpSocket(family), udpSocket(family)]) {
      const wanted = loopback(family);
      socket.bind(wanted);
      expect(socket.isBound).toBe(true);
      const local = socket.localEndPoint as IPEndPoint;
      expect(local).not.toBe(wanted);
      expect(local.address).toEqual(wanted.address);
      expect(local.port).toBeGreaterThan(0);
      expect(socket.localEndPoint).toBe(local);
      expect(socket.remoteEndPoint).toBeNull();
    }
  });

  test('O-034 a connected socket tells both endpoints, as the same objects each time', async () => {
    const { client, server } = await connectedPair(family);
    for (const socket of [client, server]) {
      expect(socket.localEndPoint).toBe(socket.localEndPoint);
      expect(socket.remoteEndPoint).toBe(socket.remoteEndPoint);
      expect(socket.localEndPoint).not.toEqual(socket.remoteEndPoint);
    }
    expect(client.localEndPoint).toEqual(server.remoteEndPoint);
    expect(client.remoteEndPoint).toEqual(server.localEndPoint);
  });

  test('O-031 a wildcard becomes specific when the socket connects', async () => {
    const client = boundTo(tcpSocket(family), anyOf(family));
    const wildcard = endPointOf(client);
    expect(wildcard.address).toEqual(anyOf(family));
    const listening = listener(family);
    await succeed(argsFor(listening), e => client.connectAsync(e));
    expect(client.localEndPoint).toEqual(loopback(family, wildcard.port));
    expect((await acceptFrom(listening)).remoteEndPoint).toEqual(client.localEndPoint);
  });

  test('O-033 a wildcard stays with the listener, and is specific on what it accepts', async () => {
    const listening = boundTo(tcpSocket(family), anyOf(family));
    listening.listen();
    const wildcard = endPointOf(listening);
    const client = tcpSocket(family);
    const e = eventArgs();
    e.remoteEndPoint = reachable(listening);
    await succeed(e, each => client.connectAsync(each));
    const accepted = await acceptFrom(listening);
    expect(accepted.localEndPoint).toEqual(reachable(listening));
    expect(accepted.localEndPoint).toEqual(client.remoteEndPoint);
    expect(listening.localEndPoint).toBe(wildcard);
    expect(wildcard.address).toEqual(anyOf(family));
  });

  test('O-031 a datagram socket gets a specific address when it connects', async () => {
    const target = boundTo(udpSocket(family), loopback(family).address);
    const client = udpSocket(family);
    await succeed(argsFor(target), e => client.connectAsync(e));
    expect(client.isBound).toBe(true);
    expect(endPointOf(client).address).toEqual(loopback(family).address);
    expect(client.remoteEndPoint).toEqual(target.localEndPoint);
  });
});

test('a dual-mode socket is bound to the mapped form of an IPv4 address', () => {
  const socket = boundTo(dualSocket(), IPAddress.Loopback);
  expect(String(endPointOf(socket).address)).toBe('::ffff:127.0.0.1');
  const any = boundTo(dualSocket(), IPAddress.Any);
  expect(endPointOf(any).address.isIPv4MappedToIPv6).toBe(true);
  expect(endPointOf(boundTo(dualSocket(), IPAddress.IPv6Any)).address).toEqual(IPAddress.IPv6Any);
});

testDescriptor('handle is the descriptor of the socket', async () => {
  const { client, server } = await connectedPair();
  expect(client.handle).toBe(client.handle);
  expect(client.handle).not.toBe(server.handle);
  expect(fstatSync(client.handle).isSocket()).toBe(true);
});

test('a socket that listens without being bound cannot be asked', () => {
  const socket = tcpSocket();
  socket.listen(); // Linux binds it now; .NET does not notice
  expect(socket).toMatchObject({ isBound: false, localEndPoint: null });
});

test('a closed socket tells what it was, but not where', async () => {
  const { client } = await connectedPair();
  client.dispose();
  expect(client).toMatchObject({
    addressFamily: v4,
    socketType: SocketType.Stream,
    protocolType: ProtocolType.Tcp,
    isBound: true,
    connected: false,
    handle: -1,
  });
  for (const name of ['localEndPoint', 'remoteEndPoint', 'available'] as const) {
    expect(thrownBy(() => client[name])).toBe('ObjectDisposedException');
  }
});

describe('bind', () => {
  test('happens once', () => {
    const socket = boundTo(tcpSocket(), IPAddress.Loopback);
    const local = socket.localEndPoint;
    expect(thrownBy(() => boundTo(socket, IPAddress.Loopback))).toBe(
      'SocketException(InvalidArgument)',
    );
    expect(socket.isBound).toBe(true);
    expect(socket.localEndPoint).toEqual(local);
  });

  test('to an address that is in use fails, and the socket stays unbound', () => {
    const taken = listener();
    const socket = tcpSocket();
    expect(thrownBy(() => socket.bind(endPointOf(taken)))).toBe(
      'SocketException(AddressAlreadyInUse)',
    );
    expect(socket).toMatchObject({ isBound: false, localEndPoint: null });
    boundTo(socket, IPAddress.Loopback);
  });

  test('to an address of another host fails', () => {
    const foreign = IPAddress.parse('192.0.2.1'); // reserved for documentation
    expect(thrownBy(() => boundTo(tcpSocket(), foreign))).toBe(
      'SocketException(AddressNotAvailable)',
    );
  });

  test.each([
    ['U-026', 'an IPv4 address on an IPv6', v6, IPAddress.Loopback, 'InvalidArgument'],
    ['U-026', 'a mapped one on an IPv6', v6, IPAddress.Loopback.mapToIPv6(), 'InvalidArgument'],
    ['1.6', 'an IPv6 one on an IPv4', v4, IPAddress.IPv6Loopback, 'AddressFamilyNotSupported'],
  ])('%s to %s socket fails', (_row, _which, family, address, error) => {
    const socket = tcpSocket(family);
    expect(thrownBy(() => boundTo(socket, address))).toBe(`SocketException(${error})`);
    expect(socket.isBound).toBe(false);
  });

  test.each([
    ['a mapped', IPAddress.Loopback.mapToIPv6()],
    ['an IPv4', IPAddress.Loopback],
    ['an IPv6', IPAddress.IPv6Loopback],
  ])('U-027 to %s address works on a dual-mode socket', (_kind, address) => {
    expect(boundTo(dualSocket(), address).isBound).toBe(true);
  });

  test('takes a port that a closed connection still occupies', async () => {
    const listening = listener();
    const { port } = endPointOf(listening);
    const client = await connectTo(listening);
    const server = await acceptFrom(listening);
    server.dispose(); // the side that closes first keeps the port for a while
    expect((await receiveOnce(client)).bytes).toHaveLength(0);
    client.dispose();
    listening.dispose();
    const next = tcpSocket();
    next.bind(loopback(v4, port));
    next.listen();
    expect(endPointOf(next).port).toBe(port);
  });
});

test('available counts what can be received', async () => {
  const { client, server } = await connectedPair();
  expect(client.available).toBe(0);
  await send(server, new Uint8Array(5));
  await until(() => client.available === 5, 'the data are there');
  await receive(client, 2);
  expect(client.available).toBe(3);
  server.dispose();
  await receive(client, 3);
  expect(client.available).toBe(0);
  expect(thrownBy(() => listener().available)).toBe('SocketException(InvalidArgument)');
});
