// Datagram sockets on the loopback address, and datagrams between them.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
  type EndPoint,
} from 'socket-async-event-args';

import { succeed } from './operations.js';
import { endPointOf, eventArgs, loopback, tracked, udpSocket } from './sockets.js';

/** A datagram socket that is bound to the loopback address. */
export function boundUdp(family: AddressFamily = AddressFamily.InterNetwork): Socket {
  const socket = udpSocket(family);
  socket.bind(loopback(family));
  return socket;
}

/** A datagram socket in dual mode; bound, if an address is given. */
export function dualUdp(address?: IPAddress): Socket {
  const socket = tracked(new Socket(SocketType.Dgram, ProtocolType.Udp));
  if (address !== undefined) socket.bind(new IPEndPoint(address, 0));
  return socket;
}

/** The endpoint that says "anybody of this family". */
export function anyEndPoint(family: AddressFamily = AddressFamily.InterNetwork): IPEndPoint {
  const isIPv4 = family === AddressFamily.InterNetwork;
  return new IPEndPoint(isIPv4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
}

/** Event args to receive from anybody of a family. */
export function receiveArgs(
  bytes: number | Uint8Array,
  family: AddressFamily = AddressFamily.InterNetwork,
): SocketAsyncEventArgs {
  const e = eventArgs(bytes);
  e.remoteEndPoint = anyEndPoint(family);
  return e;
}

/** Event args to send a datagram to an endpoint. */
export function sendArgs(to: EndPoint | null, text = 'datagram'): SocketAsyncEventArgs {
  const e = eventArgs(Buffer.from(text));
  e.remoteEndPoint = to;
  return e;
}

/** Sends a datagram from one socket to where another is bound. */
export async function sendDatagram(from: Socket, to: Socket, text: string): Promise<void> {
  using e = new SocketAsyncEventArgs();
  e.setBuffer(Buffer.from(text), 0, Buffer.byteLength(text));
  e.remoteEndPoint = endPointOf(to);
  await succeed(e, each => from.sendToAsync(each));
  expect(e.bytesTransferred).toBe(Buffer.byteLength(text));
}

/** What an operation has received, as text. */
export function textIn(e: SocketAsyncEventArgs): string {
  const bytes =
    e.bufferList === null ? e.memoryBuffer.subarray(e.offset) : Buffer.concat([...e.bufferList]);
  return Buffer.from(bytes.subarray(0, e.bytesTransferred)).toString();
}
