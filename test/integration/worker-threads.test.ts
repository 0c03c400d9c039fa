// The addon in several threads of one process, and threads that end in the middle of things. In
// processes of their own, so that a crash is a failed test.

import { succeedFixture } from '../support/child.js';
import { canCountDescriptors } from '../support/descriptors.js';
import { skipUnless } from '../support/skip.js';

test('eight workers and the main thread transfer at once', async () => {
  await succeedFixture('workers', ['together']);
});

test('the process ends while workers have operations in flight', async () => {
  await succeedFixture('workers', ['exitAroundWorkers']);
});

const testDescriptors = skipUnless(canCountDescriptors, 'the system does not count descriptors');

const endings: [string, string][] = [
  ['terminateEverything', 'terminating a worker with every operation in flight'],
  ['terminateAnytime', 'terminating workers at any moment of their lives'],
  ['terminateBusy', 'terminating a worker that exchanges messages'],
  ['terminateStuck', 'terminating a worker whose handler never returns'],
  ['terminatePackets', 'terminating a worker that sends files'],
  ['exitInHandler', 'process.exit() in a handler of a worker'],
  ['throwing', 'an uncaught exception in a handler of a worker'],
  ['idle', 'a worker that ends with open sockets'],
];

// A hundred threads, one after another: seconds on a quiet machine, and far more on one with other
// work to do, or under a sanitizer.
const deadlineMs = 150_000;

for (const [scenario, what] of endings) {
  testDescriptors(
    `${what} closes its sockets, and harms nobody`,
    async () => {
      await succeedFixture('workers', [scenario], { ms: deadlineMs });
    },
    deadlineMs + 10_000,
  );
}
