// Waiting for one operation at a time: what the smaller examples share.

import { once } from 'node:events';

import { SocketError, SocketException, type SocketAsyncEventArgs } from 'socket-async-event-args';

/** Starts an operation and waits for it, whether it finishes at once or later. */
export async function run(
  e: SocketAsyncEventArgs,
  start: (e: SocketAsyncEventArgs) => boolean,
): Promise<void> {
  if (start(e)) await once(e, 'completed');
  if (e.socketError !== SocketError.Success) throw new SocketException(e.socketError);
}
