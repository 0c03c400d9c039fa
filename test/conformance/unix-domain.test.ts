// Rows B-001 … B-009 and B-014 of the specification: Unix-domain stream sockets. Their files are in
// unix-domain.bound-file.test.ts, datagrams and packets in order in unix-domain.messages.test.ts.

import { writeFileSync } from 'node:fs';

import {
  DnsEndPoint,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketError,
  SocketType,
  UnixDomainSocketEndPoint,
  type EndPoint,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { newPath } from '../support/folder.js';
import { begin, finish, succeed } from '../support/operations.js';
import { acceptFrom, argsFor, eventArgs, tcpSocket, tracked } from '../support/sockets.js';
import { ae, ane, aoore, refuses, thrownBy } from '../support/thrown.js';
import { receive, receiveOnce, send } from '../support/transfer.js';
import {
  abstractEndPoint,
  boundUnixSocket,
  connectUnix,
  newUnixEndPoint,
  unixListener,
  unixPair,
  unixSocket,
} from '../support/unix-sockets.js';

const kinds = [
  ['a path', newUnixEndPoint],
  ['an abstract name', abstractEndPoint],
] as const;

function argsTo(endPoint: EndPoint): ReturnType<typeof eventArgs> {
  const e = eventArgs();
  e.remoteEndPoint = endPoint;
  return e;
}

/** How connecting a new socket ends; synchronously, in all cases here. */
async function connectError(endPoint: EndPoint): Promise<SocketError> {
  const client = unixSocket();
  const e = argsTo(endPoint);
  const { wasPending } = await finish(e, each => client.connectAsync(each));
  expect(wasPending).toBe(false);
  expect(e.connectSocket).toBeNull();
  expect(client.connected).toBe(false);
  return e.socketError;
}

describe.each(kinds)('%s', (_kind, newEndPoint) => {
  test('B-001 is bound and connected to', async () => {
    const endPoint = newEndPoint();
    const listening = unixListener(SocketType.Stream, endPoint);
    const client = unixSocket();
    const e = argsTo(endPoint);
    const { wasPending } = await succeed(e, each => client.connectAsync(each));
    expect(wasPending).toBe(false);
    expect(e.connectSocket).toBe(client);
    expect(e.connectByNameError).toBeNull();
    expect(client.connected).toBe(true);
    const server = await acceptFrom(listening);
    expect(server).toMatchObject({ connected: true, socketType: SocketType.Stream });
  });

  test('B-003 a byte goes each way', async () => {
    const { client, server } = await unixPair(SocketType.Stream, newEndPoint());
    await send(client, Buffer.from('a'));
    expect(Buffer.from(await receive(server, 1)).toString()).toBe('a');
    await send(server, Buffer.from('b'));
    expect(Buffer.from(await receive(client, 1)).toString()).toBe('b');
  });

  test('B-004 an endpoint made from the serialized one is as good', async () => {
    const endPoint = newEndPoint();
    const clone = endPoint.create(endPoint.serialize());
    expect(clone.equals(endPoint)).toBe(true);
    const listening = unixListener(SocketType.Stream, clone);
    const client = unixSocket();
    await succeed(argsTo(clone.create(endPoint.serialize())), e => client.connectAsync(e));
    const server = await acceptFrom(listening);
    await send(client, Buffer.from('a'));
    expect(await receive(server, 1)).toEqual(Uint8Array.of(97));
  });

  test('B-008 B-009 both ends tell the path that was bound to', async () => {
    const endPoint = newEndPoint();
    const { client, server, listener } = await unixPair(SocketType.Stream, endPoint);
    for (const told of [listener.localEndPoint, client.remoteEndPoint, server.localEndPoint]) {
      expect(told).toBeInstanceOf(UnixDomainSocketEndPoint);
      expect(endPoint.equals(told)).toBe(true);
      expect(String(told)).toBe(endPoint.toString());
    }
    expect(listener.localEndPoint).toBe(listener.localEndPoint);
  });

  test('B-008 a peer that was not bound has an endpoint without a path', async () => {
    const { client, server } = await unixPair(SocketType.Stream, newEndPoint());
    for (const told of [server.remoteEndPoint, client.localEndPoint]) {
      expect(told).toBeInstanceOf(UnixDomainSocketEndPoint);
      expect(String(told)).toBe('');
    }
    expect(client.isBound).toBe(true);
  });

  test('B-008 a peer that was bound is told', async () => {
    const listening = unixListener(SocketType.Stream, newEndPoint());
    const endPoint = newEndPoint();
    const client = boundUnixSocket(SocketType.Stream, endPoint);
    await succeed(argsFor(listening), e => client.connectAsync(e));
    const server = await acceptFrom(listening);
    expect(endPoint.equals(server.remoteEndPoint)).toBe(true);
    expect(endPoint.equals(client.localEndPoint)).toBe(true);
  });

  test('a second socket cannot be bound to it', () => {
    const endPoint = newEndPoint();
    boundUnixSocket(SocketType.Stream, endPoint);
    const second = unixSocket();
    expect(thrownBy(() => second.bind(endPoint))).toBe('SocketException(AddressAlreadyInUse)');
    expect(second).toMatchObject({ isBound: false, localEndPoint: null });
    second.bind(newEndPoint());
  });
});

test('B-001 the static form makes the socket', async () => {
  const listening = unixListener();
  const e = argsFor(listening);
  await succeed(e, each => Socket.connectAsync(SocketType.Stream, ProtocolType.Unspecified, each));
  const client = tracked(e.connectSocket as Socket);
  expect(client.addressFamily).toBe(listening.addressFamily);
  expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
});

test('B-001 an accept that waits is given the connection', async () => {
  const listening = unixListener();
  const accepting = eventArgs();
  const accepted = begin(accepting, e => listening.acceptAsync(e));
  expect(accepted.isPending).toBe(true);
  await connectUnix(listening);
  await accepted.outcome;
  const server = tracked(accepting.acceptSocket as Socket);
  expect(String(server.remoteEndPoint)).toBe('');
  expect(server.localEndPoint).toEqual(listening.localEndPoint);
});

test('a longest path and a longest abstract name are used', async () => {
  const folder = newPath('');
  const path = folder + 'x'.repeat(107 - folder.length);
  const abstract = abstractEndPoint().toString().replace('@', '\0').padEnd(108, 'x');
  for (const longest of [path, abstract]) {
    const endPoint = new UnixDomainSocketEndPoint(longest);
    const { client } = await unixPair(SocketType.Stream, endPoint);
    expect(endPoint.equals(client.remoteEndPoint)).toBe(true);
    expect(String(client.remoteEndPoint)).toHaveLength(longest.length);
  }
});

describe('connecting fails, at once', () => {
  test('B-002 where no file is: AddressNotAvailable', async () => {
    expect(await connectError(newUnixEndPoint())).toBe(SocketError.AddressNotAvailable);
  });

  test('B-002 where nobody has an abstract name: ConnectionRefused', async () => {
    expect(await connectError(abstractEndPoint())).toBe(SocketError.ConnectionRefused);
  });

  test('where nobody listens, or a file of another kind is: ConnectionRefused', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const plain = new UnixDomainSocketEndPoint(path);
    const bound = boundUnixSocket().localEndPoint as EndPoint;
    for (const each of [plain, bound]) {
      expect(await connectError(each)).toBe(SocketError.ConnectionRefused);
    }
  });

  test('to a socket of another type: ProtocolType', async () => {
    const other = unixListener(SocketType.Seqpacket);
    expect(await connectError(other.localEndPoint as EndPoint)).toBe(SocketError.ProtocolType);
  });

  test('where the line is full: WouldBlock; and the socket can be used later', async () => {
    const listening = boundUnixSocket();
    listening.listen(0);
    await connectUnix(listening);
    const late = unixSocket();
    const e = argsFor(listening);
    for (let i = 0; i < 3; i++) {
      const { wasPending } = await finish(e, each => late.connectAsync(each));
      expect(wasPending).toBe(false);
      expect(e.socketError).toBe(SocketError.WouldBlock);
      expect(late.connected).toBe(false);
    }
    await acceptFrom(listening);
    await succeed(e, each => late.connectAsync(each));
    expect(late.connected).toBe(true);
  });

  test('Z-020 and the same socket connects elsewhere afterwards, bound as it was', async () => {
    const listening = unixListener();
    const endPoint = newUnixEndPoint();
    const client = boundUnixSocket(SocketType.Stream, endPoint);
    const e = argsTo(newUnixEndPoint());
    await finish(e, each => client.connectAsync(each));
    expect(e.socketError).toBe(SocketError.AddressNotAvailable);
    expect(client.isBound).toBe(true);
    e.remoteEndPoint = listening.localEndPoint;
    await succeed(e, each => client.connectAsync(each));
    const server = await acceptFrom(listening);
    await send(client, Uint8Array.of(1));
    await receive(server, 1);
  });

  test('by name: NoData, when the resolver has answered', async () => {
    const client = unixSocket();
    const e = argsTo(new DnsEndPoint('localhost', 1));
    await finish(e, each => client.connectAsync(each));
    expect(e.socketError).toBe(SocketError.NoData);
  });
});

test('B-006 bytes sent one by one, in both ways at once, arrive in order', async () => {
  const { client, server } = await unixPair();
  const count = 2048;
  const bytes = Uint8Array.from({ length: count }, (_, i) => i % 251);
  const sendAll = async (socket: Socket): Promise<void> => {
    const sends = Array.from(bytes, byte => send(socket, Uint8Array.of(byte)));
    await Promise.all(sends);
  };
  const receiveEach = async (socket: Socket): Promise<Uint8Array> => {
    const received = await Promise.all(Array.from(bytes, () => receive(socket, 1)));
    return Uint8Array.from(received, ([byte]) => byte);
  };
  const [atServer, atClient] = await Promise.all([
    receiveEach(server),
    receiveEach(client),
    sendAll(client),
    sendAll(server),
  ]);
  expect(Buffer.compare(atServer, bytes)).toBe(0);
  expect(Buffer.compare(atClient, bytes)).toBe(0);
});

test('a megabyte arrives whole, however the system cuts it', async () => {
  const { client, server } = await unixPair();
  const bytes = Buffer.alloc(1 << 20, 'the system takes it in parts');
  const [received] = await Promise.all([receive(server, bytes.length), send(client, bytes)]);
  expect(bytes.equals(received)).toBe(true);
});

test('B-014 a receive that waits ends with OperationAborted when its socket is disposed', async () => {
  const { client, server } = await unixPair();
  const e = eventArgs(4);
  const receiving = begin(e, each => server.receiveAsync(each));
  expect(receiving.isPending).toBe(true);
  server.dispose();
  await receiving.outcome;
  expect(e).toMatchObject({ socketError: SocketError.OperationAborted, bytesTransferred: 0 });
  const { error, bytes } = await receiveOnce(client);
  expect([SocketError.Success, SocketError.ConnectionReset]).toContain(error);
  expect(bytes).toHaveLength(0);
});

describe('bad input', () => {
  const construct = (value: unknown) => (): unknown =>
    new UnixDomainSocketEndPoint(value as string);
  const longest = 'ü'.repeat(53); // 106 bytes

  refuses([
    ['B-007', 'no path', construct(null), ane('path')],
    ['B-007', 'an undefined path', construct(undefined), ane('path')],
    ['B-007', 'an empty path', construct(''), aoore('path')],
    ['B-007', 'a path of 108 bytes', construct('x'.repeat(108)), aoore('path')],
    ['B-007', 'a path of 108 bytes of UTF-8', construct(`${longest}üx`), aoore('path')],
    ['B-007', 'an abstract name of 109 bytes', construct(`\0${'x'.repeat(108)}`), aoore('path')],
    ['B-007', 'a path that is no string', construct(7), ae('path')],
  ]);

  test('a path of 107 bytes of UTF-8 is taken', () => {
    expect(String(new UnixDomainSocketEndPoint(`${longest}x`))).toBe(`${longest}x`);
  });

  test('B-012 endpoints are equal if and only if their paths are', () => {
    const endPoints = ['a', 'b', '\0a', '\0b', './a', '@a'];
    for (const left of endPoints) {
      for (const right of endPoints) {
        const one = new UnixDomainSocketEndPoint(left);
        const other = new UnixDomainSocketEndPoint(right);
        expect(one.equals(other)).toBe(left === right);
        if (left === right) expect(one.getHashCode()).toBe(other.getHashCode());
      }
    }
  });

  test('bind refuses an endpoint without a path', async () => {
    const { server } = await unixPair();
    const unnamed = server.remoteEndPoint as EndPoint;
    const socket = unixSocket();
    expect(thrownBy(() => socket.bind(unnamed))).toBe(ae('path'));
    expect(socket.isBound).toBe(false);
  });

  test('bind refuses a path with a NUL inside, and makes no file', () => {
    const inside = newPath();
    const socket = unixSocket();
    const endPoint = new UnixDomainSocketEndPoint(`${inside}\0y`);
    expect(thrownBy(() => socket.bind(endPoint))).toBe(ae('path'));
    socket.bind(new UnixDomainSocketEndPoint(inside));
  });

  test('connect reads a path up to a NUL inside', async () => {
    const listening = unixListener();
    const client = unixSocket();
    const inside = new UnixDomainSocketEndPoint(`${String(listening.localEndPoint)}\0y`);
    await succeed(argsTo(inside), e => client.connectAsync(e));
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
  });

  test('endpoints of other families are refused, as .NET refuses them', () => {
    const ip = new IPEndPoint(IPAddress.Loopback, 0);
    const bindIP = (): void => unixSocket().bind(ip);
    const bindUnix = (): void => tcpSocket().bind(newUnixEndPoint());
    expect(thrownBy(bindIP)).toBe('SocketException(InvalidArgument)');
    expect(thrownBy(bindUnix)).toBe('SocketException(AddressFamilyNotSupported)');
    const connectIP = (): boolean => unixSocket().connectAsync(argsTo(ip));
    const connectToUnix = (): boolean => tcpSocket().connectAsync(argsTo(newUnixEndPoint()));
    expect(thrownBy(connectIP)).toBe('NotSupportedException');
    expect(thrownBy(connectToUnix)).toBe('NotSupportedException');
  });

  test('where there is no folder, bind answers AddressNotAvailable', () => {
    const socket = unixSocket();
    const endPoint = new UnixDomainSocketEndPoint(newPath('no/x'));
    expect(thrownBy(() => socket.bind(endPoint))).toBe('SocketException(AddressNotAvailable)');
  });
});
