// Where things lie, and what lies there. Whatever the scripts make goes under build/ or dist/, which
// git ignores.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

export const inRoot = (...parts) => path.join(root, ...parts);

/** A script of an installed package, to be run by this very node. */
export const toolPath = file => inRoot('node_modules', ...file.split('/'));

const outputFolders = new Set(['.git', 'node_modules', 'build', 'dist', 'prebuilds']);

/** All files under a folder, as sorted paths from the root with forward slashes. */
export function filesUnder(folder) {
  let entries;
  try {
    entries = fs.readdirSync(inRoot(folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  const found = [];
  for (const entry of entries) {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!outputFolders.has(entry.name)) found.push(...filesUnder(file));
    } else if (entry.isFile()) {
      found.push(file);
    }
  }
  return found.sort();
}

/** What git tracks, or would on the next `git add`; every file where there is no git. */
export function projectFiles() {
  if (!fs.existsSync(inRoot('.git'))) return filesUnder('');
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  return existing(gitList(list));
}

/** What the next commit would change. */
export function stagedFiles() {
  return existing(gitList(['diff', '--cached', '--name-only', '-z', '--diff-filter=ACMR']));
}

function gitList(args) {
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...new Set(output.split('\0'))].filter(file => file !== '').sort();
}

// A file that was deleted and not yet staged is still in git's list.
function existing(files) {
  return files.filter(file => fs.statSync(inRoot(file), { throwIfNoEntry: false })?.isFile());
}
