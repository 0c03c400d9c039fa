// Building and running the native tests: used by test.mjs and, under sanitizers, by sanitize.mjs.

import fs from 'node:fs';
import os from 'node:os';
import { findHeaders } from './headers.mjs';
import { inRoot, root } from './paths.mjs';
import { Failure, capture, findProgram, mustRunQuietly, run } from './run.mjs';

/** Configures CMakeLists.txt, tests included, into a folder under build/. */
export function configureCMake(folder, definitions) {
  if (!findProgram('cmake')) throw new Failure('cmake is missing: the native tests need it');
  forgetOtherTree(folder);
  const headers = findHeaders();
  const all = { ...definitions, SAEA_TESTS: 'ON', CMAKE_BUILD_TYPE: 'Debug' };
  if (headers) all.NODE_INCLUDE_DIR = `${headers}/include/node`;
  const flags = Object.entries(all).map(([name, value]) => `-D${name}=${value}`);
  mustRunQuietly('cmake', ['-S', '.', '-B', folder, ...flags], {
    failure: 'CMake could not configure the native tests; its message stands above',
  });
}

/** The same, and builds some of its targets. */
export function buildWithCMake(folder, targets, definitions) {
  configureCMake(folder, definitions);
  const jobs = String(os.availableParallelism());
  const args = ['--build', folder, '--parallel', jobs, '--target', ...targets];
  const { status, output } = capture('cmake', args);
  if (status !== 0 || output.includes('warning:')) process.stderr.write(output);
  if (status !== 0) throw new Failure('the native tests did not build');
}

/** Runs ctest and answers what scripts/support/summary.mjs prints. */
export function runNativeTests(folder, filter = '') {
  const log = inRoot(folder, 'Testing/Temporary/LastTest.log');
  fs.rmSync(log, { force: true });
  const args = ['--test-dir', folder, '--output-on-failure', '--no-tests=error'];
  const status = run('ctest', args, { env: { ...process.env, SAEA_TEST_FILTER: filter } });
  const text = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
  return { name: 'native', ok: status === 0, ...countNativeTests(text) };
}

/** Counts what test/native/support/test.cc printed, as it stands in ctest's log. */
export function countNativeTests(log) {
  const counts = { files: 0, passed: 0, failed: 0, skipped: [] };
  for (const program of log.split(/^\d+\/\d+ Testing: /m).slice(1)) {
    const lines = program.split('\n');
    const starting = mark => lines.filter(line => line.startsWith(mark));
    const ended = lines.some(line => /^\d+ tests passed, \d+ failed, \d+ skipped$/.test(line));
    counts.files += 1;
    counts.passed += starting('  ok   ').length;
    counts.failed += starting('  FAIL ').length + (ended ? 0 : 1); // no last line: it crashed
    counts.skipped.push(...starting('  skip ').map(line => line.slice('  skip '.length)));
  }
  return counts;
}

// A tree that was copied, build/ and all, carries a cache that belongs to the original.
function forgetOtherTree(folder) {
  const cache = inRoot(folder, 'CMakeCache.txt');
  if (!fs.existsSync(cache)) return;
  const home = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(fs.readFileSync(cache, 'utf8'))?.[1];
  if (home === undefined || fs.realpathSync(root) !== realPath(home)) {
    fs.rmSync(inRoot(folder), { recursive: true });
  }
}

function realPath(file) {
  return fs.existsSync(file) ? fs.realpathSync(file) : file;
}
