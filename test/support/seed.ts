// Random tests that can be repeated: every one is driven by a seed, which is in the message when it
// fails. SAEA_SEED=123 runs them all with that seed.

// Looked up once: in jest's sandbox each look at a global is slow.
const { floor, imul } = Math;

/** Numbers that look random and follow from a seed (mulberry32). */
export class Random {
  readonly #state: Int32Array;

  constructor(seed: number) {
    this.#state = Int32Array.of(seed);
  }

  /** 32 bits. */
  bits(): number {
    const a = (this.#state[0] + 0x6d2b79f5) | 0;
    this.#state[0] = a;
    const b = imul(a ^ (a >>> 15), 1 | a);
    const c = (b + imul(b ^ (b >>> 7), 61 | b)) ^ b;
    return c ^ (c >>> 14);
  }

  /** 0 ≤ x < 1. */
  next(): number {
    return (this.bits() >>> 0) / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + floor(this.next() * (max - min + 1));
  }

  /** True so often out of a hundred times. */
  percent(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)];
  }

  bytes(length: number): Buffer {
    const words = Int32Array.from({ length: Math.ceil(length / 4) }, () => this.bits());
    return Buffer.from(words.buffer, 0, length);
  }
}

function chooseSeed(): number {
  const given = Number(process.env['SAEA_SEED']);
  return Number.isInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 0x7ffffffe);
}

/** Runs a test with a seed; if it fails the seed is printed. */
export async function withSeed(body: (random: Random) => Promise<void>): Promise<void> {
  const seed = chooseSeed();
  try {
    await body(new Random(seed));
  } catch (error) {
    throw new Error(`Failed with SAEA_SEED=${seed}`, { cause: error });
  }
}
