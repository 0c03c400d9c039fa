// The compilers of the targets: found, or installed where that is possible.

import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../support/paths.mjs';
import { capture, findProgram, run } from '../support/run.mjs';

// A repackaging by a third party, so pinned.
const zigVersion = '0.16.0';
const zigFolder = 'build/zig';

/** Programs from Debian's packages; undefined if they are there or could be installed, or why not. */
export function ensurePackages(programs, packages) {
  if (programs.every(program => findProgram(program))) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!findProgram('apt-get') || !isRoot) return `needs ${packages.join(', ')}`;
  process.stdout.write(`installing ${packages.join(', ')}…\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  capture('apt-get', ['update', '-q'], { env });
  const args = ['install', '-qy', '--no-install-recommends', ...packages];
  const { status, output } = capture('apt-get', args, { env });
  if (status !== 0) return `${packages.join(', ')} cannot be installed: ${output.slice(-300)}`;
  return undefined;
}

/** Packages from npm, in a folder of their own under build/; answers whether they are there. */
export function ensureNpmPackages(folder, specs, flags = []) {
  const has = spec => {
    const [, name, version] = /^(@?[^@]+)@(.+)$/.exec(spec);
    const manifest = inRoot(folder, 'node_modules', ...name.split('/'), 'package.json');
    if (!fs.existsSync(manifest)) return false;
    const installed = JSON.parse(fs.readFileSync(manifest, 'utf8')).version;
    return installed.replace(/^v/, '') === version; // older packages of Node say v20.11.0
  };
  if (specs.every(has)) return true;
  fs.mkdirSync(inRoot(folder), { recursive: true });
  // A package.json keeps npm from installing into the project above.
  fs.writeFileSync(inRoot(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? [process.execPath, process.env.npm_execpath]
    : [findProgram('npm')];
  run(npm[0], [...npm.slice(1), 'install', ...quiet, ...flags, ...specs], { cwd: inRoot(folder) });
  return specs.every(has);
}

/** The target with zig's programs filled in. */
function withZig(target) {
  const modules = inRoot(zigFolder, 'node_modules', '@zigc');
  const program = path.join(modules, `${process.platform}-${process.arch}`, 'bin', 'zig');
  const cache = inRoot(zigFolder, 'cache');
  return {
    ...target,
    compiler: [program, 'c++', '-target', target.zig],
    // Clang as it is: zig's own `cc` takes but one file for Windows.
    assembler: [program, 'clang', '-target', target.zig],
    archiver: [program, 'ar'],
    environment: {
      ZIG_LIB_DIR: path.join(modules, 'lib'),
      ZIG_GLOBAL_CACHE_DIR: cache,
      ZIG_LOCAL_CACHE_DIR: cache,
    },
  };
}

/** Finds or installs what a target needs: { target } ready to be used, or { missing } saying why. */
export function prepareTools(target) {
  if (target.zig === undefined) {
    const programs = [target.compiler[0], 'cmake', 'make'];
    const missing = ensurePackages(programs, [...target.packages, 'cmake', 'make']);
    return missing === undefined ? { target } : { missing };
  }
  const platform = `${process.platform}-${process.arch}`;
  const names = ['cli', 'lib', platform].map(name => `@zigc/${name}@${zigVersion}`);
  if (!ensureNpmPackages(zigFolder, names)) return { missing: `needs ${names.join(', ')}` };
  return { target: withZig(target) };
}
