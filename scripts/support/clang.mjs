// Finding clang-format and clang-tidy. Their output differs from version to version, so one version
// speaks for all; another is used where it is all there is, and says so.

import { capture, findProgram } from './run.mjs';

const wanted = '14';

/** The path of the tool, or undefined where there is none. */
export function findClang(name) {
  const exact = findProgram(`${name}-${wanted}`);
  if (exact) return exact;
  const plain = findProgram(name);
  if (!plain) return undefined;
  const version = /version (\d+)/.exec(capture(plain, ['--version']).output)?.[1];
  if (version !== wanted) {
    process.stderr.write(`${name} is version ${version}, the project's is ${wanted}\n`);
  }
  return plain;
}
