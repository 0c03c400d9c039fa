// The `completed` event. Node's own emitter allocates an array of arguments for every emit; this one
// allocates when handlers are added or removed, and never when the event is raised. It has all the
// methods of Node's, so that `events.once(e, 'completed')` and `events.on` work with it.

import type { SocketAsyncEventArgs } from '../socket-async-event-args.js';
import type { Socket } from '../socket.js';
import { requireFunction, wrongType } from './validate.js';

/**
 * Handles the end of an operation.
 *
 * @param sender The socket that the operation ran on; `null` if a static connect has failed.
 * @param e The event args, with the results.
 */
export type CompletedHandler = (sender: Socket | null, e: SocketAsyncEventArgs) => void;

/** A handler that runs once; `listener` is the user's own, by which it can be removed. */
interface OnceHandler extends CompletedHandler {
  readonly listener: CompletedHandler;
}

const noHandlers: readonly CompletedHandler[] = [];

function isFor(registered: CompletedHandler, handler: CompletedHandler): boolean {
  return registered === handler || (registered as Partial<OnceHandler>).listener === handler;
}

/**
 * Whether a name is that of the event. `events.once()` listens for 'error' too, which never comes:
 * failures are results here.
 */
function isCompleted(eventName: string | symbol): boolean {
  if (eventName === 'completed') return true;
  if (eventName === 'error') return false;
  throw wrongType(eventName, 'eventName', "'completed'");
}

/** An emitter of one event, `completed`, whose handlers are called in the order of their adding. */
export abstract class CompletedEmitter {
  // Replaced and never changed, so that handlers may add and remove while the event is raised.
  // concat() makes arrays of just the length; one that grows keeps room for 17 handlers.
  #handlers: readonly CompletedHandler[] = noHandlers;

  /**
   * Adds a handler of the `completed` event. Handlers are called in the order in which they were
   * added, with the socket and the event args.
   *
   * @throws {ArgumentException} "eventName" if there is no such event; "handler" if it is no
   *   function.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.completed
   */
  on(eventName: 'completed', handler: CompletedHandler): this {
    requireFunction(handler, 'handler');
    if (isCompleted(eventName)) this.#handlers = this.#handlers.concat(handler);
    return this;
  }

  /** As `on`, for the next time only. */
  once(eventName: 'completed', handler: CompletedHandler): this {
    return this.on(eventName, onceHandler(this, handler));
  }

  /** Removes a handler of the `completed` event; the newest, if it was added several times. */
  off(eventName: 'completed', handler: CompletedHandler): this {
    requireFunction(handler, 'handler');
    if (!isCompleted(eventName)) return this;
    const index = this.#handlers.findLastIndex(registered => isFor(registered, handler));
    if (index >= 0) this.#handlers = this.#handlers.filter((_, i) => i !== index);
    return this;
  }

  /** The same as `on`. */
  addListener(eventName: 'completed', handler: CompletedHandler): this {
    return this.on(eventName, handler);
  }

  /** The same as `off`. */
  removeListener(eventName: 'completed', handler: CompletedHandler): this {
    return this.off(eventName, handler);
  }

  /** As `on`, but before all others. */
  prependListener(eventName: 'completed', handler: CompletedHandler): this {
    requireFunction(handler, 'handler');
    if (isCompleted(eventName)) this.#handlers = [handler].concat(this.#handlers);
    return this;
  }

  /** As `once`, but before all others. */
  prependOnceListener(eventName: 'completed', handler: CompletedHandler): this {
    return this.prependListener(eventName, onceHandler(this, handler));
  }

  /** Removes all handlers. */
  removeAllListeners(eventName: 'completed' = 'completed'): this {
    if (isCompleted(eventName)) this.#handlers = noHandlers;
    return this;
  }

  /** The handlers, as they were given. */
  listeners(eventName: 'completed'): CompletedHandler[] {
    return this.rawListeners(eventName).map(
      handler => (handler as Partial<OnceHandler>).listener ?? handler,
    );
  }

  /** The handlers, those of `once` in their wrappers. */
  rawListeners(eventName: 'completed'): CompletedHandler[] {
    return isCompleted(eventName) ? [...this.#handlers] : [];
  }

  /** How many handlers the event has; or how often it has this one. */
  listenerCount(eventName: 'completed', handler?: CompletedHandler): number {
    const handlers = this.listeners(eventName);
    return handler === undefined
      ? handlers.length
      : handlers.filter(each => each === handler).length;
  }

  /** The names of the events that have handlers. */
  eventNames(): 'completed'[] {
    return this.#handlers.length === 0 ? [] : ['completed'];
  }

  /**
   * Calls the handlers by hand.
   *
   * @returns Whether there were any.
   */
  emit(eventName: 'completed', sender: Socket | null, e: SocketAsyncEventArgs): boolean {
    const handlers = isCompleted(eventName) ? this.#handlers : noHandlers;
    // Called as methods of the emitter, as Node does; and never of the list, which is nobody's to see.
    for (let i = 0; i < handlers.length; i++) handlers[i].call(this, sender, e);
    return handlers.length > 0;
  }

  /** Node warns of leaks beyond a number of handlers; here there is no such number. */
  getMaxListeners(): number {
    return 0;
  }

  /** Has no effect; see `getMaxListeners`. */
  setMaxListeners(n: number): this;
  setMaxListeners(): this {
    return this;
  }
}

function onceHandler(emitter: CompletedEmitter, listener: CompletedHandler): CompletedHandler {
  requireFunction(listener, 'handler');
  const handler = (sender: Socket | null, e: SocketAsyncEventArgs): void => {
    emitter.off('completed', handler);
    listener.call(emitter, sender, e);
  };
  return Object.assign(handler, { listener });
}
