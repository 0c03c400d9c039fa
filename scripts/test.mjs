// `npm test`: the native tests (without Node), the jest suite, the tests of the scripts, and one
// summary of all. Runs after setup.mjs.
//
//   npm test                          everything
//   npm test -- receive -t pending    arguments are jest's, and jest alone runs
//   npm test -- --native Ring         native tests alone, those with Ring in their name

import { runJest } from './support/jest.mjs';
import { buildWithCMake, runNativeTests } from './support/native-tests.mjs';
import { filesUnder } from './support/paths.mjs';
import { capture, main } from './support/run.mjs';
import { printSummary } from './support/summary.mjs';

const say = text => process.stdout.write(`test: ${text}\n`);

function nativeTests(filter) {
  say('building the native tests…');
  buildWithCMake('build/cmake', ['native_tests'], {});
  say('running the native tests…');
  return runNativeTests('build/cmake', filter);
}

function jestTests(args) {
  say('running the jest suite…');
  const result = runJest(args);
  // With a name pattern jest calls every other test skipped; a list of those says nothing.
  if (args.some(arg => /^(-t|--testNamePattern)/.test(arg))) result.skipped = [];
  return result;
}

function scriptTests() {
  say('running the tests of the scripts…');
  const files = filesUnder('scripts').filter(file => file.endsWith('.test.mjs'));
  const { status, output } = capture(process.execPath, ['--test', '--test-reporter=tap', ...files]);
  if (status !== 0) process.stderr.write(output);
  const count = what => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const skipped = [...output.matchAll(/^ *ok .* - (.*) # SKIP/gm)].map(match => match[1]);
  const counts = { files: files.length, passed: count('pass'), failed: count('fail'), skipped };
  return { name: 'scripts', ok: status === 0, ...counts };
}

await main('test', () => {
  const begin = performance.now();
  const args = process.argv.slice(2);
  const results = [];
  const remarks = [];
  if (args[0] === '--native') {
    results.push(nativeTests(args[1]));
    remarks.push('', 'only the native tests were asked for');
  } else if (args.length > 0) {
    results.push(jestTests(args));
    remarks.push('', 'only jest was run, as arguments were given');
  } else {
    results.push(nativeTests(), jestTests([]), scriptTests());
  }
  const good = printSummary(results, (performance.now() - begin) / 1000, remarks);
  if (!good) process.exitCode = 1;
});
