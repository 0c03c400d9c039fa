// Runs the jest suite, the very same files, on other platforms: Node for Windows under Wine, for
// other processors under qemu. The binaries are those of prebuild.mjs. What an emulator cannot do
// is listed by name in scripts/platform/exceptions.json, and shows as skipped.
//
//   npm run test:platform -- win32-x64                    with the first of its Node versions
//   npm run test:platform -- linux-arm64@20.20.2 accept   that version; the rest is jest's
//   npm run test:platform -- all                          every platform, every version
//   npm run test:platform -- all --write                  puts the results into docs/platforms

import fs from 'node:fs';
import { hosts, prepareHost } from './platform/hosts.mjs';
import { targets } from './prebuild/targets.mjs';
import { recordReports, reportOf } from './platform/record.mjs';
import { jestCommand, readReport, removeReport } from './support/jest.mjs';
import { inRoot, root } from './support/paths.mjs';
import { Failure, main, mustRun, run } from './support/run.mjs';
import { printSummary } from './support/summary.mjs';

const say = text => process.stdout.write(`test-platform: ${text}\n`);

/** [target, version] pairs for an argument. */
function expand(wanted) {
  if (wanted === 'all') {
    return Object.keys(hosts).flatMap(name => hosts[name].nodes.map(version => [name, version]));
  }
  const [name, version] = wanted.split('@');
  if (!(name in hosts)) throw new Failure(`there is no emulator for '${name}'`);
  return [[name, version ?? hosts[name].nodes[0]]];
}

/** The suite on one platform: what printSummary takes, or { missing }. */
function runSuite(name, version, args) {
  const { command, environment, missing } = prepareHost(name, version);
  if (missing !== undefined) return { missing };
  // A part of the suite is no result of the platform.
  const report = args.length > 0 ? inRoot('build/test/part.json') : reportOf(name, version);
  removeReport(report);
  // Wine's programs cannot write to a pipe of Linux: they write to a file, which is shown then.
  const log = `${report}.log`;
  const output = fs.openSync(log, 'w');
  const [program, ...rest] = command;
  const jest = [...jestCommand, '--runInBand', '--no-watchman', '--no-cache', ...args];
  const status = run(program, [...rest, ...jest], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: {
      ...environment,
      SAEA_BINDING: inRoot('prebuilds', targets[name].file),
      SAEA_TEST_EMULATOR: hosts[name].emulator,
      SAEA_TEST_REPORT: report,
    },
  });
  fs.closeSync(output);
  const counts = readReport(report);
  if (status !== 0) process.stdout.write(fs.readFileSync(log, 'utf8'));
  for (const failure of counts.failures) say(`FAILED: ${failure}`);
  return { ok: status === 0, ...counts };
}

await main('test-platform', () => {
  const begin = performance.now();
  const [wanted, ...rest] = process.argv.slice(2);
  const args = rest.filter(arg => arg !== '--write');
  if (wanted === undefined) throw new Failure(`name a platform: ${Object.keys(hosts).join(', ')}`);
  const results = [];
  const remarks = [];
  for (const [name, version] of expand(wanted)) {
    mustRun(process.execPath, [inRoot('scripts/prebuild.mjs'), name]);
    say(`the jest suite on ${name}, Node ${version}…`);
    const result = runSuite(name, version, args);
    if (result.missing) remarks.push('', `${name} SKIPPED: ${result.missing}`);
    else results.push({ name: `${name}@${version}`, ...result });
  }
  if (rest.includes('--write')) recordReports();
  if (!printSummary(results, (performance.now() - begin) / 1000, remarks)) process.exitCode = 1;
});
