// `npm run conformance`: performs scenarios on .NET and on ours, and compares.
//
//   npm run conformance                                the ones written by hand, and some random ones
//   npm run conformance -- --seeds 20 --count 1000     so many random ones
//   npm run conformance -- --only R-009                those by hand with this in their names (-: random ones alone)
//   npm run conformance -- --record                    writes down what .NET answers, for npm test

import { parseArgs } from 'node:util';

import { scenarios } from '../scenarios/index.js';
import { Dotnet, hasDotnet } from './dotnet.js';
import { generate } from './generator.js';
import { record } from './recorded.js';
import { compareAll, noFigures, print } from './report.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '500' },
    only: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (!hasDotnet()) {
    console.log(
      'SKIPPED: conformance with the real .NET was NOT looked at: there is no dotnet here.',
    );
    return;
  }
  const dotnet = new Dotnet();
  try {
    if (values.record) await record(dotnet);
    else await compareBoth(dotnet);
  } finally {
    dotnet.close();
  }
}

async function compareBoth(dotnet: Dotnet): Promise<void> {
  const begin = performance.now();
  const byHand = noFigures();
  const wanted = scenarios.filter(
    ({ name }) => values.only !== '-' && name.includes(values.only ?? ''),
  );
  await compareAll(dotnet, wanted, byHand);
  print('by hand', byHand);
  const random = noFigures();
  const seeds =
    wanted.length === scenarios.length || wanted.length === 0 ? Number(values.seeds) : 0;
  for (let i = 0; i < seeds; i++) {
    await compareAll(dotnet, generate(Number(values.first) + i, Number(values.count)), random);
  }
  if (seeds > 0) print(`random, ${seeds} seeds`, random);
  console.log(`in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  if (byHand.differing + random.differing > 0) process.exitCode = 1;
}

void main();
