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

/** An IPv6 socket in dual mode. */
export function dualSocket(): Socket {
  return tracked(new Socket(SocketType.Stream, ProtocolType.Tcp));
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

/** Connects a new socket to where another listens. */
export async function connectTo(target: Socket): Promise<Socket> {
  const client = tcpSocket(target.addressFamily);
  await succeed(argsFor(target), e => client.connectAsync(e));
  return client;
}

/** Accepts a connection; the new socket. */
export async function acceptFrom(listening: Socket): Promise<Socket> {
  const e = eventArgs();
  await succeed(e, each => listening.acceptAsync(each));
  return tracked(e.acceptSocket as Socket);
}

/**
 * A listener whose line is full: Linux does not answer whoever connects next, who tries again after
 * a second. It is the only way to have a connect pending on the loopback address.
 */
export async function crowdedListener(): Promise<Socket> {
  const socket = tcpSocket();
  socket.bind(loopback());
  socket.listen(0);
  await connectTo(socket);
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
