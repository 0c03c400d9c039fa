// Before a release: every binary that the package promises lies in prebuilds/, and each is what its
// name says: format, machine, libraries, the oldest system that can load it.
//
//   node scripts/check-binaries.mjs            all of them must be there
//   node scripts/check-binaries.mjs --present  those that are there

import fs from 'node:fs';
import { findFaults } from './prebuild/symbols.mjs';
import { chooseTargets } from './prebuild/targets.mjs';
import { inRoot } from './support/paths.mjs';
import { Failure, findProgram, main } from './support/run.mjs';

// Built to find mistakes in the order of bytes, not to be shipped.
const notShipped = new Set(['linux-s390x']);

function faultsOf(target) {
  const binary = inRoot('prebuilds', target.file);
  if (!fs.existsSync(binary)) {
    return process.argv.includes('--present') ? undefined : ['is missing'];
  }
  // Whoever compiled it, a binary for glibc must load on the oldest glibc that Node runs on.
  return findFaults({ ...target, hasFloor: target.system === 'Linux' }, binary);
}

await main('check-binaries', () => {
  if (!findProgram('llvm-readobj')) throw new Failure('llvm-readobj is missing (package llvm)');
  for (const target of chooseTargets([]).filter(({ name }) => !notShipped.has(name))) {
    const faults = faultsOf(target);
    if (faults === undefined) continue;
    const verdict = faults.length === 0 ? 'well' : faults.join('; ');
    process.stdout.write(`check-binaries: ${target.file}: ${verdict}\n`);
    if (faults.length > 0) process.exitCode = 1;
  }
});
