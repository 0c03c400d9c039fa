// `npm run conformance`: performs scenarios on .NET and on ours, and compares.

import { describe, judge } from './compare.js';
import { Dotnet } from './dotnet.js';
import { run } from './interpreter.js';
import { scenarios } from '../scenarios/index.js';

async function main(): Promise<void> {
  const dotnet = new Dotnet();
  for (const each of scenarios.filter(one => one.name.includes(process.argv[2] ?? ''))) {
    const theirs = dotnet.run(each);
    const ours = await run(each);
    const verdict = judge(each, await theirs, ours);
    if (verdict.unexplained.length > 0) console.log(each.name);
    for (const difference of verdict.unexplained) console.log(describe(difference));
    if (process.argv.includes('--verbose')) console.log((await theirs).trace, ours.trace);
  }
  dotnet.close();
}

void main();
