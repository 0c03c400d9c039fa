// Hashes by identity, given out on demand and kept outside of the objects, so that objects of which
// there may be very many do not carry a field for it.

const hashes = new WeakMap<object, number>();
let last = 0;

/** A 32-bit integer that belongs to this object. */
export function identityHash(object: object): number {
  let hash = hashes.get(object);
  if (hash === undefined) {
    last = (last + 1) | 0;
    hash = last;
    hashes.set(object, hash);
  }
  return hash;
}
