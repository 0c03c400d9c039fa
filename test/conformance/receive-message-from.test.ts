// receiveMessageFromAsync: as receiveFromAsync, and where the packet was addressed to.

import {
  AddressFamily,
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  IPPacketInformation,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
  SocketOptionLevel,
  SocketOptionName,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import {
  anyEndPoint,
  boundUdp,
  receiveArgs,
  sendArgs,
  sendDatagram,
  textIn,
} from '../support/datagrams.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { connectedPair, endPointOf, eventArgs, udpSocket } from '../support/sockets.js';
import { send } from '../support/transfer.js';
import { ae, ane, refuses, thrownBy } from '../support/thrown.js';

const { InterNetwork, InterNetworkV6 } = AddressFamily;

refuses([
  [
    'M-002 V-015',
    'receiving a message from no endpoint',
    () => boundUdp().receiveMessageFromAsync(eventArgs(64)),
    ae('e'),
  ],
  [
    'M-003',
    'receiving a message from an IPv6 endpoint on an IPv4 socket',
    () => boundUdp().receiveMessageFromAsync(receiveArgs(64, InterNetworkV6)),
    ae('e'),
  ],
  [
    'M-003',
    'receiving a message from an IPv4 endpoint on a socket for IPv6 only',
    () => boundUdp(InterNetworkV6).receiveMessageFromAsync(receiveArgs(64, InterNetwork)),
    ae('e'),
  ],
  [
    'V-015',
    'receiving a message from a name',
    () => {
      const e = eventArgs(64);
      e.remoteEndPoint = new DnsEndPoint('localhost', 0);
      return boundUdp().receiveMessageFromAsync(e);
    },
    ae('e'),
  ],
  [
    'M-017 V-014',
    'receiving a message with no event args',
    () => boundUdp().receiveMessageFromAsync(null as never),
    ane('e'),
  ],
]);

test.each(['close', 'dispose'] as const)(
  'M-014 X-001 receiving a message after %s throws ObjectDisposedException',
  way => {
    const socket = boundUdp();
    socket[way]();
    expect(thrownBy(() => socket.receiveMessageFromAsync(receiveArgs(64)))).toBe(
      'ObjectDisposedException',
    );
  },
);

test.each(['close', 'dispose'] as const)(
  'M-015 a receive pending at %s completes with OperationAborted',
  async way => {
    const socket = boundUdp();
    const e = receiveArgs(64);
    const begun = begin(e, each => socket.receiveMessageFromAsync(each));
    expect(begun.isPending).toBe(true);
    socket[way]();
    await begun.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
    expect(e.receiveMessageFromPacketInfo.equals(new IPPacketInformation())).toBe(true);
  },
);

test('a receive on a socket that is not bound is pending until it closes', async () => {
  const socket = udpSocket();
  const begun = begin(receiveArgs(64), e => socket.receiveMessageFromAsync(e));
  expect(begun.isPending).toBe(true);
  socket.dispose();
  expect((await begun.outcome).e.socketError).toBe(SocketError.OperationAborted);
});

/** A buffer of `bytes`, given in each of the three ways. */
const modes: [string, (bytes: number) => SocketAsyncEventArgs][] = [
  ['an array', bytes => eventArgs(bytes)],
  [
    'memory',
    bytes => {
      const e = eventArgs();
      e.setBuffer(new Uint8Array(bytes));
      return e;
    },
  ],
  [
    'a list',
    bytes => {
      const e = eventArgs();
      e.bufferList = [new Uint8Array(1), new Uint8Array(bytes - 1)];
      return e;
    },
  ],
];

describe.each(families)('over %s', (_name, family) => {
  const isIPv4 = family === InterNetwork;
  const loopbackAddress = isIPv4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;

  function expectLoopback({ receiveMessageFromPacketInfo: info }: SocketAsyncEventArgs): void {
    expect(info.address).toEqual(loopbackAddress);
    expect(info.interface).toBeGreaterThan(0);
  }

  test('M-006 M-007 a datagram tells its sender, its destination and its interface', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = receiveArgs(64, family);
    for (let i = 0; i < 5; i++) {
      const begun = begin(e, each => receiver.receiveMessageFromAsync(each));
      await sendDatagram(sender, receiver, `message ${i}`);
      await begun.outcome;
      expect(e.socketError).toBe(SocketError.Success);
      expect(e.lastOperation).toBe(SocketAsyncOperation.ReceiveMessageFrom);
      expect(textIn(e)).toBe(`message ${i}`);
      expect(e.socketFlags).toBe(SocketFlags.None);
      expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
      expectLoopback(e);
    }
  });

  test('a socket bound to any address tells the one that the packet was sent to', async () => {
    const receiver = udpSocket(family);
    receiver.bind(anyEndPoint(family));
    const sender = boundUdp(family);
    const e = receiveArgs(64, family);
    const begun = begin(e, each => receiver.receiveMessageFromAsync(each));
    const to = new IPEndPoint(loopbackAddress, endPointOf(receiver).port);
    await succeed(sendArgs(to), each => sender.sendToAsync(each));
    await begun.outcome;
    expectLoopback(e);
  });

  test('a receive that stands in line makes the system tell packet information at once', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const first = receiveArgs(64, family);
    const second = receiveArgs(64, family);
    const begun = [
      begin(first, each => receiver.receiveFromAsync(each)),
      begin(second, each => receiver.receiveMessageFromAsync(each)),
    ];
    await sendDatagram(sender, receiver, 'one');
    await sendDatagram(sender, receiver, 'two');
    await Promise.all(begun.map(each => each.outcome));
    expect(textIn(first)).toBe('one');
    expect(textIn(second)).toBe('two');
    expectLoopback(second);
  });

  test.each([true, false])(
    'M-018 messages sent before come with packet information if the option was set (same args: %s)',
    async isSame => {
      const [receiver, sender] = [boundUdp(family), boundUdp(family)];
      const level = isIPv4 ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;
      receiver.setSocketOption(level, SocketOptionName.PacketInformation, 1);
      const kept = receiveArgs(1024, family);
      for (let i = 0; i < 5; i++) {
        await sendDatagram(sender, receiver, String(i).repeat(1024));
        const e = isSame ? kept : receiveArgs(1024, family);
        await succeed(e, each => receiver.receiveMessageFromAsync(each));
        expect(e.bytesTransferred).toBe(1024);
        expect(textIn(e)).toBe(String(i).repeat(1024));
        expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
        expectLoopback(e);
      }
    },
  );

  test.each(modes)('M-009 M-011 M-012 M-013 a cut datagram in %s says so', async (_how, make) => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = make(4);
    e.remoteEndPoint = anyEndPoint(family);
    const begun = begin(e, each => receiver.receiveMessageFromAsync(each));
    await sendDatagram(sender, receiver, '0123456789');
    await begun.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(textIn(e)).toBe('0123');
    expect(e.socketFlags).toBe(SocketFlags.Truncated);
    expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
    expectLoopback(e);
  });

  test('a receive into nothing tells everything, and takes the datagram', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = receiveArgs(0, family);
    const begun = begin(e, each => receiver.receiveMessageFromAsync(each));
    await sendDatagram(sender, receiver, 'gone');
    await begun.outcome;
    expect(e.bytesTransferred).toBe(0);
    expect(e.socketFlags).toBe(SocketFlags.Truncated);
    expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
    expectLoopback(e);
    await sendDatagram(sender, receiver, 'next');
    const next = receiveArgs(64, family);
    await succeed(next, each => receiver.receiveMessageFromAsync(each));
    expect(textIn(next)).toBe('next');
  });

  test('plain receives say ControlDataTruncated once packet information is on', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const message = begin(receiveArgs(64, family), each => receiver.receiveMessageFromAsync(each));
    await sendDatagram(sender, receiver, 'first');
    await message.outcome;
    await sendDatagram(sender, receiver, '0123456789');
    const e = receiveArgs(4, family);
    await succeed(e, each => receiver.receiveFromAsync(each));
    expect(textIn(e)).toBe('0123');
    expect(e.socketFlags).toBe(SocketFlags.Truncated | SocketFlags.ControlDataTruncated);
  });

  test('M-005 a connected stream receives, and has nothing to tell about the packet', async () => {
    const { client, server } = await connectedPair(family);
    await send(server, Buffer.from('stream'));
    const e = receiveArgs(64, family);
    await succeed(e, each => client.receiveMessageFromAsync(each));
    expect(textIn(e)).toBe('stream');
    expect(e.remoteEndPoint).toEqual(anyEndPoint(family));
    expect(e.receiveMessageFromPacketInfo.interface).toBe(0);
  });

  test('O-015 the packet information of a receive equals itself, and not the default', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const seen: IPPacketInformation[] = [];
    const e = receiveArgs(64, family);
    for (let i = 0; i < 2; i++) {
      const begun = begin(e, each => receiver.receiveMessageFromAsync(each));
      await sendDatagram(sender, receiver, 'x');
      await begun.outcome;
      seen.push(e.receiveMessageFromPacketInfo);
    }
    const [first, second] = seen as [IPPacketInformation, IPPacketInformation];
    expect(first.equals(first)).toBe(true);
    expect(first.equals(second)).toBe(true);
    expect(first.getHashCode()).toBe(second.getHashCode());
    expect(first.equals(new IPPacketInformation())).toBe(false);
  });
});

test('packet information goes with the next receive of a message, also if that fails', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  const e = receiveArgs(64);
  const first = begin(e, each => receiver.receiveMessageFromAsync(each));
  await sendDatagram(sender, receiver, 'x');
  await first.outcome;
  const { receiveMessageFromPacketInfo: before } = e;
  expect(before.interface).toBeGreaterThan(0);
  await succeed(sendArgs(endPointOf(receiver)), each => sender.sendToAsync(each));
  await succeed(e, each => receiver.receiveFromAsync(each));
  expect(e.receiveMessageFromPacketInfo).toBe(before); // not its business
});

test('Z-017 an unsupported flag is OperationNotSupported', async () => {
  const e = receiveArgs(64);
  e.socketFlags = SocketFlags.Partial;
  await finish(e, each => boundUdp().receiveMessageFromAsync(each));
  expect(e.socketError).toBe(SocketError.OperationNotSupported);
});
