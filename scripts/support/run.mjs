// Starting other programs, and ending this one.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Something the reader can act upon: printed as one sentence, without a stack. */
export class Failure extends Error {}

/** Runs a program to its end, its output shown; answers its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw new Failure(`cannot run ${command}: ${result.error.message}`);
  if (!result.signal) return result.status;
  process.stderr.write(`${path.basename(command)} was ended by ${result.signal}\n`);
  return 1;
}

/** The same, for a program whose failure is ours. */
export function mustRun(command, args, options = {}) {
  const status = run(command, args, options);
  if (status !== 0) {
    throw new Failure(options.failure ?? `${path.basename(command)} failed with code ${status}`);
  }
}

/** Runs a program whose output matters only when it fails; shows it then. */
export function mustRunQuietly(command, args, options = {}) {
  const result = capture(command, args, options);
  if (result.status === 0) return;
  process.stderr.write(result.output);
  throw new Failure(options.failure ?? `${path.basename(command)} failed`);
}

/** Runs a program and answers { status, output } with both its streams in one text. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (result.error) throw new Failure(`cannot run ${command}: ${result.error.message}`);
  return { status: result.status, output: result.stdout + result.stderr };
}

/** The first of these programs that is on the PATH (or is a path itself), or undefined. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const isFile = file => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  return names
    .filter(Boolean)
    .flatMap(name => (path.isAbsolute(name) ? [name] : folders.map(at => path.join(at, name))))
    .flatMap(file => endings.map(ending => file + ending))
    .find(isFile);
}

/** Runs a script's body: a Failure becomes one line and exit code 1. */
export async function main(name, body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
