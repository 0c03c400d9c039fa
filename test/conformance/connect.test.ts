// Rows C-001 … C-015, U-001 … U-008, Z-008, Z-020 and Z-021 of the specification: connecting a
// socket to an endpoint. Cancelling and waiting are in connect.pending.test.ts, buffers in
// connect.data.test.ts.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  LingerOption,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
  SocketOptionLevel,
  SocketOptionName,
  type Socket,
} from 'socket-async-event-args';

import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { finish, succeed } from '../support/operations.js';
import {
  acceptFrom,
  argsFor,
  connectTo,
  dualSocket,
  endPointOf,
  eventArgs,
  listener,
  loopback,
  refusing,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

/** How a connect ends. */
async function connect(socket: Socket, target: Socket): Promise<SocketError> {
  const { e } = await finish(argsFor(target), each => socket.connectAsync(each));
  expect(e.connectSocket).toBe(e.socketError === SocketError.Success ? socket : null);
  return e.socketError;
}

describe.each(families)('%s', (_name, family) => {
  test('C-001 a socket connects to a listener', async () => {
    const listening = listener(family);
    const client = tcpSocket(family);
    expect(client).toMatchObject({ connected: false, isBound: false, remoteEndPoint: null });
    const e = argsFor(listening);
    const target = e.remoteEndPoint;
    const { wasPending, sender } = await succeed(e, each => client.connectAsync(each));
    expect(sender).toBe(wasPending ? client : undefined);
    expect(client).toMatchObject({ connected: true, isBound: true });
    expect(e.connectSocket).toBe(client);
    expect(e.acceptSocket).toBeNull();
    expect(e.remoteEndPoint).toBe(target);
    expect(e).toMatchObject({ bytesTransferred: 0, connectByNameError: null });
    expect(e.lastOperation).toBe(SocketAsyncOperation.Connect);
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
    expect(client.localEndPoint).toEqual((await acceptFrom(listening)).remoteEndPoint);
  });

  test('Z-020 a socket that was refused can connect to a live server', async () => {
    const client = tcpSocket(family);
    expect(await connect(client, refusing(family))).toBe(SocketError.ConnectionRefused);
    expect(client).toMatchObject({ connected: false, isBound: false });
    expect(client.localEndPoint).toBeNull();
    expect(client.remoteEndPoint).toBeNull();
    expect(await connect(client, refusing(family))).toBe(SocketError.ConnectionRefused);
    const listening = listener(family);
    expect(await connect(client, listening)).toBe(SocketError.Success);
    const server = await acceptFrom(listening);
    await send(client, Buffer.from('ab'));
    expect(Buffer.from(await receive(server, 2)).toString()).toBe('ab');
  });

  test('C-003 a datagram socket connects at once, and may connect elsewhere', async () => {
    const [first, second] = [udpSocket(family), udpSocket(family)];
    first.bind(loopback(family));
    second.bind(loopback(family));
    const client = udpSocket(family);
    for (const target of [first, second]) {
      const e = argsFor(target);
      e.setBuffer(new Uint8Array(5), 0, 5); // which only streams send
      expect((await succeed(e, each => client.connectAsync(each))).wasPending).toBe(false);
      expect(e.bytesTransferred).toBe(0);
      expect(client.connected).toBe(true);
      expect(client.remoteEndPoint).toEqual(target.localEndPoint);
      expect(target.available).toBe(0);
    }
    await send(client, new Uint8Array(3));
    expect(await receive(second, 3)).toHaveLength(3);
    expect(first.available).toBe(0);
  });
});

test('Z-021 a failed connect leaves the socket of the user open', async () => {
  const client = tcpSocket();
  const target = refusing();
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await connect(client, target)).toBe(SocketError.ConnectionRefused);
    expect(client.available).toBe(0);
  }
});

test('N-002 Z-020 options survive a refused connect', async () => {
  const client = tcpSocket();
  const options = {
    noDelay: true,
    sendBufferSize: 40_000,
    receiveBufferSize: 60_000,
    ttl: 33,
    dontFragment: true,
    receiveTimeout: 2000,
    sendTimeout: 3000,
    exclusiveAddressUse: false,
    multicastLoopback: false,
    blocking: false,
  };
  Object.assign(client, options);
  client.lingerState = new LingerOption(true, 3);
  client.setSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, 1);
  // Linux answers the double of what is set.
  const { sendBufferSize, receiveBufferSize } = client;
  const expected = { ...options, sendBufferSize, receiveBufferSize };
  expect(await connect(client, refusing())).toBe(SocketError.ConnectionRefused);
  expect(client).toMatchObject(expected);
  expect(await connect(client, listener())).toBe(SocketError.Success);
  expect(client).toMatchObject(expected);
  expect(client.lingerState).toMatchObject({ enabled: true, lingerTime: 3 });
  expect(client.getSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)).toBe(1);
});

test('Z-020 dual mode survives a refused connect', async () => {
  const client = dualSocket();
  expect(await connect(client, refusing())).toBe(SocketError.ConnectionRefused);
  expect(client.dualMode).toBe(true);
  expect(await connect(client, listener())).toBe(SocketError.Success);
});

test('a socket that was bound and refused connects from another port, and says so', async () => {
  const client = tcpSocket();
  client.bind(loopback());
  const bound = endPointOf(client);
  expect(await connect(client, refusing())).toBe(SocketError.ConnectionRefused);
  expect(client.localEndPoint).toEqual(bound);
  const listening = listener();
  expect(await connect(client, listening)).toBe(SocketError.Success);
  expect(client.localEndPoint).toEqual((await acceptFrom(listening)).remoteEndPoint);
});

test('a bound socket connects from where it is bound', async () => {
  const client = tcpSocket();
  client.bind(loopback());
  const bound = endPointOf(client);
  const listening = listener();
  expect(await connect(client, listening)).toBe(SocketError.Success);
  expect(client.localEndPoint).toEqual(bound);
  expect((await acceptFrom(listening)).remoteEndPoint).toEqual(bound);
});

test('C-006 a connected socket is not connected again', async () => {
  const listening = listener();
  const client = await connectTo(listening);
  const e = argsFor(listening);
  expect(thrownBy(() => client.connectAsync(e))).toBe('SocketException(IsConnected)');
  expect(client.connected).toBe(true);
  const [connected, server] = [client, await acceptFrom(listening)];
  await send(connected, new Uint8Array(1));
  await receive(server, 1);
});

test('V-008 a socket that listens is not connected', () => {
  const listening = listener();
  expect(thrownBy(() => listening.connectAsync(argsFor(listening)))).toBe(
    'InvalidOperationException',
  );
});

test('a connect resets the flags of its event args', async () => {
  const e = argsFor(listener());
  e.socketFlags = SocketFlags.Peek;
  await succeed(e, each => tcpSocket().connectAsync(each));
  expect(e.socketFlags).toBe(SocketFlags.None);
});

test('a connect to the unspecified address reaches this host', async () => {
  const listening = listener();
  const e = eventArgs();
  e.remoteEndPoint = new IPEndPoint(IPAddress.Any, endPointOf(listening).port);
  const client = tcpSocket();
  await succeed(e, each => client.connectAsync(each));
  expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
});

test('a connect to port 0 is refused', async () => {
  const e = eventArgs();
  e.remoteEndPoint = loopback();
  await finish(e, each => tcpSocket().connectAsync(each));
  expect(e.socketError).toBe(SocketError.ConnectionRefused);
});

describe('dual mode', () => {
  const v6 = AddressFamily.InterNetworkV6;

  function dualListener(address: IPAddress): Socket {
    const socket = dualSocket();
    socket.bind(new IPEndPoint(address, 0));
    socket.listen();
    return socket;
  }

  function at(address: IPAddress, target: Socket): ReturnType<typeof eventArgs> {
    const e = eventArgs();
    e.remoteEndPoint = new IPEndPoint(address, endPointOf(target).port);
    return e;
  }

  test.each([
    ['U-001 an IPv6 socket', tcpSocket.bind(null, v6), IPAddress.Loopback],
    ['U-001 an IPv4 socket', tcpSocket, IPAddress.IPv6Loopback],
  ])('%s does not connect to the other family', (_kind, make, address) => {
    const e = at(address, listener());
    expect(thrownBy(() => make().connectAsync(e))).toBe('NotSupportedException');
  });

  test.each([
    ['U-002', 'IPv4', 'an IPv4', () => listener(), IPAddress.Loopback],
    ['U-003', 'IPv6', 'an IPv6', () => listener(v6), IPAddress.IPv6Loopback],
    ['U-004', 'IPv4', 'a dual-mode', dualListener, IPAddress.Loopback],
    ['U-005', 'IPv6', 'a dual-mode', dualListener, IPAddress.IPv6Loopback],
  ])(
    '%s a dual-mode socket connects over %s to %s host',
    async (_row, _how, _to, host, address) => {
      const target = host(IPAddress.IPv6Any);
      const client = dualSocket();
      await succeed(at(address, target), e => client.connectAsync(e));
      expect(client.connected).toBe(true);
      const { address: remote } = client.remoteEndPoint as IPEndPoint;
      expect(remote.toString()).toBe(String(address.mapToIPv6()));
      expect((client.localEndPoint as IPEndPoint).addressFamily).toBe(v6);
      await acceptFrom(target);
    },
  );

  test.each([
    ['U-006', 'IPv4', 'an IPv6', () => listener(v6), IPAddress.Loopback],
    ['U-007', 'IPv6', 'an IPv4', () => listener(), IPAddress.IPv6Loopback],
    ['U-014', 'IPv6', 'a mapped', () => dualListener(IPAddress.Any), IPAddress.IPv6Loopback],
    ['U-014', 'IPv4', 'a dual ::1', () => dualListener(IPAddress.IPv6Loopback), IPAddress.Loopback],
  ])(
    '%s a dual-mode socket over %s is refused by %s host',
    async (_row, _how, _to, host, address) => {
      const client = dualSocket();
      const { e } = await finish(at(address, host()), each => client.connectAsync(each));
      expect(e.socketError).toBe(SocketError.ConnectionRefused);
      expect(client.connected).toBe(false);
    },
  );

  test('U-002 the mapped address itself works on a dual-mode socket only', async () => {
    const listening = listener();
    const mapped = IPAddress.Loopback.mapToIPv6();
    await succeed(at(mapped, listening), e => dualSocket().connectAsync(e));
    await finish(at(mapped, listening), e => {
      const isPending = tcpSocket(v6).connectAsync(e);
      expect(e.socketError).toBe(SocketError.NetworkUnreachable);
      return isPending;
    });
  });
});
