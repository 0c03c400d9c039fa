// The results of a run as they are kept, one file per workload: every round, and the summaries that
// the table shows. The performance page is made from these files alone.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { baselineNames, type Workload } from '../workloads/workload.js';
import type { Round } from './figures.js';
import type { Commit, Machine, Pinning } from './machine.js';
import type { CallFigures } from './measure-calls.js';
import type { HeapFigures } from './measure-heap.js';
import { summarize, type Summary } from './statistics.js';

/** Raised when a reader of older files would misread newer ones. */
export const resultsVersion = 2;

export interface ServerResult {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly isOurs: boolean;
  /** What the load asked for, in workloads by the clock. */
  readonly ratePerSecond: number | null;
  /** One entry per round, in order: the same index in another server is the same round. */
  readonly rounds: readonly Round[];
  readonly heap: HeapFigures | null;
  readonly calls: CallFigures | null;
}

export interface WorkloadResult {
  readonly workload: Workload;
  readonly servers: readonly ServerResult[];
  readonly comparisons: readonly Comparison[];
  readonly gaps: readonly Gap[];
}

/** A server's main figure, and its ratio to every other: median of the ratios round by round. */
export interface Comparison {
  readonly name: string;
  readonly main: Summary;
  /** By the other's name; none for servers that were not measured. */
  readonly ratios: Readonly<Record<string, Summary | undefined>>;
}

/** A server that was to be measured and was not (any more), and why. */
export interface Gap {
  readonly server: string;
  readonly workload: string;
  readonly reason: string;
  /** Absent from this machine, rather than failed in the measurement. */
  readonly isMissing: boolean;
}

/** Where and how a run was made. */
export interface RunHead {
  readonly version: typeof resultsVersion;
  readonly date: string;
  readonly commit: Commit;
  readonly command: string;
  readonly machine: Machine;
  readonly pinning: Pinning;
  readonly loadAverage: number;
  readonly roundCount: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly notes: readonly string[];
}

/** What one file holds. */
export interface SavedResult extends RunHead {
  readonly result: WorkloadResult;
}

/** The summary of one figure of a server over its rounds. */
export function summaryOf(server: ServerResult, key: string): Summary | null {
  return summarize(server.rounds.flatMap(round => round[key] ?? []));
}

export function compareServers(
  workload: Workload,
  servers: readonly ServerResult[],
): readonly Comparison[] {
  const [{ key }] = workload.figures;
  return servers.flatMap(server => {
    const main = summaryOf(server, key);
    if (main === null) return [];
    const ratios: Record<string, Summary> = {};
    for (const other of servers) {
      // Both ran in the same round, seconds apart: what else the machine did cancels out.
      const ratio = summarize(
        server.rounds.map(
          (round, index) => (round[key] ?? NaN) / (other.rounds[index]?.[key] ?? NaN),
        ),
      );
      if (ratio !== null && other !== server) ratios[other.name] = ratio;
    }
    return [{ name: server.name, main, ratios }];
  });
}

/** The ratios that the terminal's table shows. */
export function baselineRatios(comparison: Comparison): readonly (Summary | null)[] {
  return baselineNames.map(name => comparison.ratios[name] ?? null);
}

function resultsFolder(root: string): string {
  return path.join(root, 'bench', 'results');
}

/** Writes one file per workload, over the ones of earlier runs; returns their folder. */
export function saveResults(
  root: string,
  head: RunHead,
  results: readonly WorkloadResult[],
): string {
  const folder = resultsFolder(root);
  mkdirSync(folder, { recursive: true });
  for (const result of results) {
    const saved: SavedResult = { ...head, result };
    const file = path.join(folder, `${result.workload.name}.json`);
    writeFileSync(file, `${JSON.stringify(saved, null, 1)}\n`);
  }
  return folder;
}

/** All that is saved; a file of another version is an error. */
export function readResults(root: string): readonly SavedResult[] {
  const folder = resultsFolder(root);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter(name => name.endsWith('.json'));
  return names.sort().map(name => {
    const saved = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as SavedResult;
    const version: number = saved.version;
    if (version !== resultsVersion) throw new Error(`${name} has version ${version}: measure anew`);
    return saved;
  });
}
