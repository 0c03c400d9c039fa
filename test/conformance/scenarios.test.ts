// The scenarios that are written by hand, compared with what .NET answered when it was recorded:
// `npm run conformance` asks .NET itself, where there is one.

import { Socket } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { skipUnless } from '../support/skip.js';
import { describe as text, judge } from './comparison/compare.js';
import { run } from './comparison/interpreter.js';
import { readRecorded } from './comparison/recorded.js';
import type { Scenario } from './comparison/scenario.js';
import { scenarios } from './scenarios/index.js';

const recorded = readRecorded();

const usesIPv6 = (scenario: Scenario): boolean => /::|V6/.test(JSON.stringify(scenario.steps));

/** What a system without IPv6 cannot show. */
const canIPv6 = ((): boolean => {
  try {
    new Socket(23, 1, 6).dispose();
    return true;
  } catch {
    return false;
  }
})();

for (const scenario of scenarios) {
  const runs = skipUnless(canIPv6 || !usesIPv6(scenario), 'this system has no IPv6');
  runs(scenario.name, async () => {
    const theirs = recorded.get(scenario.name);
    if (theirs === undefined) throw new Error('Not recorded: run npm run conformance -- --record.');
    const { unexplained } = judge(scenario, theirs, await run(scenario));
    expect(unexplained.map(text).join('\n')).toBe('');
  });
}

test('every recorded trace is that of a scenario', () => {
  expect([...recorded.keys()].sort()).toEqual(scenarios.map(({ name }) => name).sort());
});
