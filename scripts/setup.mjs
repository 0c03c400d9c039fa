// Brings a clone to the point where it runs: dependencies, native addon, JavaScript. Does only what
// is needed, says what it does, and does nothing when nothing changed. Runs before node_modules
// exists, so it uses Node alone.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findHeaders, installHeaders } from './support/headers.mjs';
import { npmProgram } from './support/npm.mjs';
import { filesUnder, inRoot, root, toolPath } from './support/paths.mjs';
import { Failure, findProgram, main, mustRun } from './support/run.mjs';
import { hashInputs, isFresh, removeStamp, writeStamp } from './support/stamp.mjs';

const manifest = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
const addonFolder = 'build/Release';
const addon = `${addonFolder}/socket_async_event_args.node`;

const say = text => process.stdout.write(`setup: ${text}\n`);

function wrongDependency() {
  return Object.entries(manifest.devDependencies).find(([name, version]) => {
    try {
      const text = fs.readFileSync(toolPath(`${name}/package.json`), 'utf8');
      return JSON.parse(text).version !== version;
    } catch {
      return true;
    }
  });
}

function installDependencies() {
  if (!wrongDependency()) return false;
  say('installing dependencies…');
  const npm = npmProgram();
  // No scripts: nothing we depend on needs one, and npm would build the addon in its own way.
  const args = [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  mustRun(npm.command, args, { failure: 'npm ci failed; its message stands above' });
  const wrong = wrongDependency();
  if (wrong) {
    throw new Failure(`package-lock.json does not give ${wrong.join('@')}: run npm install`);
  }
  return true;
}

function requireBuildTools() {
  if (process.platform === 'win32') return; // node-gyp searches Visual Studio, and explains itself
  const compiler = process.platform === 'darwin' ? 'c++' : 'g++';
  const tools = [
    ['a C++17 compiler', process.env.CXX?.split(' ')[0] || compiler],
    ['python3', process.env.npm_config_python ?? process.env.PYTHON, 'python3', 'python'],
    ['make', process.env.MAKE, 'make', 'gmake'],
  ];
  const missing = tools.filter(([, ...names]) => !findProgram(...names)).map(([what]) => what);
  if (missing.length > 0) {
    throw new Failure(`missing to build the native addon: ${missing.join(', ')}`);
  }
}

function buildAddon() {
  const sources = filesUnder('native').filter(file => /\.(cc|h|gypi)$/.test(file));
  const { 'node-addon-api': api, 'node-gyp': gyp } = manifest.devDependencies;
  const inputs = hashInputs([...sources, 'binding.gyp'], api, gyp, process.version, process.arch);
  if (isFresh(addonFolder, inputs) && fs.existsSync(inRoot(addon))) return false;

  requireBuildTools();
  say('building the native addon…');
  removeStamp(addonFolder);
  let prefix = findHeaders();
  if (!prefix) {
    say("no headers beside node: trying npm's package of this version…");
    prefix = installHeaders(npmProgram());
  }
  if (!prefix) say('none there: node-gyp downloads them…');
  // Not `rebuild`: it deletes the whole of build/, where CMake's output and the headers lie.
  const args = ['configure', 'build', '--jobs=max', '--loglevel=error'];
  const env = { ...process.env };
  if (prefix) {
    args.push(`--nodedir=${prefix}`);
  } else {
    delete env.npm_config_nodedir; // it was looked at, and did not serve
  }
  mustRun(process.execPath, [toolPath('node-gyp/bin/node-gyp.js'), ...args], {
    env,
    failure: 'the native addon did not build; the message stands above',
  });
  writeStamp(addonFolder, inputs);
  return true;
}

function compileTypeScript() {
  const folders = ['lib', 'bin', 'test', 'bench', 'examples'];
  const sources = folders.flatMap(filesUnder).filter(file => /\.[cm]?ts$/.test(file));
  const inputs = hashInputs([...sources, 'tsconfig.json'], manifest.devDependencies);
  if (isFresh('dist', inputs)) return false;
  say('compiling TypeScript…');
  // A test whose source is gone must not run on from an old output.
  fs.rmSync(inRoot('dist'), { recursive: true, force: true });
  mustRun(process.execPath, [toolPath('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
    failure: 'TypeScript found errors; they stand above',
  });
  writeStamp('dist', inputs);
  return true;
}

// Hooks are the developer's own affair: set once, in a clone, when nobody has chosen otherwise.
function useGitHooks() {
  if (process.env.CI || !fs.existsSync(inRoot('.git'))) return;
  const git = args => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (git(['config', '--get', 'core.hooksPath']).status !== 1) return; // 1: not set
  if (git(['config', 'core.hooksPath', '.githooks']).status === 0) {
    say('git now uses the hooks in .githooks');
  }
}

await main('setup', () => {
  const begin = performance.now();
  const done = [installDependencies(), buildAddon(), compileTypeScript()];
  useGitHooks();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  say(done.includes(true) ? `done in ${seconds} s` : 'up to date');
});
