// The calls that go up, from lib/internal to the public classes. Those hand them over once, when
// they load, so that nothing here has to import them.

import type { SocketAsyncEventArgs } from '../socket-async-event-args.js';
import type { Socket } from '../socket.js';
import type { SendPacketsPart } from './send-packets-part.js';
import type { SocketCore } from './socket-core.js';

interface Upcalls {
  /** Raises the event: calls the (overridable) `onCompleted`. */
  raiseCompleted: (args: SocketAsyncEventArgs) => void;
  /** Makes a public socket around a core. */
  wrapSocket: (core: SocketCore) => Socket;
  /** The inside of a public socket. */
  coreOf: (socket: Socket) => SocketCore;
  isSocket: (value: unknown) => boolean;
  /** The inside of a `SendPacketsElement`; `null` for any other value. */
  partOf: (value: unknown) => SendPacketsPart | null;
}

function notSet(): never {
  throw new Error('The public classes are not loaded.');
}

export const upcalls: Upcalls = {
  raiseCompleted: notSet,
  wrapSocket: notSet,
  coreOf: notSet,
  isSocket: notSet,
  partOf: notSet,
};
