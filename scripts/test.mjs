// `npm test`: the native tests (without Node), the jest suite, the tests of the scripts, and one
// summary of all. Runs after setup.mjs.
//
//   npm test                          everything
//   npm test -- receive -t pending    arguments are jest's, and jest alone runs
//   npm test -- --native Ring         native tests alone, those with Ring in their name

import { runJest } from './support/jest.mjs';
import { buildWithCMake, runNativeTests } from './support/native-tests.mjs';
import { filesUnder } from './support/paths.mjs';
import { capture, findProgram, main } from './support/run.mjs';
import { printSummary } from './support/summary.mjs';

const say = text => process.stdout.write(`test: ${text}\n`);

function nativeTests(filter) {
  say('building and running the native tests…');
  buildWithCMake('build/cmake', ['native_tests'], {});
  const results = [runNativeTests('build/cmake', filter)];
  if (hasRealLibuv()) {
    say('the same over the libuv of this system…');
    buildWithCMake('build/cmake-libuv', ['native_tests'], { SAEA_REAL_LIBUV: 'ON' });
    results.push({ ...runNativeTests('build/cmake-libuv', filter), name: 'native/uv' });
  }
  return results;
}

// The engine's tests steer a stand-in for libuv; where there is a libuv to link, and the functions
// that steer it are written, they run over that too.
function hasRealLibuv() {
  const steering = filesUnder('test/native/support').some(file => /\/uv_real[^/]*$/.test(file));
  if (!steering || !findProgram('pkg-config')) return false;
  return capture('pkg-config', ['--exists', 'libuv']).status === 0;
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
    results.push(...nativeTests(args[1]));
    remarks.push('', 'only the native tests were asked for');
  } else if (args.length > 0) {
    results.push(jestTests(args));
    remarks.push('', 'only jest was run, as arguments were given');
  } else {
    results.push(...nativeTests(), jestTests([]), scriptTests());
  }
  const good = printSummary(results, (performance.now() - begin) / 1000, remarks);
  if (!good) process.exitCode = 1;
});
