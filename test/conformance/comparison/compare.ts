// Two traces of one scenario, side by side.

import { explanations } from './differences.js';
import type { Entry, Scenario, Step, Trace } from './scenario.js';

/** One thing that .NET and ours say differently. */
export interface Difference {
  readonly scenario: Scenario;
  readonly index: number;
  /** The step after which it shows. */
  readonly step: Step;
  /** "object.property"; empty for what the step itself gave. */
  readonly key: string;
  /** What each says; `undefined` if it says nothing: the property has not changed. */
  readonly theirs: string | undefined;
  readonly ours: string | undefined;
}

/** A named reason for differences. */
export interface Explanation {
  readonly name: string;
  readonly reason: string;
  /** Everything after it differs too. */
  readonly isFork?: boolean;
  explains(difference: Difference): boolean;
}

export interface Verdict {
  readonly scenario: Scenario;
  readonly unexplained: readonly Difference[];
  /** The names of the explanations that were needed. */
  readonly explainedBy: ReadonlySet<string>;
}

const outcomeOf = (entry: Entry | undefined): string | undefined =>
  typeof entry === 'string' ? entry : entry?.[0];

const changesOf = (entry: Entry | undefined): Record<string, string> =>
  typeof entry === 'string' || entry === undefined ? {} : entry[1];

/** All differences, in the order of the steps. */
export function differencesBetween(scenario: Scenario, theirs: Trace, ours: Trace): Difference[] {
  const found: Difference[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const [their, our] = [theirs.trace.at(index), ours.trace.at(index)];
    const note = (key: string, a: string | undefined, b: string | undefined): void => {
      if (a !== b) found.push({ scenario, index, step, key, theirs: a, ours: b });
    };
    note('', outcomeOf(their), outcomeOf(our));
    const [theirChanges, ourChanges] = [changesOf(their), changesOf(our)];
    for (const key of new Set([...Object.keys(theirChanges), ...Object.keys(ourChanges)])) {
      note(key, theirChanges[key], ourChanges[key]);
    }
  }
  return found;
}

/** Which differences are explained. */
export function judge(scenario: Scenario, theirs: Trace, ours: Trace): Verdict {
  const unexplained: Difference[] = [];
  const explainedBy = new Set<string>();
  for (const difference of differencesBetween(scenario, theirs, ours)) {
    const explanation = explanations.find(each => each.explains(difference));
    if (explanation === undefined) {
      unexplained.push(difference);
      continue;
    }
    explainedBy.add(explanation.name);
    if (explanation.isFork === true) break;
  }
  return { scenario, unexplained, explainedBy };
}

export function describe({ step, index, key, theirs, ours }: Difference): string {
  const what = key === '' ? 'outcome' : key;
  return `  step ${index} ${JSON.stringify(step)}\n    ${what}: .NET ${theirs}, ours ${ours}`;
}
