// `npm run binary`: the addon for the platform it runs on, as the package carries it: compiled anew
// in a folder apart, stripped, and put into prebuilds/ under the name that the loader looks for.
//
// A machine's own compiler makes a binary for systems as new as the machine. Where that is newer than
// the oldest glibc that is served, the binary is linked against that one, as prebuild.mjs does.

import fs from 'node:fs';
import path from 'node:path';
import { compareVersions } from './prebuild/symbols.mjs';
import { floor, targets } from './prebuild/targets.mjs';
import { prepareTools } from './prebuild/tools.mjs';
import { binaryFolder as output, prebuiltFile } from './support/binary.mjs';
import { findHeaders } from './support/headers.mjs';
import { filesUnder, inRoot, root, toolPath } from './support/paths.mjs';
import { main, mustRun } from './support/run.mjs';
import { hashInputs, isFresh, removeStamp, writeStamp } from './support/stamp.mjs';

const stage = 'build/binary';
const { name, devDependencies } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));

// prebuildify runs `node-gyp rebuild`, which would empty the build/ of a working copy.
function fillStage() {
  fs.rmSync(inRoot(stage), { recursive: true, force: true });
  for (const part of ['native', 'binding.gyp', 'package.json']) {
    fs.cpSync(inRoot(part), inRoot(stage, part), { recursive: true });
  }
}

function prebuildify() {
  const headers = findHeaders();
  const env = { ...process.env, ...(headers && { npm_config_nodedir: headers }) };
  const args = ['--napi', '--name', name, '--cwd', inRoot(stage), '--out', root, '--strip'];
  if (process.platform === 'linux') args.push('--tag-libc');
  if (process.arch === 'arm') args.push('--tag-armv');
  mustRun(process.execPath, [toolPath('prebuildify/bin.js'), '--quiet', ...args], {
    env,
    failure: 'the addon did not build; the message stands above',
  });
}

/** The target that reaches further back than this machine, if there is one; undefined otherwise. */
function olderTarget() {
  const name = `linux-${process.arch}`;
  const glibc = process.report.getReport().header.glibcVersionRuntime; // undefined with musl
  if (process.platform !== 'linux' || glibc === undefined || !(name in targets)) return undefined;
  if (compareVersions(glibc, floor.GLIBC) <= 0) return undefined;
  const { missing } = prepareTools(targets[name]);
  if (missing === undefined) return name;
  process.stdout.write(`binary: ${missing}; so what is made needs glibc ${glibc} or newer\n`);
  return undefined;
}

function make() {
  const target = olderTarget();
  if (target !== undefined) {
    mustRun(process.execPath, [inRoot('scripts/prebuild.mjs'), target]);
  } else {
    fillStage();
    prebuildify();
  }
}

await main('binary', () => {
  const sources = filesUnder('native').filter(file => /\.(cc|h|gypi)$/.test(file));
  const inputs = hashInputs(
    [...sources, 'binding.gyp', 'CMakeLists.txt'],
    devDependencies,
    process.version,
  );
  if (!isFresh(output, inputs)) {
    removeStamp(output);
    make();
    writeStamp(output, inputs);
  }
  const file = prebuiltFile();
  const shown = path.relative(root, file).replaceAll('\\', '/');
  process.stdout.write(`binary: ${shown}, ${Math.ceil(fs.statSync(file).size / 1000)} kB\n`);
});
