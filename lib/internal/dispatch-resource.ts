// The resource that handlers without an async context run in, and how it is kept clean.
//
// Up to Node 22, AsyncLocalStorage keeps its values as properties of the current resource, and
// enterWith() writes them there. All dispatches have one and the same resource, as a new one for each
// would be an allocation per turn; so what a handler leaves on it must be gone before the next.

const properties: Record<PropertyKey, unknown> = {};
let hasProperties = false;

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

/** Forgets what the last handler has left. */
export function cleanDispatchResource(): void {
  if (!hasProperties) return;
  hasProperties = false;
  for (const name of Reflect.ownKeys(properties)) Reflect.deleteProperty(properties, name);
}
