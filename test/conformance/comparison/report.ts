// Performs many scenarios on both sides and counts: agreed, explained, differing.

import { describe, judge, type Verdict } from './compare.js';
import type { Dotnet } from './dotnet.js';
import { run } from './interpreter.js';
import type { Scenario } from './scenario.js';
import { compare, shrink } from './shrink.js';

export interface Figures {
  agreed: number;
  explained: number;
  differing: number;
  /** How many scenarios needed each explanation. */
  readonly byName: Map<string, number>;
}

export const noFigures = (): Figures => ({
  agreed: 0,
  explained: 0,
  differing: 0,
  byName: new Map(),
});

/** How many scenarios are on their way to .NET at once. */
const window = 16;

/** How many findings are shrunk and shown. */
const mostShown = 10;

/** Performs scenarios and adds to the figures; differences are shrunk and printed. */
export async function compareAll(
  dotnet: Dotnet,
  scenarios: readonly Scenario[],
  figures: Figures,
): Promise<void> {
  const suspects: Verdict[] = [];
  for (let at = 0; at < scenarios.length; at += window) {
    const part = scenarios.slice(at, at + window);
    for (const verdict of await compareInTurn(dotnet, part)) {
      if (verdict.unexplained.length > 0) suspects.push(verdict);
      else count(figures, verdict);
    }
  }
  for (const suspect of suspects) {
    // What does not come again was a matter of time.
    const again = await compare(dotnet, suspect.scenario);
    if (again.unexplained.length === 0) {
      console.log(`once only: ${suspect.scenario.name}`);
      console.log(suspect.unexplained.map(describe).join('\n'));
      count(figures, again);
      continue;
    }
    figures.differing++;
    if (figures.differing <= mostShown) await show(dotnet, again);
  }
}

async function compareInTurn(dotnet: Dotnet, part: readonly Scenario[]): Promise<Verdict[]> {
  const theirs = part.map(scenario => dotnet.run(scenario));
  const verdicts: Verdict[] = [];
  for (const [index, scenario] of part.entries()) {
    const ours = await run(scenario);
    verdicts.push(judge(scenario, await theirs[index], ours));
  }
  return verdicts;
}

function count(figures: Figures, { explainedBy }: Verdict): void {
  if (explainedBy.size === 0) figures.agreed++;
  else figures.explained++;
  for (const name of explainedBy) figures.byName.set(name, (figures.byName.get(name) ?? 0) + 1);
}

async function show(dotnet: Dotnet, verdict: Verdict): Promise<void> {
  const isRandom = /^\w+ \d+\/\d+$/.test(verdict.scenario.name);
  const least = isRandom ? await shrink(dotnet, verdict) : verdict;
  console.log(`DIFFERS: ${least.scenario.name}`);
  if (isRandom) for (const step of least.scenario.steps) console.log(`  ${JSON.stringify(step)}`);
  console.log(least.unexplained.map(describe).join('\n'));
}

export function print(title: string, figures: Figures): void {
  const { agreed, explained, differing, byName } = figures;
  const total = agreed + explained + differing;
  console.log(
    `${title}: ${total} scenarios, ${agreed} agreed, ${explained} explained, ${differing} differ`,
  );
  for (const [name, times] of byName) console.log(`  ${String(times).padStart(6)}  ${name}`);
}
