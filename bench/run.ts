// The benchmark: `npm run bench`. Builds what is missing, measures every server under every
// workload in interleaved rounds, prints the report, and keeps it with --save. The parts are in
// support/, peers/ and workloads/; README.md says what is measured and how to read it.

import os from 'node:os';
import path from 'node:path';
import { createServers, serverNames } from './peers/index.js';
import { readRunOptions, usage, type RunOptions } from './support/command-line.js';
import { choosePinning, describeCommit, describeMachine } from './support/machine.js';
import { buildNative } from './support/native-build.js';
import { killChildrenAtExit } from './support/process.js';
import { formatReport } from './support/report.js';
import {
  resultsVersion,
  saveResults,
  type RunHead,
  type WorkloadResult,
} from './support/results.js';
import { measureWorkload } from './support/rounds.js';
import type { MeasureOptions } from './support/session.js';
import { selectWorkloads, workloads } from './workloads/index.js';

// This file runs as dist/bench/run.js.
const root = path.resolve(__dirname, '..', '..');

async function main(): Promise<number> {
  const options = readRunOptions(process.argv.slice(2));
  if (options === null) {
    console.log(`${usage}\n\n${listNames()}`);
    return 0;
  }
  const selected = selectWorkloads(options.workloadNames);
  killChildrenAtExit();
  const native = buildNative(root);
  const servers = createServers({ root, native: native.folder }, options.peerNames);
  const measureOptions: MeasureOptions = {
    root,
    loadProgram: native.load,
    nativeFolder: native.folder,
    pinning: choosePinning(),
    seconds: options.seconds,
    warmupSeconds: options.warmupSeconds,
  };
  const head: RunHead = {
    version: resultsVersion,
    date: new Date().toISOString(),
    commit: describeCommit(root),
    command: ['npm run bench', ...commandTail()].join(' '),
    machine: describeMachine(),
    pinning: measureOptions.pinning,
    loadAverage: os.loadavg()[0] ?? NaN,
    roundCount: options.roundCount,
    seconds: options.seconds,
    warmupSeconds: options.warmupSeconds,
    notes: native.notes,
  };
  const results: WorkloadResult[] = [];
  for (const workload of selected) {
    results.push(await measureWorkload(workload, servers, options, measureOptions));
    // One by one: a run of an hour that is cut off has lost one workload.
    if (options.isSaved) saveResults(root, head, results.slice(-1));
  }
  console.log(`\n${formatReport(head, results)}`);
  if (options.isSaved) console.log('\nsaved in bench/results');
  return isAcceptable(results, options) ? 0 : 1;
}

/** A failure always counts; an absence only where the server was asked for by name. */
function isAcceptable(results: readonly WorkloadResult[], options: RunOptions): boolean {
  return results.every(({ gaps }) =>
    gaps.every(gap => {
      const isNamed = options.peerNames?.includes(gap.server) ?? false;
      return gap.isMissing && !isNamed;
    }),
  );
}

/** What may be named on the command line. */
function listNames(): string {
  const groups = workloads.map(({ group }) => group);
  const ofSeveral = groups.filter((group, index) => groups.indexOf(group) < index);
  return [
    `workloads: ${workloads.map(({ name }) => name).join(', ')}`,
    `groups:    ${[...new Set(ofSeveral)].join(', ')}`,
    `peers:     ${serverNames.join(', ')}`,
  ].join('\n');
}

function commandTail(): string[] {
  const args = process.argv.slice(2);
  return args.length === 0 ? [] : ['--', ...args];
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
