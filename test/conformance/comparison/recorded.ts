// What .NET answered to the scenarios that are written by hand, for where there is no .NET.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { scenarios } from '../scenarios/index.js';
import { referenceFolder, type Dotnet } from './dotnet.js';
import type { Trace } from './scenario.js';

const file = join(referenceFolder, 'recorded.jsonl');

/** One trace a line. */
export function readRecorded(): ReadonlyMap<string, Trace> {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return new Map(lines.map(line => JSON.parse(line) as Trace).map(each => [each.name, each]));
}

export async function record(dotnet: Dotnet): Promise<void> {
  const traces = await Promise.all(scenarios.map(each => dotnet.run(each)));
  writeFileSync(file, traces.map(trace => `${JSON.stringify(trace)}\n`).join(''));
  console.log(`recorded ${traces.length} scenarios`);
}
