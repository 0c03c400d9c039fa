// The results of a run as they are kept: every round as the load printed it, and the summaries that
// the table shows. Charts are to be made from this file alone.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HeapFigures } from './measure.js';
import type { LoadReport } from './load-report.js';
import type { Commit, Machine, Pinning } from './machine.js';
import { summarize, type Summary } from './statistics.js';
import { baselineNames } from './servers.js';
import type { Workload } from './workloads.js';

/** Raised when a reader of older files would misread newer ones. */
export const resultsVersion = 1;

export interface ServerResult {
  readonly name: string;
  /** One entry per round, in order: the same index in another server is the same round. */
  readonly rounds: readonly LoadReport[];
  readonly heap: HeapFigures | null;
}

export interface WorkloadResult {
  readonly workload: Omit<Workload, 'mainFigure'> & { readonly mainFigure: string };
  readonly servers: readonly ServerResult[];
  readonly comparisons: readonly Comparison[];
}

/** A server's main figure, and its ratio to each baseline: median of the ratios round by round. */
export interface Comparison {
  readonly name: string;
  readonly main: Summary;
  readonly ratios: Readonly<Record<string, Summary>>;
}

/** A server that was to be measured and was not (any more), and why. */
export interface Gap {
  readonly server: string;
  readonly workload: string;
  readonly reason: string;
  /** Absent from this machine, rather than failed in the measurement. */
  readonly isMissing: boolean;
}

export interface Results {
  readonly version: typeof resultsVersion;
  readonly date: string;
  readonly commit: Commit;
  readonly command: string;
  readonly machine: Machine;
  readonly pinning: Pinning;
  readonly loadAverage: { readonly before: number; readonly after: number };
  readonly roundCount: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly servers: readonly {
    readonly name: string;
    readonly title: string;
    readonly version: string;
  }[];
  readonly notes: readonly string[];
  readonly gaps: readonly Gap[];
  readonly workloads: readonly WorkloadResult[];
}

export function compareServers(
  workload: Workload,
  servers: readonly ServerResult[],
): readonly Comparison[] {
  const figures = new Map(
    servers.map(server => [server.name, server.rounds.map(workload.mainFigure.of)] as const),
  );
  return servers.flatMap(({ name }) => {
    const own = figures.get(name) ?? [];
    const main = summarize(own);
    if (main === null) return [];
    const ratios: Record<string, Summary> = {};
    for (const baseline of baselineNames) {
      const base = figures.get(baseline);
      // Both ran in the same round, seconds apart: what else the machine did cancels out.
      const pairs = base === undefined ? [] : own.slice(0, base.length);
      const ratio = summarize(pairs.map((figure, round) => figure / (base?.[round] ?? NaN)));
      if (ratio !== null) ratios[baseline] = ratio;
    }
    return [{ name, main, ratios }];
  });
}

/** Writes the results under a name that is not taken yet, and returns its path. */
export function saveResults(root: string, results: Results): string {
  const folder = path.join(root, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const stem = `${results.date.slice(0, 'YYYY-MM-DD'.length)}-${results.commit.id}`;
  let file = path.join(folder, `${stem}.json`);
  for (let number = 2; existsSync(file); number++) {
    file = path.join(folder, `${stem}-${number}.json`);
  }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
