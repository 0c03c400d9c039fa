// The benchmark: `npm run bench`. Builds what is missing, measures every server under every
// workload in interleaved rounds, prints the report, and keeps it with --save. The parts are in
// support/; README.md says what is measured and how to read it.

import os from 'node:os';
import path from 'node:path';
import { readRunOptions, usage, type RunOptions } from './support/command-line.js';
import { choosePinning, describeCommit, describeMachine } from './support/machine.js';
import type { MeasureOptions } from './support/measure.js';
import { buildNative } from './support/native-build.js';
import { killChildrenAtExit } from './support/process.js';
import { formatReport } from './support/report.js';
import {
  resultsVersion,
  saveResults,
  type Gap,
  type Results,
  type WorkloadResult,
} from './support/results.js';
import { measureWorkload } from './support/rounds.js';
import { listServers, selectServers, type Server } from './support/servers.js';
import { selectWorkloads } from './support/workloads.js';

// This file runs as dist/bench/run.js.
const root = path.resolve(__dirname, '..', '..');

async function main(): Promise<number> {
  const options = readRunOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return 0;
  }
  const workloads = selectWorkloads(options.workloadNames);
  killChildrenAtExit();
  const native = buildNative(root);
  const servers = selectServers(listServers(root, native), options.peerNames);
  const measureOptions: MeasureOptions = {
    loadProgram: native.load,
    pinning: choosePinning(),
    seconds: options.seconds,
    warmupSeconds: options.warmupSeconds,
  };
  const loadBefore = os.loadavg()[0] ?? NaN;
  const date = new Date().toISOString();
  const gaps: Gap[] = [];
  const measured: WorkloadResult[] = [];
  for (const workload of workloads) {
    measured.push(await measureWorkload(workload, servers, options, measureOptions, gaps));
  }
  const results: Results = {
    version: resultsVersion,
    date,
    commit: describeCommit(root),
    command: ['npm run bench', ...commandTail()].join(' '),
    machine: describeMachine(),
    pinning: measureOptions.pinning,
    loadAverage: { before: loadBefore, after: os.loadavg()[0] ?? NaN },
    roundCount: options.roundCount,
    seconds: options.seconds,
    warmupSeconds: options.warmupSeconds,
    servers: servers.map(({ name, title, version }) => ({ name, title, version })),
    notes: native.notes,
    gaps,
    workloads: measured,
  };
  console.log(`\n${formatReport(results)}`);
  if (options.isSaved) console.log(`\nsaved as ${saveResults(root, results)}`);
  return isAcceptable(results, servers, options) ? 0 : 1;
}

/** A failure always counts; an absence only where the server is ours or was asked for by name. */
function isAcceptable(results: Results, servers: readonly Server[], options: RunOptions): boolean {
  return results.gaps.every(gap => {
    const isOurs = servers.some(server => server.name === gap.server && server.isOurs);
    const isNamed = options.peerNames?.includes(gap.server) ?? false;
    return gap.isMissing && !isOurs && !isNamed;
  });
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
