// Rows O-027 and O-028 of the specification: multicast. No packet leaves the host: those of IPv4 go
// over the loopback interface, and those of IPv6, for which that has no route, may take no hop.

import { networkInterfaces } from 'node:os';

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  IPv6MulticastOption,
  MulticastOption,
  SocketOptionLevel as Level,
  SocketOptionName as Name,
  type Socket,
} from 'socket-async-event-args';

import { until, withDeadline } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { endPointOf, eventArgs, tcpSocket, udpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';

const { InterNetwork: v4, InterNetworkV6: v6 } = AddressFamily;
const refused = (error: string): string => `SocketException(${error})`;

/** On Linux always; elsewhere nothing else is sure. */
const loopbackIndex = 1;
const isLinux = process.platform === 'linux' && networkInterfaces()['lo'] !== undefined;
/** An interface that has a route for IPv6 multicast; 0 without one. */
const linkLocal = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(each => each.family === 'IPv6' && each.scopeid !== 0 && !each.internal);
const index6 = linkLocal?.family === 'IPv6' ? linkLocal.scopeid : 0;

const testLinux = skipUnless(isLinux, 'interface 1 may not be the loopback interface');

const group = IPAddress.parse('239.1.2.3');
const group6 = IPAddress.parse('ff02::1234');

/** An interface index as MulticastInterface of IPv4 wants it: in network order. */
function inNetworkOrder(index: number): number {
  return new DataView(Int32Array.of(index).buffer).getInt32(0);
}

function numberOf(address: IPAddress): number {
  return new Int32Array(Uint8Array.from(address.getAddressBytes()).buffer)[0];
}

/** Joins or leaves. */
function change(socket: Socket, name: 12 | 13): void {
  if (socket.addressFamily === v4) {
    socket.setSocketOption(Level.IP, name, new MulticastOption(group, loopbackIndex));
  } else {
    socket.setSocketOption(Level.IPv6, name, new IPv6MulticastOption(group6, index6));
  }
}

/** Sends to groups over the interface that they are joined on, and no further. */
function keepOnHost(socket: Socket): void {
  if (socket.addressFamily === v4) {
    const index = inNetworkOrder(loopbackIndex);
    socket.setSocketOption(Level.IP, Name.MulticastInterface, index);
  } else {
    socket.setSocketOption(Level.IPv6, Name.MulticastInterface, index6);
    socket.setSocketOption(Level.IPv6, Name.MulticastTimeToLive, 0);
  }
}

describe.each(families)('%s', (_name, family) => {
  const hasRoute = isLinux && (family === v4 || index6 !== 0);
  const testRoute = skipUnless(hasRoute, 'no interface has a route for multicast');

  const bound = (): Socket => {
    const socket = udpSocket(family);
    socket.bind(new IPEndPoint(family === v4 ? IPAddress.Any : IPAddress.IPv6Any, 0));
    return socket;
  };

  async function sendTo(target: Socket, sender: Socket, text: string): Promise<void> {
    const e = eventArgs(Buffer.from(text));
    e.remoteEndPoint = new IPEndPoint(family === v4 ? group : group6, endPointOf(target).port);
    await succeed(e, each => sender.sendToAsync(each));
  }

  async function expectReceived(socket: Socket, text: string): Promise<void> {
    const e = eventArgs(16);
    const { outcome } = begin(e, each => socket.receiveAsync(each));
    await withDeadline(outcome, 'the datagram');
    expect(Buffer.from(e.memoryBuffer.subarray(0, e.bytesTransferred)).toString()).toBe(text);
  }

  testRoute('who has joined a group receives what is sent to it', async () => {
    const [receiver, sender] = [bound(), udpSocket(family)];
    change(receiver, Name.AddMembership);
    keepOnHost(sender);
    await sendTo(receiver, sender, 'hello');
    await expectReceived(receiver, 'hello');
  });

  testRoute('who has left it does not', async () => {
    const socket = bound();
    change(socket, Name.AddMembership);
    change(socket, Name.DropMembership);
    keepOnHost(socket);
    await sendTo(socket, socket, 'not a member');
    change(socket, Name.AddMembership);
    await sendTo(socket, socket, 'a member');
    await expectReceived(socket, 'a member'); // as the first and only one
    expect(socket.available).toBe(0);
  });

  testRoute('a group is joined once, and left once', () => {
    const socket = udpSocket(family);
    expect(thrownBy(() => change(socket, Name.DropMembership))).toBe(
      refused('AddressNotAvailable'),
    );
    change(socket, Name.AddMembership);
    expect(thrownBy(() => change(socket, Name.AddMembership))).toBe(refused('AddressAlreadyInUse'));
    change(socket, Name.DropMembership);
    expect(thrownBy(() => change(socket, Name.DropMembership))).toBe(
      refused('AddressNotAvailable'),
    );
  });

  test.each([Name.AddMembership, Name.DropMembership])(
    '%d cannot be read, nor be a number',
    name => {
      const socket = udpSocket(family);
      const level = family === v4 ? Level.IP : Level.IPv6;
      expect(thrownBy(() => socket.getSocketOption(level, name))).toBe(refused('ProtocolOption'));
      const error = family === v4 ? 'InvalidArgument' : 'OperationNotSupported';
      expect(thrownBy(() => socket.setSocketOption(level, name, 1))).toBe(refused(error));
    },
  );

  testLinux('streams join no group', () => {
    const socket = tcpSocket(family);
    // The system's own error has no name in .NET.
    const error = family === v4 ? 'SocketError' : 'ProtocolOption';
    const thrown = thrownBy(() => change(socket, Name.AddMembership));
    expect([refused(error), refused('SocketError')]).toContain(thrown);
  });
});

const testIPv6 = skipUnless(isLinux && index6 !== 0, 'no interface has a route for multicast');

// On the loopback interface itself the option makes no difference.
testIPv6('who does not want its own packets does not get them', async () => {
  const socket = udpSocket(v6);
  socket.bind(new IPEndPoint(IPAddress.IPv6Any, 0));
  change(socket, Name.AddMembership);
  keepOnHost(socket);
  for (const isWanted of [false, true]) {
    socket.multicastLoopback = isWanted;
    const e = eventArgs(Buffer.from(isWanted ? 'own' : 'another'));
    e.remoteEndPoint = new IPEndPoint(group6, endPointOf(socket).port);
    await succeed(e, each => socket.sendToAsync(each));
  }
  await until(() => socket.available > 0, 'a packet is there');
  expect(socket.available).toBe('own'.length);
});

describe('the interface that multicast packets leave by', () => {
  testLinux('O-027 of IPv4 is an index, in network order', () => {
    const socket = udpSocket();
    for (const index of [0, loopbackIndex]) {
      socket.setSocketOption(Level.IP, Name.MulticastInterface, inNetworkOrder(index));
    }
  });

  test('O-027 of IPv4 is an address', () => {
    const socket = udpSocket();
    const loopback = numberOf(IPAddress.Loopback);
    socket.setSocketOption(Level.IP, Name.MulticastInterface, loopback);
    expect(socket.getSocketOption(Level.IP, Name.MulticastInterface)).toBe(loopback);
  });

  testLinux('O-027 of IPv6 is an index', () => {
    const socket = udpSocket(v6);
    for (const index of [loopbackIndex, 0]) {
      socket.setSocketOption(Level.IPv6, Name.MulticastInterface, index);
      expect(socket.getSocketOption(Level.IPv6, Name.MulticastInterface)).toBe(index);
    }
  });

  testLinux.each([
    ['an index in the order of the host', 1],
    ['an index that there is not', inNetworkOrder(31_415)],
    ['an address that is no interface', numberOf(IPAddress.parse('240.0.0.0'))],
    ['255.255.255.255', -1],
  ])('O-027 of IPv4 cannot be %s', (_what, value) => {
    const set = (): void => udpSocket().setSocketOption(Level.IP, Name.MulticastInterface, value);
    expect(thrownBy(set)).toBe(refused('AddressNotAvailable'));
  });

  testLinux.each([31_415, -1])('O-027 of IPv6 cannot be the index %d', index => {
    const socket = udpSocket(v6);
    const set = (): void => socket.setSocketOption(Level.IPv6, Name.MulticastInterface, index);
    expect(thrownBy(set)).toBe(refused('SocketError'));
  });
});

describe('a group', () => {
  const join = (option: MulticastOption) => () =>
    udpSocket().setSocketOption(Level.IP, Name.AddMembership, option);
  const join6 = (option: IPv6MulticastOption) => () =>
    udpSocket(v6).setSocketOption(Level.IPv6, Name.AddMembership, option);

  testLinux.each<[string, () => void, string]>([
    [
      'IPv4, by the address of an interface',
      join(new MulticastOption(group, IPAddress.Loopback)),
      'nothing',
    ],
    ['IPv4, by its index', join(new MulticastOption(group, loopbackIndex)), 'nothing'],
    [
      'no multicast address',
      join(new MulticastOption(IPAddress.parse('10.1.2.3'), 1)),
      refused('InvalidArgument'),
    ],
    [
      'IPv6 where IPv4 is meant',
      join(new MulticastOption(group6, 1)),
      refused('OperationNotSupported'),
    ],
    [
      'IPv4 by an address of IPv6',
      join(new MulticastOption(group, IPAddress.IPv6Loopback)),
      refused('OperationNotSupported'),
    ],
    [
      'IPv6, by the index of an interface',
      join6(new IPv6MulticastOption(group6, loopbackIndex)),
      'nothing',
    ],
    [
      'IPv4 where IPv6 is meant',
      join6(new IPv6MulticastOption(group, 1)),
      refused('InvalidArgument'),
    ],
    [
      'IPv4 in the form of IPv6',
      join6(new IPv6MulticastOption(group.mapToIPv6(), 1)),
      refused('InvalidArgument'),
    ],
    [
      'IPv6 on no interface',
      join6(new IPv6MulticastOption(group6, 0xffff_ffff)),
      refused('SocketError'),
    ],
  ])('that is %s is joined, or refused', (_what, call, thrown) => {
    expect(thrownBy(call)).toBe(thrown);
  });

  testLinux('goes by the interface that was set last', () => {
    const option = new MulticastOption(group, IPAddress.parse('10.255.255.1'));
    expect(thrownBy(join(option))).toBe(refused('SocketError')); // no such interface
    option.interfaceIndex = loopbackIndex;
    expect(thrownBy(join(option))).toBe('nothing');
  });
});
