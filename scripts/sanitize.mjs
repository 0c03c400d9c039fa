// `npm run test:sanitize`: the native tests and the jest suite once more, with the addon built under
// the address and the undefined-behaviour sanitizer. Arguments go to jest. Leaks count too.
//
// The instrumented addon lies apart, and the loader is told where: the ordinary one in
// build/Release stays as it is.

import { inRoot } from './support/paths.mjs';
import { runJest } from './support/jest.mjs';
import { buildWithCMake, runNativeTests } from './support/native-tests.mjs';
import { Failure, capture, findProgram, main, mustRun } from './support/run.mjs';
import { readReports, reportInto } from './support/sanitizer-reports.mjs';
import { printSummary } from './support/summary.mjs';

const folder = 'build/sanitize';
const addon = inRoot(folder, 'socket_async_event_args.node');
const say = text => process.stdout.write(`sanitize: ${text}\n`);

/** The runtime that must be in the process before node is: node itself is not instrumented. */
function preloadedRuntime() {
  if (process.platform !== 'linux') throw new Failure('the sanitizers are set up for Linux alone');
  const compiler = findProgram(process.env.CXX, 'g++');
  if (!compiler) throw new Failure('g++ is missing');
  const path = capture(compiler, ['-print-file-name=libasan.so']).output.trim();
  if (!path.startsWith('/')) {
    throw new Failure(`${compiler} has no libasan.so (only g++ is set up)`);
  }
  return path;
}

// Without this a loader that ignores SAEA_BINDING would let every finding go unseen.
function mustLoadInstrumented(env) {
  const probe = `
    require('./dist/lib/internal/binding.js');
    const loaded = process.report.getReport().sharedObjects;
    process.exitCode = loaded.includes(process.env.SAEA_BINDING) ? 0 : 1;`;
  mustRun(process.execPath, ['-e', probe], {
    env: { ...process.env, ...env },
    failure: 'the instrumented addon does not load; a message may stand above',
  });
}

await main('sanitize', () => {
  const begin = performance.now();
  const reports = 'build/sanitize-reports';
  const env = { LD_PRELOAD: preloadedRuntime(), SAEA_BINDING: addon, ...reportInto(reports) };
  say('building the native tests and the addon…');
  buildWithCMake(folder, ['native_tests', 'socket_async_event_args'], {
    SAEA_SANITIZE: 'address,undefined',
  });
  say('running the native tests…');
  const native = runNativeTests(folder);
  say('running the jest suite…');
  mustLoadInstrumented(env);
  // In one process, which then ends in the ordinary way: that is when leaks are looked for.
  const jest = runJest(['--runInBand', '--testTimeout=120000', ...process.argv.slice(2)], env);
  const findings = readReports(reports);
  for (const finding of findings) process.stdout.write(`\n${finding}\n`);
  const remarks = ['', `  sanitizer findings: ${findings.length}`];
  const good = printSummary([native, jest], (performance.now() - begin) / 1000, remarks);
  if (!good || findings.length > 0) process.exitCode = 1;
});
