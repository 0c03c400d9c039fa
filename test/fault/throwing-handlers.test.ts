// What a handler throws is an uncaught exception of the process, with the handler's own stack; and if
// the process survives it, nobody else's event is lost.

import { runFixture, succeedFixture } from '../support/child.js';

async function linesOf(scenario: string): Promise<string[]> {
  return (await succeedFixture('throwing', [scenario])).trimEnd().split('\n');
}

test('an exception that nobody catches ends the process, and names the handler', async () => {
  const { code, stdout, stderr } = await runFixture('throwing', ['uncaught']);
  expect(code).toBe(1);
  expect(stdout).toBe('event 0\n');
  expect(stderr).toContain('Error: thrown by 0');
  expect(stderr).toContain('at throwingHandler');
});

test('after an exception that is caught the rest of the batch gets its events', async () => {
  expect(await linesOf('caught')).toEqual([
    'event 0',
    'caught thrown by 0 uncaughtException',
    'event 1',
    'event 2',
    'caught thrown by 2 uncaughtException',
    'event 3',
    'event 4',
    'caught thrown by 4 uncaughtException',
    'still works',
  ]);
});

test('an exception has the stack of its handler', async () => {
  expect(await linesOf('stack')).toEqual([
    'topmost is the handler true',
    'below is the dispatch true',
  ]);
});

test('anything that can be thrown arrives as it is', async () => {
  expect(await linesOf('odd')).toEqual([
    'caught undefined uncaughtException',
    'caught null uncaughtException',
    'caught text uncaughtException',
    'caught 7 uncaughtException',
    'end',
  ]);
});

test('a handler that throws ends the event: the handlers after it are not called', async () => {
  expect(await linesOf('several')).toEqual(['first', 'caught thrown by 1 uncaughtException']);
});

test('a handler may start the next operation, or close its socket, and then throw', async () => {
  expect(await linesOf('again')).toEqual([
    'round 1 true',
    'caught thrown by 1 uncaughtException',
    'round 2 true',
    'caught thrown by 2 uncaughtException',
    'round 3 true',
    'caught thrown by 3 uncaughtException',
    // The receive of the third round is aborted with its socket, and its handler finds that closed.
    expect.stringContaining('caught'),
  ]);
});

test('an exception leaves no async context behind', async () => {
  expect(await linesOf('context')).toEqual(['a a', 'b b', 'c c', 'outside undefined']);
});

test('ticks and microtasks of handlers that throw are run', async () => {
  const lines = await linesOf('ticks');
  expect(lines.filter(line => line.startsWith('caught'))).toHaveLength(2);
  expect(lines.filter(line => /^(tick|microtask)/.test(line)).sort()).toEqual([
    'microtask 0',
    'microtask 1',
    'tick 0',
    'tick 1',
  ]);
});

test('an overridden onCompleted that throws is treated as a handler that throws', async () => {
  expect(await linesOf('overridden')).toEqual(['caught thrown by 0 uncaughtException']);
});

test('an async handler that fails is an unhandled rejection, which ends the process', async () => {
  const { code, stdout, stderr } = await runFixture('throwing', ['rejected']);
  expect(code).toBe(1);
  expect(stdout).toContain('event 0');
  expect(stderr).toContain('Error: rejected by 0');
});

test('after unhandled rejections that are caught all goes on', async () => {
  expect(await linesOf('rejectedCaught')).toEqual([
    'event 0',
    'event 1',
    'caught rejected by 0',
    'caught rejected by 1',
    'end',
  ]);
});

test('an exception in the handler of uncaught exceptions ends the process with code 7', async () => {
  const { code, stdout, stderr } = await runFixture('throwing', ['thrownAgain']);
  expect(code).toBe(7);
  expect(stdout).toBe('event 0\n');
  expect(stderr).toContain('thrown by the last resort');
});
