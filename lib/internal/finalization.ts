// What the garbage collector finds forgotten: sockets that were not closed, and event args that were
// not disposed. A safety net, not a way of life: when it runs, and whether, is the engine's affair.

import type { SocketAsyncEventArgs } from '../socket-async-event-args.js';
import type { Socket } from '../socket.js';
import type { Slot } from './binding.js';
import { releaseSlot } from './slots.js';
import type { SocketCore } from './socket-core.js';

const sockets = new FinalizationRegistry<SocketCore>(core => {
  core.close(false);
});

const slots = new FinalizationRegistry<Slot>(releaseSlot);

export function watchSocket(socket: Socket, core: SocketCore): void {
  sockets.register(socket, core, core);
}

export function forgetSocket(core: SocketCore): void {
  sockets.unregister(core);
}

/** `token` unregisters; it must not be the object itself, nor keep it alive. */
export function watchArgs(args: SocketAsyncEventArgs, slot: Slot, token: object): void {
  slots.register(args, slot, token);
}

export function forgetArgs(token: object): void {
  slots.unregister(token);
}
