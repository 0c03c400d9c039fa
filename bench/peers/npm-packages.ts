// Peers that come from npm: installed by the benchmark, at the versions in npm/package.json, into a
// folder of their own under build/. None of them is a dependency of ours.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  /** Why it is not there; null when it is. */
  readonly missing: string | null;
}

const installTimeoutMs = 300_000;

/** The version of an installed package; null when it is not there. */
function versionIn(folder: string): string | null {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return null;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return manifest.version;
}

function install(source: string, folder: string): string | null {
  console.log('installing the peers that come from npm into build/bench-peers');
  mkdirSync(folder, { recursive: true });
  copyFileSync(source, path.join(folder, 'package.json'));
  // Without scripts: binaries are taken from the packages that bring them.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const result = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: installTimeoutMs,
  });
  if (result.status === 0) return null;
  const said = [result.error?.message, result.stderr].join(' ').trim().split('\n').at(0);
  return `npm could not install it: ${said ?? 'no message'}`;
}

/** Installs what is missing, at most once per run; a failure is the reason of the absence. */
export function npmPackage(root: string, name: string): InstalledPackage {
  const source = path.join(root, 'bench', 'peers', 'npm', 'package.json');
  const manifest = JSON.parse(readFileSync(source, 'utf8')) as {
    dependencies: Readonly<Record<string, string | undefined>>;
  };
  const wanted = manifest.dependencies[name] ?? '';
  if (wanted === '') throw new Error(`${name} is not in bench/peers/npm/package.json`);
  const installed = path.join(root, 'build', 'bench-peers');
  const folder = path.join(installed, 'node_modules', ...name.split('/'));
  if (versionIn(folder) === wanted) return { folder, version: wanted, missing: null };
  failure ??= install(source, installed) ?? '';
  const isThere = versionIn(folder) === wanted;
  const missing = isThere ? null : failure || `${name}@${wanted} is not for this platform`;
  return { folder, version: wanted, missing };
}

/** Of the one attempt to install; null before it, '' when npm was content. */
let failure: string | null = null;
