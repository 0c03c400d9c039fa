// The handlers of the `completed` event. Node's EventEmitter allocates an array of arguments for
// every emit; this allocates when handlers are added or removed, and never when the event is raised.

import type { SocketAsyncEventArgs } from '../socket-async-event-args.js';
import type { Socket } from '../socket.js';

/**
 * Handles the end of an operation.
 *
 * @param sender The socket that the operation ran on; `null` if a connect by name found none.
 * @param e The event args, with the results.
 */
export type CompletedHandler = (sender: Socket | null, e: SocketAsyncEventArgs) => void;

/**
 * Handlers in the order in which they were added. A list is replaced and never changed, so handlers
 * may add and remove while the event is being raised.
 */
export type CompletedHandlers = CompletedHandler | readonly CompletedHandler[] | null;

/** A handler that runs once; `listener` is the user's own, by which it can be removed. */
interface OnceHandler extends CompletedHandler {
  readonly listener: CompletedHandler;
}

function isFor(registered: CompletedHandler, handler: CompletedHandler): boolean {
  return registered === handler || (registered as Partial<OnceHandler>).listener === handler;
}

export function listHandlers(handlers: CompletedHandlers): readonly CompletedHandler[] {
  if (handlers === null) return [];
  return typeof handlers === 'function' ? [handlers] : handlers;
}

export function withHandler(
  handlers: CompletedHandlers,
  handler: CompletedHandler,
): CompletedHandlers {
  return handlers === null ? handler : [...listHandlers(handlers), handler];
}

/** Without the newest registration of a handler. */
export function withoutHandler(
  handlers: CompletedHandlers,
  handler: CompletedHandler,
): CompletedHandlers {
  const list = listHandlers(handlers);
  const index = list.findLastIndex(registered => isFor(registered, handler));
  if (index < 0) return handlers;
  const rest = list.filter((_, i) => i !== index);
  return rest.length > 1 ? rest : (rest[0] ?? null);
}

/** A handler that removes itself before it calls the user's. */
export function onceHandler(
  listener: CompletedHandler,
  remove: (handler: CompletedHandler) => void,
): CompletedHandler {
  const handler = (sender: Socket | null, e: SocketAsyncEventArgs): void => {
    remove(handler);
    listener(sender, e);
  };
  return Object.assign(handler, { listener });
}

export function callHandlers(
  handlers: CompletedHandlers,
  sender: Socket | null,
  e: SocketAsyncEventArgs,
): void {
  if (handlers === null) return;
  if (typeof handlers === 'function') {
    handlers(sender, e);
    return;
  }
  for (let i = 0; i < handlers.length; i++) (handlers[i] as CompletedHandler)(sender, e);
}
