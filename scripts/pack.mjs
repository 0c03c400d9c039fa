// `npm run test:pack`: the package as a user gets it. The tarball is made once, then looked at and
// used: by six package managers, by four versions of TypeScript, by four bundlers, and to build the
// addon from source. Arguments choose steps by a part of their name.
//
//   npm run test:pack -- yarn
//   npm run test:pack -- --binaries-as-they-are    what lies in prebuilds/ is not built again

import { bundlerSteps } from './pack/bundlers.mjs';
import { managerSteps } from './pack/managers.mjs';
import { qualitySteps } from './pack/quality.mjs';
import { readmeSteps } from './pack/readme.mjs';
import { sourceSteps } from './pack/source.mjs';
import { contentSteps, makeTarball } from './pack/tarball.mjs';
import { typeSteps } from './pack/types.mjs';
import { installTools } from './support/npm.mjs';
import { inRoot } from './support/paths.mjs';
import { main, mustRun } from './support/run.mjs';
import { runSteps } from './support/steps.mjs';

await main('pack', async () => {
  installTools();
  if (!process.argv.includes('--binaries-as-they-are')) {
    mustRun(process.execPath, [inRoot('scripts/binary.mjs')]);
  }
  const tarball = makeTarball();
  const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
  const steps = [
    ...contentSteps(tarball),
    ...managerSteps(tarball),
    ...readmeSteps(tarball),
    ...sourceSteps(tarball),
    ...typeSteps(tarball),
    ...bundlerSteps(tarball),
    ...qualitySteps(tarball),
  ].filter(({ name }) => wanted.length === 0 || wanted.some(part => name.includes(part)));
  const good = await runSteps('pack', steps);
  process.exitCode = good && steps.length > 0 ? 0 : 1;
});
