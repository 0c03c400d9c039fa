// The 32-bit hashes behind getHashCode(). Their values carry no meaning and may change with any
// release; only "equal objects have equal hashes" is promised.

/**
 * Mixes one more 32-bit integer into a hash.
 *
 * @internal
 */
export function mixHash(hash: number, value: number): number {
  // The golden ratio in 32 bits spreads small differences over the whole word.
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/**
 * Hashes a text by its UTF-16 code units.
 *
 * @internal
 */
export function hashText(text: string): number {
  let hash = text.length;
  for (let index = 0; index < text.length; index++) hash = mixHash(hash, text.charCodeAt(index));
  return hash;
}

/**
 * Hashes bytes.
 *
 * @internal
 */
export function hashBytes(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (const byte of bytes) hash = mixHash(hash, byte);
  return hash;
}
