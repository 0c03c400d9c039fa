// Which npm to run, and what it installs for the checks alone.

import fs from 'node:fs';
import { inRoot } from './paths.mjs';
import { Failure, findProgram, mustRun } from './run.mjs';
import { hashInputs, isFresh, removeStamp, writeStamp } from './stamp.mjs';

/** { command, args } of npm. */
export function npmProgram() {
  // Set when npm started us: the same npm, without a shell.
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return { command: process.execPath, args: [script] };
  const command = findProgram('npm');
  if (!command) throw new Failure('npm is missing: it comes with Node.js');
  return { command, args: [] };
}

const toolsFolder = 'tools/node_modules';
const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs tools/package.json: package managers, bundlers, compilers and checkers, at pinned
 * versions. They lie apart so that a clone starts without them.
 */
export function installTools() {
  const inputs = hashInputs(['tools/package.json', 'tools/package-lock.json']);
  if (isFresh(toolsFolder, inputs)) return;
  process.stdout.write('tools: installing them…\n');
  removeStamp(toolsFolder);
  const npm = npmProgram();
  // Not `npm ci`: it wants every platform's optional package in the lock file, and npm does not write
  // those that a registry lacks.
  mustRun(npm.command, [...npm.args, 'install', '--no-save', ...quietly], {
    cwd: inRoot('tools'),
    failure: 'npm install failed in tools/; its message stands above',
  });
  writeStamp(toolsFolder, inputs);
}

/**
 * Installs one package in a folder of its own under build/, for what tools/package-lock.json cannot
 * hold: other versions of Node, and pnpm, whose list of optional packages npm cannot lock. Answers
 * the package's folder.
 */
export function installApart(name, version) {
  const folder = `build/tools/${name.replace('/', '+')}-${version}`;
  const installed = inRoot(folder, 'node_modules', ...name.split('/'));
  if (isFresh(folder, version)) return installed;
  process.stdout.write(`tools: installing ${name}@${version}…\n`);
  fs.mkdirSync(inRoot(folder), { recursive: true });
  // A package.json keeps npm from installing into the project above.
  fs.writeFileSync(inRoot(folder, 'package.json'), '{ "private": true }\n');
  const npm = npmProgram();
  mustRun(npm.command, [...npm.args, 'install', ...quietly, `${name}@${version}`], {
    cwd: inRoot(folder),
    failure: `npm could not install ${name}@${version}; its message stands above`,
  });
  writeStamp(folder, version);
  return installed;
}

/** A file of one of the packages of tools/. */
export const tool = file => inRoot(toolsFolder, ...file.split('/'));
