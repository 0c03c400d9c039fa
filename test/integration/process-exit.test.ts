// How a process ends that has sockets open and operations in flight; and what keeps it from ending.
// (Handlers that throw: test/fault/throwing-handlers.test.ts.)

import { runFixture } from '../support/child.js';

test.each([
  ['exitWithEverything', 'process.exit() with everything in flight ends it', 4, 'exit 4\n'],
  [
    'exitInHandler',
    'process.exit() in a handler ends it before the next event',
    3,
    'event\nexit 3\n',
  ],
  ['exitInUncaught', 'process.exit() in the handler of uncaught exceptions ends it', 6, ''],
  ['exitCode', 'an exit code set in a handler is the exit code', 5, 'exit 5\n'],
  ['idleSockets', 'open sockets without operations let it end', 0, 'exit 0\n'],
  ['waiting', 'an operation that waits keeps it', 0, 'completed\nexit 0\n'],
  ['waitingUnreferenced', 'operations on unreferenced sockets let it end', 0, 'exit 0\n'],
  ['referencedAgain', 'a socket referenced again keeps it', 0, 'completed\nexit 0\n'],
  ['closedUnreferenced', 'an abortion is told before it ends', 0, 'aborted\nexit 0\n'],
  ['beforeExit', 'an operation started in beforeExit is completed', 0, 'once more\nexit 0\n'],
  ['activeInExit', 'starting and closing in exit does no harm', 0, 'true true\nfalse\n'],
  ['lingering', 'a close with a timeout keeps it for that long', 0, 'true\n'],
])('%s: %s', async (scenario, _what, code, stdout) => {
  const ended = await runFixture('ending', [scenario]);
  expect(ended).toEqual({ code, signal: null, stdout, stderr: '' });
});

test('thrownAtTop: an exception with everything in flight ends it', async () => {
  const { code, stderr } = await runFixture('ending', ['thrownAtTop']);
  expect(code).toBe(1);
  expect(stderr).toContain('Error: at the top');
});
