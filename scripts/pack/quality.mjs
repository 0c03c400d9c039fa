// What checkers of packages say of the tarball, and its size.

import fs from 'node:fs';
import path from 'node:path';
import { tool } from '../support/npm.mjs';
import { root } from '../support/paths.mjs';
import { makePlace, runIn } from './place.mjs';

/**
 * What the packed tarball may take, in kB: all but the binaries, and each binary. One for Windows that
 * was cross-compiled carries the C++ library of its compiler; the released one does not.
 */
const budget = { base: 375, binary: 115, windowsBinary: 200 };

function publint({ path: tarball }) {
  runIn(root, [tool('publint/src/cli.js'), 'run', tarball, '--strict'], process.env);
  return true;
}

// Modules are found by `exports`, which the oldest way of resolving them ("node10") does not read.
function areTheTypesWrong({ path: tarball }) {
  const cli = tool('@arethetypeswrong/cli/dist/index.js');
  runIn(root, [cli, tarball, '--profile', 'node16', '--no-emoji'], process.env);
  return true;
}

function sizeLimit({ path: tarball, files }) {
  const binaries = files.filter(file => file.endsWith('.node'));
  const allowed = file => (file.includes('win32') ? budget.windowsBinary : budget.binary);
  const limit = `${binaries.reduce((sum, file) => sum + allowed(file), budget.base)} kB`;
  const folder = makePlace('size', {
    'size-limit': [{ path: 'package.tgz', limit, brotli: false, gzip: false }],
    devDependencies: { 'size-limit': '*', '@size-limit/file': '*' },
  });
  fs.copyFileSync(tarball, path.join(folder, 'package.tgz'));
  // Its plugins are looked up beside the package.json that lists them.
  fs.symlinkSync(tool(''), path.join(folder, 'node_modules'));
  process.stdout.write(runIn(folder, [tool('size-limit/bin.js')], process.env));
  return true;
}

export function qualitySteps(tarball) {
  return [
    { name: 'quality: publint', body: () => publint(tarball) },
    { name: 'quality: are the types wrong', body: () => areTheTypesWrong(tarball) },
    { name: 'quality: size', body: () => sizeLimit(tarball) },
  ];
}
