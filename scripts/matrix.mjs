// `npm run test:matrix`: the jest suite under every version of Node that is served, over one binary,
// the one that the package carries; and under this Node over an addon whose host refuses external
// array buffers, as Electron does, and io_uring, as many containers do.
//
//   npm run test:matrix -- 26          the versions that begin so, or `external`
//   npm run test:matrix -- this        the Node that runs it, whichever that is
//   npm run test:matrix -- --write     puts the results into docs/platforms.md

import path from 'node:path';
import { prebuiltFile } from './support/binary.mjs';
import { packageName } from './support/headers.mjs';
import { runJest } from './support/jest.mjs';
import { buildWithCMake } from './support/native-tests.mjs';
import { installApart } from './support/npm.mjs';
import { inRoot } from './support/paths.mjs';
import { recordRun, writeDocuments } from './support/platforms.mjs';
import { Failure, main, mustRun } from './support/run.mjs';
import { printSummary } from './support/summary.mjs';

const versions = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];
const say = text => process.stdout.write(`\nmatrix: ${text}\n`);

function nodeOf(version) {
  if (version === process.versions.node) return process.execPath;
  const name = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return path.join(installApart(packageName(), version), name);
}

function runUnder(version, binding) {
  say(`the suite under Node.js ${version}…`);
  const result = runJest([], { SAEA_BINDING: binding }, nodeOf(version));
  return { node: version, how: '', result: { ...result, name: version } };
}

function runWithoutExternalBuffers() {
  say('the suite where external array buffers fail, and io_uring is not used…');
  const folder = 'build/no-external-buffers';
  buildWithCMake(folder, ['socket_async_event_args'], { SAEA_NO_EXTERNAL_BUFFERS: 'ON' });
  const binding = inRoot(folder, 'socket_async_event_args.node');
  // What then differs, the tests have to be told.
  const env = { SAEA_BINDING: binding, SAEA_NO_EXTERNAL_BUFFERS: '1', SAEA_IO_URING: '0' };
  const result = runJest([], env);
  const how = 'no external array buffers, no io_uring';
  return { node: process.versions.node, how, result: { ...result, name: 'external' } };
}

async function platformName() {
  const { prebuiltPath } = await import('../dist/lib/internal/load-addon.js');
  const { thisProcess } = await import('../dist/lib/internal/host.js');
  const [, folder, file] = prebuiltPath(thisProcess()).split(path.sep);
  return [folder, ...file.split('.').filter(tag => tag === 'glibc' || tag === 'musl')].join(', ');
}

await main('matrix', async () => {
  const begin = performance.now();
  const args = process.argv.slice(2);
  const wanted = args.filter(arg => !arg.startsWith('--'));
  const isWanted = name => wanted.length === 0 || wanted.some(part => name.startsWith(part));
  mustRun(process.execPath, [inRoot('scripts/binary.mjs')]);
  const binding = prebuiltFile();
  const chosen = wanted.includes('this') ? [process.versions.node] : versions.filter(isWanted);
  const runs = chosen.map(version => runUnder(version, binding));
  if (isWanted('external')) runs.push(runWithoutExternalBuffers());
  if (runs.length === 0) throw new Failure(`no run is called ${wanted.join(' or ')}`);
  if (args.includes('--write')) {
    const platform = await platformName();
    for (const run of runs) recordRun({ platform, ...run });
    writeDocuments();
  }
  const seconds = (performance.now() - begin) / 1000;
  if (
    !printSummary(
      runs.map(run => run.result),
      seconds,
    )
  ) {
    process.exitCode = 1;
  }
});
