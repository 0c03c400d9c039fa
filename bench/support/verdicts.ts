// What the figures say about us: goals kept and missed, and who is better at what.

import type { Goal } from '../workloads/workload.js';
import { heapPerOperation } from './report.js';
import type { SavedResult } from './results.js';
import { formatNumber } from './table.js';

export interface Verdict {
  readonly workload: string;
  readonly goal: string;
  /** null: the other one, or ours, was not measured. */
  readonly measured: number | null;
  readonly isKept: boolean;
}

export interface Loss {
  readonly workload: string;
  readonly figure: string;
  readonly ours: string;
  readonly peer: string;
  /** Ours divided by the peer's, median over the rounds: above 1. */
  readonly ratio: number;
}

export function judgeGoals(saved: SavedResult): readonly Verdict[] {
  const { workload } = saved.result;
  const [{ title }] = workload.figures;
  return workload.goals.map(goal => {
    const measured = measuredFor(saved, goal);
    return {
      workload: workload.title,
      goal: describeGoal(goal, title),
      measured,
      isKept: measured !== null && measured <= goal.atMost,
    };
  });
}

/** Every peer, and every floor, whose main figure is below ours. */
export function findLosses({ result }: SavedResult): readonly Loss[] {
  const { workload, servers, comparisons } = result;
  const [{ title }] = workload.figures;
  const ours = comparisons.find(({ name }) => name === workload.judged);
  if (ours === undefined) return [];
  return servers
    .filter(server => !server.isOurs)
    .flatMap(({ name }) => {
      const ratio = ours.ratios[name]?.median ?? NaN;
      const loss = { workload: workload.title, figure: title, ours: ours.name, peer: name, ratio };
      return ratio > 1 ? [loss] : [];
    })
    .sort((a, b) => b.ratio - a.ratio);
}

function measuredFor({ result }: SavedResult, goal: Goal): number | null {
  const { workload, servers, comparisons } = result;
  const server = servers.find(({ name }) => name === workload.judged);
  if (server === undefined) return null;
  if (goal.isCollection === true) {
    const heap = heapPerOperation(server);
    return heap === null ? null : heap.gcMsPerMillion;
  }
  const comparison = comparisons.find(({ name }) => name === workload.judged);
  if (comparison === undefined) return null;
  if (goal.than === null) return comparison.main.median;
  return comparison.ratios[goal.than]?.median ?? null;
}

function describeGoal({ than, atMost, isCollection }: Goal, figure: string): string {
  if (isCollection === true) return `collections: at most ${atMost} ms per million operations`;
  if (than === null) return `${figure}: at most ${formatNumber(atMost)}`;
  return `${figure}: at most ${formatNumber(atMost)} × ${than}`;
}
