// Node's headers (node_api.h, uv.h, common.gypi). Most installations have them beside the
// executable; a build that uses those needs no network.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';

const needed = ['node_api.h', 'uv.h', 'common.gypi', 'node_version.h'];
const headersFolder = 'build/headers';

/** The npm package that carries Node for this platform, headers included. */
export function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const arch = { arm: 'armv7l', ia32: 'x86', ppc64: 'ppc64le' }[process.arch] ?? process.arch;
  return `node-${platform}-${arch}`;
}

/** The prefix P for which P/include/node holds the headers of this node, or undefined. */
export function findHeaders() {
  const given = process.env.npm_config_nodedir?.replace(/^~(?=\/)/, os.homedir());
  const candidates = [
    given,
    path.resolve(fs.realpathSync(process.execPath), '../..'),
    inRoot(headersFolder, 'node_modules', packageName()),
    downloadedByNodeGyp(),
  ];
  return candidates.find(prefix => prefix !== undefined && serves(prefix));
}

/** Fetches the headers from the npm registry in use; answers as findHeaders() does. */
export function installHeaders(npm) {
  fs.mkdirSync(inRoot(headersFolder), { recursive: true });
  // A package.json keeps npm from installing into the project above.
  fs.writeFileSync(inRoot(headersFolder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const spec = `${packageName()}@${process.versions.node}`;
  run(npm.command, [...npm.args, 'install', ...flags, spec], { cwd: inRoot(headersFolder) });
  return findHeaders();
}

// Headers of another major version would compile, and be wrong about what the host offers.
function serves(prefix) {
  const folder = path.join(prefix, 'include', 'node');
  if (!needed.every(file => fs.existsSync(path.join(folder, file)))) return false;
  const text = fs.readFileSync(path.join(folder, 'node_version.h'), 'utf8');
  const major = /^#define NODE_MAJOR_VERSION (\d+)/m.exec(text)?.[1];
  return major === process.versions.node.split('.')[0];
}

// Where node-gyp had to download them, it wrote down where to; CMake then uses the same.
function downloadedByNodeGyp() {
  try {
    const config = fs.readFileSync(inRoot('build/config.gypi'), 'utf8');
    const value = /^\s*"nodedir": ("(?:[^"\\]|\\.)*")/m.exec(config)?.[1];
    return value === undefined ? undefined : JSON.parse(value);
  } catch {
    return undefined;
  }
}
