// The least part of a scenario that still shows a difference.

import { judge, type Verdict } from './compare.js';
import type { Dotnet } from './dotnet.js';
import { run } from './interpreter.js';
import type { Scenario, Step } from './scenario.js';

/** Performs a scenario on both sides. */
export async function compare(dotnet: Dotnet, scenario: Scenario): Promise<Verdict> {
  const theirs = dotnet.run(scenario);
  const ours = await run(scenario);
  return judge(scenario, await theirs, ours);
}

/** What is left out makes waits that end in vain; they shall not take long. */
const shortMs = 200;

/** Leaves out steps as long as the two still differ. */
export async function shrink(dotnet: Dotnet, verdict: Verdict): Promise<Verdict> {
  let best = verdict;
  const keys = new Set(verdict.unexplained.map(({ key }) => key));
  for (let size = best.scenario.steps.length >> 1; size >= 1; size >>= 1) {
    for (let at = best.scenario.steps.length - size; at >= 0; at -= size) {
      const steps: readonly Step[] = best.scenario.steps;
      const without = { ...best.scenario, steps: steps.toSpliced(at, size), deadlineMs: shortMs };
      const next = await compare(dotnet, without);
      // A wait that came too late is what leaving out makes, and no finding.
      const isWorth = next.unexplained.some(
        ({ key, theirs, ours }) => keys.has(key) && theirs !== 'late' && ours !== 'late',
      );
      if (isWorth) best = next;
    }
  }
  return best;
}
