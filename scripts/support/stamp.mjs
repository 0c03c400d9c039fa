// A stamp remembers from which inputs an output was made, by their content and not by their time,
// so that a fresh checkout, a switched branch or a touched file rebuilds nothing without need. It
// lies in the folder of its output: who deletes the one deletes the other.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';

const fileName = '.made-from';

/** A hash of the names and contents of files, and of whatever else the output depends on. */
export function hashInputs(files, ...others) {
  const hash = createHash('sha256').update(JSON.stringify(others));
  for (const file of files) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(inRoot(file)));
  }
  return hash.digest('hex');
}

export function isFresh(folder, inputs) {
  try {
    return fs.readFileSync(inRoot(folder, fileName), 'utf8') === inputs;
  } catch {
    return false;
  }
}

export function writeStamp(folder, inputs) {
  fs.mkdirSync(inRoot(folder), { recursive: true });
  fs.writeFileSync(path.join(inRoot(folder), fileName), inputs);
}

/** Before a rebuild, so that one that is broken off is not taken for done. */
export function removeStamp(folder) {
  fs.rmSync(path.join(inRoot(folder), fileName), { force: true });
}
