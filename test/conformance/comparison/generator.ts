// Random scenarios from a seed. A scenario may do anything whose trace does not depend on timing:
// so the generator keeps a small model of the connection (stream-model.ts) and knows which
// operations an action completes.

import { Random } from '../../support/seed.js';
import { randomArguments } from './generators/arguments.js';
import { randomDatagrams } from './generators/datagrams.js';
import { randomLives } from './generators/lives.js';
import { randomStream } from './generators/stream.js';
import type { Scenario } from './scenario.js';

const kinds = [
  ['stream', randomStream],
  ['stream', randomStream],
  ['datagrams', randomDatagrams],
  ['lives', randomLives],
  ['arguments', randomArguments],
] as const;

/** The scenarios of a seed: always the same. */
export function generate(seed: number, count: number): Scenario[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => {
    const [kind, make] = random.pick(kinds);
    return { name: `${kind} ${seed}/${index}`, steps: make(random) };
  });
}
