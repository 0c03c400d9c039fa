// Datagrams on IPv6 sockets in dual mode, and on those that refuse IPv4.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  SocketError,
  SocketFlags,
  type Socket,
} from 'socket-async-event-args';

import {
  anyEndPoint,
  boundUdp,
  dualUdp,
  receiveArgs,
  sendArgs,
  textIn,
} from '../support/datagrams.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { endPointOf, eventArgs, loopback, udpSocket } from '../support/sockets.js';
import { ae, thrownBy } from '../support/thrown.js';

const { InterNetwork, InterNetworkV6 } = AddressFamily;

test('U-015 sending to IPv4 on a socket for IPv6 only is NetworkUnreachable, at once', async () => {
  const socket = udpSocket(InterNetworkV6);
  const e = sendArgs(loopback(InterNetwork, 7));
  const { wasPending } = await finish(e, each => socket.sendToAsync(each));
  expect(wasPending).toBe(false);
  expect(e.socketError).toBe(SocketError.NetworkUnreachable);
});

/** Where a server is bound, of which family its socket is, and where the datagram is sent to. */
const routes: [string, () => Socket, IPAddress][] = [
  ['IPv4 to IPv4', () => boundUdp(InterNetwork), IPAddress.Loopback],
  ['IPv6 to IPv6', () => boundUdp(InterNetworkV6), IPAddress.IPv6Loopback],
  ['IPv4 to both', () => dualUdp(IPAddress.IPv6Any), IPAddress.Loopback],
  ['IPv6 to both', () => dualUdp(IPAddress.IPv6Any), IPAddress.IPv6Loopback],
];

test.each(routes)('U-017 a dual-mode socket sends %s', async (_name, makeServer, address) => {
  const server = makeServer();
  const client = dualUdp();
  const e = sendArgs(new IPEndPoint(address, endPointOf(server).port), 'dual');
  const { remoteEndPoint } = e;
  await succeed(e, each => client.sendToAsync(each));
  expect(e.remoteEndPoint).toBe(remoteEndPoint);
  const receiving = receiveArgs(64, server.addressFamily);
  await succeed(receiving, each => server.receiveFromAsync(each));
  expect(textIn(receiving)).toBe('dual');
  const sender = receiving.remoteEndPoint as IPEndPoint;
  expect(sender.port).toBe(endPointOf(client).port);
  const isMapped = server.addressFamily === InterNetworkV6 && address === IPAddress.Loopback;
  expect(sender.address.isIPv4MappedToIPv6).toBe(isMapped);
});

test.each([
  ['IPv4 to a socket for IPv6 only', () => boundUdp(InterNetworkV6), IPAddress.Loopback],
  ['IPv6 to a socket for IPv4', () => boundUdp(InterNetwork), IPAddress.IPv6Loopback],
] as const)('U-018 a datagram of %s does not arrive', async (_name, makeServer, address) => {
  const server = makeServer();
  const client = dualUdp();
  const { port } = endPointOf(server);
  await succeed(sendArgs(new IPEndPoint(address, port), 'lost'), e => client.sendToAsync(e));
  // The loopback interface keeps the order; what comes next is all that has come.
  const other = boundUdp(server.addressFamily);
  await succeed(sendArgs(endPointOf(server), 'found'), e => other.sendToAsync(e));
  const e = receiveArgs(64, server.addressFamily);
  await succeed(e, each => server.receiveFromAsync(each));
  expect(textIn(e)).toBe('found');
});

/** The address that a dual-mode receiver is bound to, and the one that datagrams are sent to. */
const receivers: [string, IPAddress, IPAddress][] = [
  ['IPv4 at 127.0.0.1', IPAddress.Loopback, IPAddress.Loopback],
  ['IPv4 at 0.0.0.0', IPAddress.Any, IPAddress.Loopback],
  ['IPv6 at ::1', IPAddress.IPv6Loopback, IPAddress.IPv6Loopback],
  ['IPv6 at ::', IPAddress.IPv6Any, IPAddress.IPv6Loopback],
  ['IPv4 at ::', IPAddress.IPv6Any, IPAddress.Loopback],
];

describe.each(receivers)('a dual-mode socket gets %s', (_name, bound, address) => {
  async function sendTo(server: Socket): Promise<IPEndPoint> {
    const client = boundUdp(address.addressFamily);
    const to = new IPEndPoint(address, endPointOf(server).port);
    await succeed(sendArgs(to, 'x'), e => client.sendToAsync(e));
    const { port } = endPointOf(client);
    const isIPv4 = address.addressFamily === InterNetwork;
    return new IPEndPoint(isIPv4 ? address.mapToIPv6() : address, port);
  }

  test('U-021 receiveFromAsync tells the sender as IPv6', async () => {
    const server = dualUdp(bound);
    const e = receiveArgs(64, InterNetworkV6);
    const begun = begin(e, each => server.receiveFromAsync(each));
    const sender = await sendTo(server);
    await begun.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(1);
    expect(e.remoteEndPoint).toEqual(sender);
  });

  // .NET answers interface 0, and nothing at all for IPv6, on dual-mode sockets; ours says it.
  test('U-023 receiveMessageFromAsync tells where it was sent to', async () => {
    const server = dualUdp(bound);
    const e = receiveArgs(64, InterNetworkV6);
    const begun = begin(e, each => server.receiveMessageFromAsync(each));
    const sender = await sendTo(server);
    await begun.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.socketFlags).toBe(SocketFlags.None);
    expect(e.remoteEndPoint).toEqual(sender);
    expect(e.receiveMessageFromPacketInfo.address).toEqual(address);
    expect(e.receiveMessageFromPacketInfo.interface).toBeGreaterThan(0);
  });

  test('many at once tell each its own', async () => {
    const server = dualUdp(bound);
    const begun = Array.from({ length: 8 }, () =>
      begin(receiveArgs(64, InterNetworkV6), e => server.receiveMessageFromAsync(e)),
    );
    const senders: IPEndPoint[] = [];
    for (let i = 0; i < begun.length; i++) senders.push(await sendTo(server));
    const ended = await Promise.all(begun.map(each => each.outcome));
    expect(ended.map(({ e }) => e.remoteEndPoint)).toEqual(senders);
    for (const { e } of ended) expect(e.receiveMessageFromPacketInfo.address).toEqual(address);
  });
});

test.each(['receiveFromAsync', 'receiveMessageFromAsync'] as const)(
  '%s with an IPv4 endpoint on a dual-mode socket has it mapped while it is pending',
  async method => {
    const server = dualUdp(IPAddress.IPv6Any);
    const e = receiveArgs(64, InterNetwork);
    const begun = begin(e, each => server[method](each));
    expect(begun.isPending).toBe(true);
    expect(e.remoteEndPoint).toEqual(new IPEndPoint(IPAddress.Any.mapToIPv6(), 0));
    server.close();
    await begun.outcome;
  },
);

test('U-019 an IPv4 endpoint is refused by a socket for IPv6 only', () => {
  const socket = boundUdp(InterNetworkV6);
  expect(thrownBy(() => socket.receiveFromAsync(receiveArgs(64, InterNetwork)))).toBe(ae('e'));
});

test('U-024 an IPv4 endpoint is refused after binding to an IPv6 address', () => {
  const socket = dualUdp(IPAddress.IPv6Loopback);
  const e = receiveArgs(64, InterNetwork);
  expect(thrownBy(() => socket.receiveMessageFromAsync(e))).toBe(ae('e'));
});

test('an answer with the same event args goes back to an IPv4 sender', async () => {
  const server = dualUdp(IPAddress.IPv6Any);
  const client = boundUdp(InterNetwork);
  const to = new IPEndPoint(IPAddress.Loopback, endPointOf(server).port);
  await succeed(sendArgs(to, 'ping'), e => client.sendToAsync(e));
  const e = eventArgs(4);
  e.remoteEndPoint = anyEndPoint(InterNetworkV6);
  await succeed(e, each => server.receiveFromAsync(each));
  await succeed(e, each => server.sendToAsync(each));
  const answer = receiveArgs(64);
  await succeed(answer, each => client.receiveFromAsync(each));
  expect(textIn(answer)).toBe('ping');
});
