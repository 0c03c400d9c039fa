// sendToAsync: what it refuses, what it binds, and what becomes of the datagram.

import {
  AddressFamily,
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
} from 'socket-async-event-args';

import { boundUdp, receiveArgs, sendArgs, sendDatagram, textIn } from '../support/datagrams.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { finish, succeed } from '../support/operations.js';
import { connectedPair, endPointOf, eventArgs, loopback, udpSocket } from '../support/sockets.js';
import { ae, ane, aoore, refuses, thrownBy } from '../support/thrown.js';
import { receive } from '../support/transfer.js';

/** Windows that do not lie in a buffer of ten bytes: refused before there is an operation. */
const windows: [offset: number, count: number, paramName: string][] = [
  [-1, 10, 'offset'],
  [11, 0, 'offset'],
  [0, -1, 'count'],
  [0, 11, 'count'],
  [6, 5, 'count'],
];

test.each(windows)(
  'T-001 F-001 M-001 a window of %i, %i in ten bytes throws ArgumentOutOfRangeException(%s)',
  (offset, count, paramName) => {
    const thrown = thrownBy(() => {
      eventArgs().setBuffer(new Uint8Array(10), offset, count);
    });
    expect(thrown).toBe(aoore(paramName));
  },
);

refuses([
  ['T-003 V-015', 'sending to no endpoint', () => udpSocket().sendToAsync(sendArgs(null)), ae('e')],
  [
    'T-007 V-014',
    'sending with no event args',
    () => udpSocket().sendToAsync(null as never),
    ane('e'),
  ],
  [
    'V-015',
    'sending to a name',
    () => udpSocket().sendToAsync(sendArgs(new DnsEndPoint('localhost', 7))),
    ae('remoteEP'),
  ],
  [
    'T-006 X-001',
    'sending on a disposed socket',
    () => {
      const socket = udpSocket();
      socket.dispose();
      return socket.sendToAsync(sendArgs(loopback(AddressFamily.InterNetwork, 7)));
    },
    'ObjectDisposedException',
  ],
]);

test('a refused sendToAsync leaves the event args free', async () => {
  const target = boundUdp();
  const e = sendArgs(null);
  expect(thrownBy(() => udpSocket().sendToAsync(e))).toBe(ae('e'));
  e.remoteEndPoint = endPointOf(target);
  await succeed(e, each => udpSocket().sendToAsync(each));
});

describe.each(families)('over %s', (_name, family) => {
  test('T-004 O-030 sending binds the socket, and it stays bound to that port', async () => {
    const target = boundUdp(family);
    const socket = udpSocket(family);
    expect(socket.localEndPoint).toBeNull();
    const e = sendArgs(endPointOf(target));
    const begun = socket.sendToAsync(e);
    expect(socket.isBound).toBe(true);
    const bound = endPointOf(socket);
    const isIPv4 = family === AddressFamily.InterNetwork;
    expect(bound.address).toEqual(isIPv4 ? IPAddress.Any : IPAddress.IPv6Any);
    expect(bound.port).toBeGreaterThan(0);
    if (!begun) expect(e.socketError).toBe(SocketError.Success);
    const receiving = receiveArgs(64, family);
    await succeed(receiving, each => target.receiveFromAsync(each));
    expect(textIn(receiving)).toBe('datagram');
    expect((receiving.remoteEndPoint as IPEndPoint).port).toBe(bound.port);
    await sendDatagram(socket, target, 'again');
    expect(endPointOf(socket).port).toBe(bound.port);
  });

  test('sending does not change the endpoint, nor the flags but to None', async () => {
    const target = boundUdp(family);
    const e = sendArgs(endPointOf(target));
    const { remoteEndPoint } = e;
    await succeed(e, each => boundUdp(family).sendToAsync(each));
    expect(e.remoteEndPoint).toBe(remoteEndPoint);
    expect(e.lastOperation).toBe(SocketAsyncOperation.SendTo);
    expect(e.bytesTransferred).toBe(8);
    expect(e.socketFlags).toBe(SocketFlags.None);
  });

  test('a list is one datagram', async () => {
    const target = boundUdp(family);
    const e = eventArgs();
    e.bufferList = ['one ', '', 'data', 'gram'].map(text => Buffer.from(text));
    e.remoteEndPoint = endPointOf(target);
    await succeed(e, each => boundUdp(family).sendToAsync(each));
    expect(e.bytesTransferred).toBe(12);
    const receiving = receiveArgs(64, family);
    await succeed(receiving, each => target.receiveFromAsync(each));
    expect(textIn(receiving)).toBe('one datagram');
  });

  test.each([
    ['no buffer', () => eventArgs()],
    ['an empty buffer', () => eventArgs(0)],
    ['an empty window', () => eventArgs(new Uint8Array(8).subarray(0, 0))],
  ])('sending %s sends an empty datagram', async (_what, make) => {
    const target = boundUdp(family);
    const e = make();
    e.remoteEndPoint = endPointOf(target);
    await succeed(e, each => boundUdp(family).sendToAsync(each));
    expect(e.bytesTransferred).toBe(0);
    const receiving = receiveArgs(64, family);
    await succeed(receiving, each => target.receiveFromAsync(each));
    expect(receiving.bytesTransferred).toBe(0);
    expect((receiving.remoteEndPoint as IPEndPoint).port).toBeGreaterThan(0);
  });

  test('a datagram that is too large is MessageSize, and the socket goes on', async () => {
    const target = boundUdp(family);
    const socket = boundUdp(family);
    const e = eventArgs(70_000);
    e.remoteEndPoint = endPointOf(target);
    const { wasPending } = await finish(e, each => socket.sendToAsync(each));
    expect(wasPending).toBe(false);
    expect(e.socketError).toBe(SocketError.MessageSize);
    expect(e.bytesTransferred).toBe(0);
    await sendDatagram(socket, target, 'small');
  });
});

test('T-005 broadcast without permission is AccessDenied, and binds nothing', async () => {
  const socket = udpSocket();
  const e = sendArgs(new IPEndPoint(IPAddress.Broadcast, 7));
  const { wasPending } = await finish(e, each => socket.sendToAsync(each));
  expect(wasPending).toBe(false);
  expect(e.socketError).toBe(SocketError.AccessDenied);
  expect(socket.localEndPoint).toBeNull();
  expect(socket.isBound).toBe(false);
});

test('sending on an unconnected datagram socket to nobody is DestinationAddressRequired', async () => {
  const e = sendArgs(null);
  await finish(e, each => boundUdp().sendAsync(each));
  expect(e.socketError).toBe(SocketError.DestinationAddressRequired);
});

test('an endpoint of another family is refused by the system', async () => {
  const e = sendArgs(loopback(AddressFamily.InterNetworkV6, 7));
  await finish(e, each => boundUdp().sendToAsync(each));
  expect(e.socketError).not.toBe(SocketError.Success);
});

test('a connected stream ignores the address, and sends everything', async () => {
  const { client, server } = await connectedPair();
  const e = sendArgs(loopback(AddressFamily.InterNetwork, 9), 'to whom it may concern');
  await succeed(e, each => client.sendToAsync(each));
  expect(e.bytesTransferred).toBe(22);
  expect(Buffer.from(await receive(server, 22)).toString()).toBe('to whom it may concern');
});

test.each([SocketFlags.Partial, SocketFlags.Broadcast, SocketFlags.Multicast])(
  'Z-017 the flag %i is OperationNotSupported, and nothing is sent',
  async flags => {
    const target = boundUdp();
    const e = sendArgs(endPointOf(target));
    e.socketFlags = flags;
    await finish(e, each => boundUdp().sendToAsync(each));
    expect(e.socketError).toBe(SocketError.OperationNotSupported);
    expect(target.available).toBe(0);
  },
);

test('a connected datagram socket sends elsewhere too', async () => {
  const [connected, other] = [boundUdp(), boundUdp()];
  const socket = boundUdp();
  const connecting = eventArgs();
  connecting.remoteEndPoint = endPointOf(connected);
  await succeed(connecting, e => socket.connectAsync(e));
  await sendDatagram(socket, other, 'elsewhere');
  const e = receiveArgs(64);
  await succeed(e, each => other.receiveFromAsync(each));
  expect(textIn(e)).toBe('elsewhere');
  expect(e.remoteEndPoint).toEqual(socket.localEndPoint);
  expect(connected.available).toBe(0);
});

test('nobody at the other end is ConnectionRefused on a connected socket, which is so no more', async () => {
  const socket = boundUdp();
  const gone = boundUdp();
  const connecting = eventArgs();
  connecting.remoteEndPoint = endPointOf(gone);
  await succeed(connecting, e => socket.connectAsync(e));
  gone.close();
  await succeed(sendArgs(null), e => socket.sendAsync(e));
  const e = receiveArgs(64);
  await finish(e, each => socket.receiveFromAsync(each));
  expect(e.socketError).toBe(SocketError.ConnectionRefused);
  expect(socket.connected).toBe(false);
});
