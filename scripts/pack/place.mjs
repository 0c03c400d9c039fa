// Empty folders in which users of the package live, and the poor environment they have.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tool } from '../support/npm.mjs';
import { inRoot } from '../support/paths.mjs';
import { Failure, capture } from '../support/run.mjs';

const samples = 'test/package';

// Not in this project: what a place lacks would be found in the node_modules above it.
const base = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'saea-pack-'));
process.on('exit', () => {
  if (!process.env.SAEA_KEEP_PLACES) fs.rmSync(base, { recursive: true, force: true });
});

const typescript = {
  module: 'nodenext',
  target: 'es2022',
  strict: true,
  types: ['node'],
  outDir: 'out',
};

/** Where the place of that name is, or a cache that some of them share. */
export const placeOf = name => path.join(base, name.replaceAll(/[ :]+/g, '-'));

/** An empty folder with a package.json, a tsconfig.json and samples. */
export function makePlace(name, manifest = {}, files = []) {
  const folder = placeOf(name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify({ name: 'consumer', version: '1.0.0', private: true, ...manifest })}\n`,
  );
  const options = { ...typescript, typeRoots: [tool('@types')] };
  const project = { compilerOptions: options, include: ['*.mts', '*.cts', '*.ts'] };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project));
  for (const file of files) fs.copyFileSync(inRoot(samples, file), path.join(folder, file));
  return folder;
}

/**
 * An environment whose PATH has nothing but node: no compiler, no make, no python. Settings that
 * an outer npm passes on are left out, but not which registry and certificates it uses.
 */
export function poorEnvironment(extra = {}) {
  const bin = placeOf('bin');
  fs.mkdirSync(bin, { recursive: true });
  const node = path.join(bin, 'node');
  if (!fs.existsSync(node)) fs.symlinkSync(process.execPath, node);
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle|command|execpath|node)|INIT_CWD|NODE_PATH|SAEA_)/i.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: bin, CI: '1', ...extra };
}

/** Runs a script under this node; shows what it said if it fails. Answers what it said. */
export function runIn(folder, args, env = poorEnvironment()) {
  const { status, output } = capture(process.execPath, args, { cwd: folder, env });
  if (status === 0) return output;
  throw new Failure(`${args.map(arg => path.basename(arg)).join(' ')} failed:\n${output}`);
}

/** A program of test/package, or what became of it: it must print one line, the echo. */
export function mustEcho(folder, args, env) {
  const output = runIn(folder, args, env).trim();
  if (output.split('\n').at(-1) !== 'echo: hello') throw new Failure(`no echo, but: ${output}`);
  process.stdout.write(`  ${args.map(arg => path.basename(arg)).join(' ')}: ${output}\n`);
}

/** Installs the tarball as npm does, without scripts; the folder. */
export function installWithNpm(name, tarball, files, manifest) {
  const folder = makePlace(name, manifest, files);
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? process.env.npm_execpath
    : npmBesideNode();
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  runIn(folder, [npm, 'install', ...flags, tarball.path]);
  return folder;
}

function npmBesideNode() {
  const npm = fs.realpathSync(path.join(path.dirname(process.execPath), 'npm'));
  if (!npm.endsWith('.js')) throw new Failure('npm is not the script that comes with Node.js');
  return npm;
}
