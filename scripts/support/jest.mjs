// Running the jest suite and counting what ran.

import fs from 'node:fs';
import path from 'node:path';
import { inRoot, toolPath } from './paths.mjs';
import { run } from './run.mjs';

/** Node's arguments for a run of jest; jest.config.js has it leave its counts in SAEA_TEST_REPORT. */
export const jestCommand = [
  '--expose-gc', // tests about lifetime ask for collections themselves
  toolPath('jest/bin/jest.js'),
];

/**
 * Runs jest over dist/test, under this or another Node, and answers what
 * scripts/support/summary.mjs prints.
 */
export function runJest(args, env = {}, node = process.execPath) {
  const report = inRoot('build/test/jest.json');
  removeReport(report);
  const status = run(node, [...jestCommand, ...args], {
    env: { ...process.env, SAEA_TEST_REPORT: report, ...env },
  });
  return { name: 'jest', ok: status === 0, ...readReport(report) };
}

/** Before a run, so that what is found after it is of that run. */
export function removeReport(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.rmSync(file, { force: true });
}

/** { files, passed, failed, skipped, failures }; a run that died counts as one failed test more. */
export function readReport(file) {
  if (!fs.existsSync(file)) {
    const failures = ['jest did not run'];
    return { files: 0, passed: 0, failed: failures.length, skipped: [], failures };
  }
  const { running, failures, ...counts } = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (running !== undefined) failures.push(`${running}: jest died in it`);
  return { ...counts, failed: failures.length, failures };
}
