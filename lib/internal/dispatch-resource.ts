// The resource that handlers without an async context run in, and how it is kept clean: what one
// handler enters with enterWith() must be gone before the next.
//
// From Node 24 on a context is a frame that stays current until native's callback returns, for all
// the handlers of a turn. Those after the first are therefore called from within an empty frame.
//
// Up to Node 22, AsyncLocalStorage keeps its values as properties of the current resource, and
// enterWith() writes them there. All dispatches have one and the same resource, as a new one for each
// would be an allocation per turn; so what a handler leaves on it must be gone before the next.

import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

const properties: Record<PropertyKey, unknown> = {};
let hasProperties = false;

// Asked of the class, as trying it out would leave Node's promise hooks switched on for the whole
// process: a storage that writes to resources knows the name of its property there.
const contextsAreFrames = !Object.hasOwn(new AsyncLocalStorage(), 'kResourceStore');

let emptyFrame: AsyncResource | null = null;

// Made when the package loads: outside of any context, unless it is loaded within one.
const outside = new AsyncResource('SocketAsyncEventArgs');

/** To be called first in a turn, when nothing has entered a context yet. */
export function beginTurn(): void {
  if (contextsAreFrames) emptyFrame ??= new AsyncResource('SocketAsyncEventArgs');
}

/** Calls what follows in a turn, without the context that something before it has left. */
export function runClean<T>(step: (value: T) => void, value: T): void {
  if (emptyFrame === null) step(value);
  else emptyFrame.runInAsyncScope(step, undefined, value);
}

/** Calls, outside of any context, what native does not call. Nothing that it enters is there later. */
export function runOutside<T>(step: (value: T) => void, value: T): void {
  outside.runInAsyncScope(() => {
    new AsyncResource('SocketAsyncEventArgs').runInAsyncScope(step, undefined, value);
  });
}

/** To be the receiver of every dispatch. */
export const dispatchResource: object = new Proxy(properties, {
  set(target, name, value) {
    hasProperties = true;
    target[name] = value;
    return true;
  },
  defineProperty(target, name, descriptor) {
    hasProperties = true;
    return Reflect.defineProperty(target, name, descriptor);
  },
});

/** Forgets what the last handler has left on the resource. */
export function cleanDispatchResource(): void {
  if (!hasProperties) return;
  hasProperties = false;
  for (const name of Reflect.ownKeys(properties)) Reflect.deleteProperty(properties, name);
}
