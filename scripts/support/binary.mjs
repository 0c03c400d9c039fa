// The binary in prebuilds/ for the platform that runs this.

import fs from 'node:fs';
import { inRoot } from './paths.mjs';
import { Failure } from './run.mjs';

export const binaryFolder = `prebuilds/${process.platform}-${process.arch}`;

/** Its path. Where a folder has one for each C library, the one that was made last. */
export function prebuiltFile() {
  const files = fs
    .readdirSync(inRoot(binaryFolder))
    .filter(file => file.endsWith('.node'))
    .map(file => inRoot(binaryFolder, file))
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  if (files.length === 0) throw new Failure(`nothing in ${binaryFolder}`);
  return files[0];
}
