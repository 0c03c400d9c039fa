// Running the jest suite and counting what ran.

import fs from 'node:fs';
import { inRoot, toolPath } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs jest over dist/test, under this or another Node, and answers what
 * scripts/support/summary.mjs prints.
 */
export function runJest(args, env = {}, node = process.execPath) {
  const report = inRoot('build/test/jest.json');
  fs.mkdirSync(inRoot('build/test'), { recursive: true });
  fs.rmSync(report, { force: true });
  // --expose-gc: tests about lifetime ask for collections themselves.
  const jest = ['--expose-gc', toolPath('jest/bin/jest.js'), '--json', `--outputFile=${report}`];
  const status = run(node, [...jest, ...args], { env: { ...process.env, ...env } });
  const result = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;
  return { name: 'jest', ok: status === 0, ...countJestTests(result) };
}

/** Adds up jest's own report; a file that could not be run counts as one failed test. */
export function countJestTests(report) {
  if (!report) return { files: 0, passed: 0, failed: 1, skipped: [] };
  const tests = report.testResults.flatMap(file => file.assertionResults);
  const count = status => tests.filter(test => test.status === status).length;
  return {
    files: report.numTotalTestSuites,
    passed: count('passed'),
    failed: count('failed') + report.numRuntimeErrorTestSuites,
    skipped: tests
      .filter(test => test.status === 'pending' || test.status === 'todo')
      .map(test => test.fullName),
  };
}
