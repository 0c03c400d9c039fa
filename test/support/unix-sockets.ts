// Unix-domain sockets for tests. All are closed after the test that made them.

import { randomUUID } from 'node:crypto';

import {
  AddressFamily,
  ProtocolType,
  Socket,
  SocketType,
  UnixDomainSocketEndPoint,
} from 'socket-async-event-args';

import { newPath } from './folder.js';
import { succeed } from './operations.js';
import { acceptFrom, argsFor, tracked } from './sockets.js';

export function unixSocket(type: SocketType = SocketType.Stream): Socket {
  return tracked(new Socket(AddressFamily.Unix, type, ProtocolType.Unspecified));
}

/** An endpoint whose file does not exist. */
export function newUnixEndPoint(): UnixDomainSocketEndPoint {
  return new UnixDomainSocketEndPoint(newPath());
}

/** An abstract name, without a file, that nobody else uses. */
export function abstractEndPoint(): UnixDomainSocketEndPoint {
  return new UnixDomainSocketEndPoint(`\0saea-${randomUUID()}`);
}

export function boundUnixSocket(
  type: SocketType = SocketType.Stream,
  endPoint = newUnixEndPoint(),
): Socket {
  const socket = unixSocket(type);
  socket.bind(endPoint);
  return socket;
}

export function unixListener(
  type: SocketType = SocketType.Stream,
  endPoint = newUnixEndPoint(),
): Socket {
  const socket = boundUnixSocket(type, endPoint);
  socket.listen();
  return socket;
}

/** Connects a new socket to where another listens. */
export async function connectUnix(target: Socket): Promise<Socket> {
  const client = unixSocket(target.socketType);
  await succeed(argsFor(target), e => client.connectAsync(e));
  return client;
}

export interface UnixPair {
  readonly client: Socket;
  readonly server: Socket;
  readonly listener: Socket;
}

/** Two connected sockets. */
export async function unixPair(
  type: SocketType = SocketType.Stream,
  endPoint = newUnixEndPoint(),
): Promise<UnixPair> {
  const listening = unixListener(type, endPoint);
  const client = await connectUnix(listening);
  return { client, server: await acceptFrom(listening), listener: listening };
}
