// Moving bytes between sockets of ours, whole.

import { SocketAsyncEventArgs, type SocketError, type Socket } from 'socket-async-event-args';

import { succeed } from './operations.js';

/** Sends all bytes. */
export async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  using e = new SocketAsyncEventArgs();
  e.setBuffer(bytes, 0, bytes.length);
  await succeed(e, each => socket.sendAsync(each));
  expect(e.bytesTransferred).toBe(bytes.length);
}

/** Receives exactly `count` bytes, in as many operations as it takes. */
export async function receive(socket: Socket, count: number): Promise<Uint8Array> {
  using e = new SocketAsyncEventArgs();
  const bytes = new Uint8Array(count);
  e.setBuffer(bytes, 0, count);
  let got = 0;
  while (got < count) {
    e.setBuffer(got, count - got);
    await succeed(e, each => socket.receiveAsync(each));
    if (e.bytesTransferred === 0) {
      throw new Error(`The stream ended after ${got} of ${count} bytes.`);
    }
    got += e.bytesTransferred;
  }
  return bytes;
}

/** Receives up to the end of the stream. */
export async function receiveAll(socket: Socket): Promise<Uint8Array> {
  using e = new SocketAsyncEventArgs();
  e.setBuffer(new Uint8Array(65_536), 0, 65_536);
  const pieces: Uint8Array[] = [];
  do {
    await succeed(e, each => socket.receiveAsync(each));
    pieces.push(e.memoryBuffer.slice(0, e.bytesTransferred));
  } while (e.bytesTransferred > 0);
  return Buffer.concat(pieces);
}

/** How one receive ends, with how many bytes. */
export async function receiveOnce(
  socket: Socket,
  capacity = 1024,
): Promise<{ error: SocketError; bytes: Uint8Array }> {
  using e = new SocketAsyncEventArgs();
  e.setBuffer(new Uint8Array(capacity), 0, capacity);
  await new Promise<void>(resolve => {
    e.on('completed', () => {
      resolve();
    });
    if (!socket.receiveAsync(e)) resolve();
  });
  return { error: e.socketError, bytes: e.memoryBuffer.slice(0, e.bytesTransferred) };
}
