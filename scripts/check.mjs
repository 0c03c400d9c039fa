// `npm run check`: all that CI asks of a change, sanitizers excepted. `--fast` leaves out the tests.

import { findClang } from './support/clang.mjs';
import { inRoot, toolPath } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { runSteps } from './support/steps.mjs';

const node = (...args) => run(process.execPath, args) === 0;
const script = (name, ...args) => node(inRoot('scripts', name), ...args);

const steps = [
  // Builds; the compiler is the type check.
  { name: 'build and types', body: () => script('setup.mjs') },
  { name: 'format', body: () => script('format.mjs', '--check') },
  { name: 'eslint', body: () => node(toolPath('eslint/bin/eslint.js'), '.') },
  {
    name: 'docs/conformance.md',
    body: () => node(inRoot('dist/test/conformance/comparison/document.js'), '--check'),
  },
  { name: 'tidy', body: () => script('tidy.mjs') },
  // docs/performance.md says what bench/results say.
  { name: 'performance page', body: () => node(inRoot('dist/bench/report.js'), '--check') },
  { name: 'code in documents', body: () => script('examples.mjs') },
  { name: 'public surface', body: () => script('api-report.mjs', '--check') },
  { name: 'workflows', body: () => script('actionlint.mjs') },
  {
    name: 'clang-tidy',
    body: () => script('clang-tidy.mjs'),
    missing: findClang('clang-tidy') ? undefined : 'clang-tidy',
  },
];
if (!process.argv.includes('--fast')) {
  steps.push({ name: 'tests', body: () => script('test.mjs') });
}

const good = await runSteps('check', steps);
if (!findClang('clang-format')) process.stdout.write('  C++ formatting was not checked\n');
process.exitCode = good ? 0 : 1;
