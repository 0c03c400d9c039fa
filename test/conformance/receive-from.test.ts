// receiveFromAsync: what it refuses, whom it tells of, and what cuts a datagram short.

import {
  AddressFamily,
  DnsEndPoint,
  EndPoint,
  IPAddress,
  IPEndPoint,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
  type Socket,
  type SocketAddress,
  UnixDomainSocketEndPoint,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { anyEndPoint, boundUdp, receiveArgs, sendDatagram, textIn } from '../support/datagrams.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  endPointOf,
  eventArgs,
  listener,
  tcpSocket,
  tracked,
  udpSocket,
} from '../support/sockets.js';
import { send } from '../support/transfer.js';
import { ae, ane, refuses, thrownBy } from '../support/thrown.js';

const { InterNetwork, InterNetworkV6 } = AddressFamily;

function withEndPoint(endPoint: SocketAsyncEventArgs['remoteEndPoint']): SocketAsyncEventArgs {
  const e = eventArgs(64);
  e.remoteEndPoint = endPoint;
  return e;
}

refuses([
  [
    'F-002 V-015',
    'receiving from no endpoint',
    () => boundUdp().receiveFromAsync(eventArgs(64)),
    ae('e'),
  ],
  [
    'F-003',
    'receiving from an IPv6 endpoint on an IPv4 socket',
    () => boundUdp().receiveFromAsync(receiveArgs(64, InterNetworkV6)),
    ae('e'),
  ],
  [
    'F-003 U-019',
    'receiving from an IPv4 endpoint on a socket for IPv6 only',
    () => boundUdp(InterNetworkV6).receiveFromAsync(receiveArgs(64, InterNetwork)),
    ae('e'),
  ],
  [
    'F-003',
    'receiving from a path on an IPv4 socket',
    () => boundUdp().receiveFromAsync(withEndPoint(new UnixDomainSocketEndPoint('/nowhere'))),
    ae('e'),
  ],
  [
    'F-014 U-020',
    'receiving from a name',
    () => boundUdp().receiveFromAsync(withEndPoint(new DnsEndPoint('localhost', 0))),
    ae('e'),
  ],
  [
    'F-013 V-014',
    'receiving with no event args',
    () => boundUdp().receiveFromAsync(null as never),
    ane('e'),
  ],
]);

test.each(['close', 'dispose'] as const)(
  'F-009 X-001 receiving after %s throws ObjectDisposedException',
  way => {
    const socket = boundUdp();
    socket[way]();
    expect(thrownBy(() => socket.receiveFromAsync(receiveArgs(64)))).toBe(
      'ObjectDisposedException',
    );
  },
);

test.each(['close', 'dispose'] as const)(
  'F-010 a receive pending at %s completes with OperationAborted and changes nothing else',
  async way => {
    const socket = boundUdp();
    const e = receiveArgs(64);
    const { remoteEndPoint } = e;
    const begun = begin(e, each => socket.receiveFromAsync(each));
    expect(begun.isPending).toBe(true);
    socket[way]();
    await begun.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
    expect(e.bytesTransferred).toBe(0);
    expect(e.remoteEndPoint).toBe(remoteEndPoint);
  },
);

test('F-004 a receive on a socket that is not bound is pending until it closes', async () => {
  const socket = udpSocket();
  const begun = begin(receiveArgs(64), e => socket.receiveFromAsync(e));
  expect(begun.isPending).toBe(true);
  expect(socket.isBound).toBe(false);
  socket.dispose();
  expect((await begun.outcome).e.socketError).toBe(SocketError.OperationAborted);
});

describe.each(families)('over %s', (_name, family) => {
  test('F-007 F-008 datagrams come one by one, into the window, with their sender', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = receiveArgs(80, family);
    for (let i = 0; i < 10; i++) {
      const text = `datagram ${'.'.repeat(i)}`;
      e.setBuffer(10, 70);
      const begun = begin(e, each => receiver.receiveFromAsync(each));
      await sendDatagram(sender, receiver, text);
      await begun.outcome;
      expect(e.socketError).toBe(SocketError.Success);
      expect(e.lastOperation).toBe(SocketAsyncOperation.ReceiveFrom);
      expect(textIn(e)).toBe(text);
      expect(e.memoryBuffer.subarray(0, 10)).toEqual(new Uint8Array(10));
      expect(e.socketFlags).toBe(SocketFlags.None);
      expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
    }
  });

  test('datagrams that have arrived already are received at once', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    await sendDatagram(sender, receiver, 'early');
    const e = receiveArgs(64, family);
    const { wasPending } = await succeed(e, each => receiver.receiveFromAsync(each));
    expect(wasPending).toBe(false);
    expect(textIn(e)).toBe('early');
    expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
  });

  test('the endpoint object stays if the sender is the same, and is a new one if not', async () => {
    const [receiver, first, second] = [boundUdp(family), boundUdp(family), boundUdp(family)];
    const e = receiveArgs(64, family);
    const given = e.remoteEndPoint;
    const seen: unknown[] = [];
    for (const sender of [first, first, second, second]) {
      await sendDatagram(sender, receiver, 'x');
      await succeed(e, each => receiver.receiveFromAsync(each));
      seen.push(e.remoteEndPoint);
    }
    expect(seen[0]).not.toBe(given);
    expect(given).toEqual(anyEndPoint(family));
    expect(seen[1]).toBe(seen[0]);
    expect(seen[2]).not.toBe(seen[1]);
    expect(seen[2]).toEqual(second.localEndPoint);
    expect(seen[3]).toBe(seen[2]);
  });

  test('an endpoint that is set while the receive is pending gives way to the sender', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = receiveArgs(64, family);
    const begun = begin(e, each => receiver.receiveFromAsync(each));
    e.remoteEndPoint = new IPEndPoint(anyEndPoint(family).address, 99);
    await sendDatagram(sender, receiver, 'x');
    await begun.outcome;
    expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
  });

  test('sending back with the same event args answers, whether the sender was looked at or not', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const e = receiveArgs(64, family);
    for (const isLookedAt of [false, true, false]) {
      e.setBuffer(0, 64);
      await sendDatagram(sender, receiver, 'ping');
      await succeed(e, each => receiver.receiveFromAsync(each));
      if (isLookedAt) expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
      e.setBuffer(0, e.bytesTransferred);
      await succeed(e, each => receiver.sendToAsync(each));
      const answer = receiveArgs(64, family);
      await succeed(answer, each => sender.receiveFromAsync(each));
      expect(textIn(answer)).toBe('ping');
      expect(answer.remoteEndPoint).toEqual(receiver.localEndPoint);
    }
  });

  test('a datagram longer than the buffer is cut, and says so', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    await sendDatagram(sender, receiver, '0123456789');
    await sendDatagram(sender, receiver, 'next');
    const e = receiveArgs(4, family);
    await succeed(e, each => receiver.receiveFromAsync(each));
    expect(textIn(e)).toBe('0123');
    expect(e.socketFlags).toBe(SocketFlags.Truncated);
    expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
    e.socketFlags = SocketFlags.None;
    await succeed(e, each => receiver.receiveFromAsync(each));
    expect(textIn(e)).toBe('next');
    expect(e.socketFlags).toBe(SocketFlags.None);
  });

  test('a receive into nothing tells of the datagram and its sender, and takes it not', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const nothing = receiveArgs(0, family);
    const begun = begin(nothing, e => receiver.receiveFromAsync(e));
    expect(begun.isPending).toBe(true);
    await sendDatagram(sender, receiver, 'stays');
    await begun.outcome;
    expect(nothing.bytesTransferred).toBe(0);
    expect(nothing.socketFlags).toBe(SocketFlags.Truncated);
    expect(nothing.remoteEndPoint).toEqual(sender.localEndPoint);
    const e = receiveArgs(64, family);
    await succeed(e, each => receiver.receiveFromAsync(each));
    expect(textIn(e)).toBe('stays');
  });

  test('Peek leaves the datagram, and must be set again', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    await sendDatagram(sender, receiver, 'peeked');
    const e = receiveArgs(64, family);
    for (const flags of [SocketFlags.Peek, SocketFlags.None]) {
      e.socketFlags = flags;
      await succeed(e, each => receiver.receiveFromAsync(each));
      expect(textIn(e)).toBe('peeked');
      expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
    }
    expect(receiver.available).toBe(0);
  });

  test('F-005 a connected stream receives, and its sender is the address of zeros', async () => {
    const { client, server } = await connectedPair(family);
    await send(server, Buffer.from('stream'));
    const e = receiveArgs(64, family);
    e.remoteEndPoint = new IPEndPoint(anyEndPoint(family).address, 7);
    await succeed(e, each => client.receiveFromAsync(each));
    expect(textIn(e)).toBe('stream');
    expect(e.remoteEndPoint).toEqual(anyEndPoint(family));
  });

  test('many receives are served in the order of their calls', async () => {
    const [receiver, sender] = [boundUdp(family), boundUdp(family)];
    const order: number[] = [];
    const begun = Array.from({ length: 100 }, (_, i) => {
      const e = receiveArgs(16, family);
      e.on('completed', () => order.push(i));
      return begin(e, each => receiver.receiveFromAsync(each));
    });
    for (let i = 0; i < 100; i++) await sendDatagram(sender, receiver, `n${i}`);
    const ended = await Promise.all(begun.map(each => each.outcome));
    expect(ended.map(({ e }) => textIn(e))).toEqual(ended.map((_, i) => `n${i}`));
    expect(ended.every(({ e }) => e.remoteEndPoint?.equals(sender.localEndPoint) === true)).toBe(
      true,
    );
    expect(order).toEqual(order.map((_, i) => i));
  });
});

test('a connected datagram socket receives from its peer alone', async () => {
  const [socket, peer, stranger] = [boundUdp(), boundUdp(), boundUdp()];
  const connecting = eventArgs();
  connecting.remoteEndPoint = endPointOf(peer);
  await succeed(connecting, e => socket.connectAsync(e));
  await sendDatagram(stranger, socket, 'strange');
  await sendDatagram(peer, socket, 'from the peer');
  const e = receiveArgs(64);
  await succeed(e, each => socket.receiveFromAsync(each));
  expect(textIn(e)).toBe('from the peer');
  expect(socket.available).toBe(0);
});

test('an empty datagram is received as one', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  await sendDatagram(sender, receiver, '');
  const e = receiveArgs(64);
  await succeed(e, each => receiver.receiveFromAsync(each));
  expect(e.bytesTransferred).toBe(0);
  expect(e.socketFlags).toBe(SocketFlags.None);
  expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
});

test('a datagram fills a list segment by segment', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  const e = receiveArgs(0);
  e.setBuffer(null);
  e.bufferList = [3, 0, 4, 9].map(length => new Uint8Array(length));
  await sendDatagram(sender, receiver, 'abcdefghi');
  await succeed(e, each => receiver.receiveFromAsync(each));
  expect(textIn(e)).toBe('abcdefghi');
});

test('Z-017 an unsupported flag is OperationNotSupported, and the datagram stays', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  await sendDatagram(sender, receiver, 'x');
  const e = receiveArgs(64);
  const { remoteEndPoint } = e;
  e.socketFlags = SocketFlags.Partial;
  await finish(e, each => receiver.receiveFromAsync(each));
  expect(e.socketError).toBe(SocketError.OperationNotSupported);
  expect(e.remoteEndPoint).toBe(remoteEndPoint);
  expect(receiver.available).toBeGreaterThan(0);
});

test('a failure leaves the sender of the datagram before', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  const e = receiveArgs(64);
  await sendDatagram(sender, receiver, 'x');
  await succeed(e, each => receiver.receiveFromAsync(each));
  const begun = begin(e, each => receiver.receiveFromAsync(each));
  receiver.close();
  await begun.outcome;
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
});

test('an accept with the same event args leaves the sender that nobody has looked at yet', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  const e = receiveArgs(64);
  await sendDatagram(sender, receiver, 'x');
  await succeed(e, each => receiver.receiveFromAsync(each));
  const listening = listener();
  const client = tcpSocket();
  const connecting = eventArgs();
  connecting.remoteEndPoint = endPointOf(listening);
  e.setBuffer(null);
  const accepting = begin(e, each => listening.acceptAsync(each));
  await succeed(connecting, each => client.connectAsync(each));
  await accepting.outcome;
  e.acceptSocket?.close();
  expect(e.remoteEndPoint).toEqual(sender.localEndPoint);
});

test('sending to somebody else after a receive sends to them', async () => {
  const [receiver, sender, other] = [boundUdp(), boundUdp(), boundUdp()];
  await sendDatagram(sender, receiver, 'passed on');
  const e = receiveArgs(9);
  await succeed(e, each => receiver.receiveFromAsync(each));
  e.remoteEndPoint = new IPEndPoint(IPAddress.Loopback, endPointOf(other).port);
  await succeed(e, each => receiver.sendToAsync(each));
  const passedOn = receiveArgs(64);
  await succeed(passedOn, each => other.receiveFromAsync(each));
  expect(textIn(passedOn)).toBe('passed on');
  expect(sender.available).toBe(0);
});

describe('an endpoint class that cannot be made of an address', () => {
  class Odd extends EndPoint {
    override get addressFamily(): AddressFamily {
      return InterNetwork;
    }
    override serialize(): SocketAddress {
      return anyEndPoint().serialize();
    }
  }

  test('keeps its object, as in .NET', async () => {
    const socket = boundUdp();
    const e = withEndPoint(new Odd());
    const { remoteEndPoint } = e;
    const receiving = begin(e, each => socket.receiveFromAsync(each));
    await sendDatagram(boundUdp(), socket, 'text');
    await receiving.outcome;
    expect(textIn(e)).toBe('text');
    expect(e.remoteEndPoint).toBe(remoteEndPoint);
  });

  test.each(['in flight', 'afterwards'])('does not keep it from being disposed %s', async when => {
    const socket = boundUdp();
    const e = withEndPoint(new Odd());
    const receiving = begin(e, each => socket.receiveFromAsync(each));
    if (when === 'in flight') e.dispose();
    await sendDatagram(boundUdp(), socket, 'text');
    await receiving.outcome;
    e.dispose();
    expect(thrownBy(() => socket.receiveFromAsync(e))).toBe('ObjectDisposedException');
  });

  test('does not keep it from accepting', async () => {
    const socket = boundUdp();
    const e = withEndPoint(new Odd());
    const receiving = begin(e, each => socket.receiveFromAsync(each));
    await sendDatagram(boundUdp(), socket, 'text');
    await receiving.outcome;
    e.setBuffer(null, 0, 0);
    const listening = listener();
    const accepting = begin(e, each => listening.acceptAsync(each));
    await succeed(argsFor(listening), each => tcpSocket().connectAsync(each));
    await accepting.outcome;
    expect(tracked(e.acceptSocket as Socket).connected).toBe(true);
  });
});
