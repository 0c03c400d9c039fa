// `npm run bench:micro`: what the boundary between JavaScript and native costs by itself. Sends of
// an addon built for this purpose perform nothing (native/loopback/verbs.cc), so all that is timed is
// the way down, the way up, and what the event loop adds. The measurement is micro-loop.ts, in a
// process of its own that loads that addon.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildLoopback } from './support/loopback-build.js';
import { choosePinning, describeCommit, describeMachine, pinned } from './support/machine.js';

// This file runs as dist/bench/micro.js.
const root = path.resolve(__dirname, '..', '..');

function main(): number {
  console.log('building the addon of the loop-back into build/bench-loopback');
  const addon = buildLoopback(root);
  const machine = describeMachine();
  const commit = describeCommit(root);
  const pinning = choosePinning();
  console.log(`${machine.cpuModel}, ${machine.kernel}, node ${machine.node}`);
  console.log(`commit ${commit.id}${commit.isDirty ? ' with uncommitted changes' : ''}\n`);
  const cores = 'serverCore' in pinning ? [pinning.serverCore] : [];
  const script = path.join(__dirname, 'micro-loop.js');
  const [program = '', ...args] = pinned(cores, [process.execPath, script]);
  const { status, signal } = spawnSync(program, [...args, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, SAEA_BINDING: addon },
  });
  if (signal !== null) console.error(`${script} was ended by ${signal}`);
  return status ?? 1;
}

process.exitCode = main();
