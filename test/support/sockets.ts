// Sockets for tests. All are closed after the test that made them.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
} from 'socket-async-event-args';

import { succeed } from './operations.js';

const made: { dispose: () => void }[] = [];

afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

/** Disposes a socket or event args after the test. */
export function tracked<T extends { dispose: () => void }>(disposable: T): T {
  made.push(disposable);
  return disposable;
}

export function tcpSocket(family: AddressFamily = AddressFamily.InterNetwork): Socket {
  return tracked(new Socket(family, SocketType.Stream, ProtocolType.Tcp));
}

export function udpSocket(family: AddressFamily = AddressFamily.InterNetwork): Socket {
  return tracked(new Socket(family, SocketType.Dgram, ProtocolType.Udp));
}

/** Event args, with a buffer of `bytes` if that is given. */
export function eventArgs(bytes?: number | Uint8Array): SocketAsyncEventArgs {
  const e = tracked(new SocketAsyncEventArgs());
  if (bytes !== undefined) {
    const buffer = typeof bytes === 'number' ? new Uint8Array(bytes) : bytes;
    e.setBuffer(buffer, 0, buffer.length);
  }
  return e;
}

export function loopback(family: AddressFamily = AddressFamily.InterNetwork, port = 0): IPEndPoint {
  const isIPv4 = family === AddressFamily.InterNetwork;
  return new IPEndPoint(isIPv4 ? IPAddress.Loopback : IPAddress.IPv6Loopback, port);
}

/** A socket that listens on the loopback address. */
export function listener(family: AddressFamily = AddressFamily.InterNetwork): Socket {
  const socket = tcpSocket(family);
  socket.bind(loopback(family));
  socket.listen();
  return socket;
}

export function endPointOf(socket: Socket): IPEndPoint {
  return socket.localEndPoint as IPEndPoint;
}

/** Event args that connect to where a socket is bound. */
export function argsFor(target: Socket): SocketAsyncEventArgs {
  const e = eventArgs();
  e.remoteEndPoint = target.localEndPoint;
  return e;
}

/** An endpoint of the loopback address that refuses connections: bound, and not listening. */
export function refusing(family: AddressFamily = AddressFamily.InterNetwork): Socket {
  const socket = tcpSocket(family);
  socket.bind(loopback(family));
  return socket;
}

export interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly listener: Socket;
}

/** Two connected sockets of ours. */
export async function connectedPair(
  family: AddressFamily = AddressFamily.InterNetwork,
): Promise<Pair> {
  const listening = listener(family);
  const client = tcpSocket(family);
  const accepting = eventArgs();
  const accepted = succeed(accepting, e => listening.acceptAsync(e));
  await succeed(argsFor(listening), e => client.connectAsync(e));
  await accepted;
  const server = accepting.acceptSocket;
  if (server === null) throw new Error('Nothing was accepted.');
  return { client, server: tracked(server), listener: listening };
}
