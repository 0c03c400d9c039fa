// Makes binaries for other platforms, and looks at each: format, libraries, the oldest system that
// can load it. What cannot be made for lack of a compiler is named at the end.
//
//   npm run prebuild                             all targets (scripts/prebuild/targets.mjs)
//   npm run prebuild -- win32-x64 linux-arm64    these

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeHostFunctions } from './prebuild/host-functions.mjs';
import { findFaults } from './prebuild/symbols.mjs';
import { chooseTargets } from './prebuild/targets.mjs';
import { ensurePackages, prepareTools } from './prebuild/tools.mjs';
import { findHeaders } from './support/headers.mjs';
import { inRoot } from './support/paths.mjs';
import { Failure, main, mustRunQuietly } from './support/run.mjs';

const addon = 'socket_async_event_args.node';

const say = text => process.stdout.write(`prebuild: ${text}\n`);

function definitionsOf(target, headers, folder) {
  const definitions = {
    CMAKE_BUILD_TYPE: 'Release',
    CMAKE_SYSTEM_NAME: target.system,
    CMAKE_CXX_COMPILER: target.compiler.join(';'),
    NODE_INCLUDE_DIR: headers,
    SAEA_TESTS: 'OFF',
  };
  if (target.zig) definitions.CMAKE_MODULE_LINKER_FLAGS = '-s'; // it comes without a strip
  if (target.system === 'Darwin') definitions.CMAKE_OSX_SYSROOT = '';
  if (target.system === 'Windows') {
    definitions.SAEA_HOST_FUNCTIONS = makeHostFunctions(target, headers, `${folder}/host`);
  }
  return Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
}

/** Builds one target; answers the path of its binary. */
function build(target, headers) {
  const folder = `build/prebuild/${target.name}`;
  const options = { env: { ...process.env, ...target.environment } };
  fs.mkdirSync(inRoot(folder), { recursive: true });
  const flags = definitionsOf(target, headers, folder);
  mustRunQuietly('cmake', ['-S', '.', '-B', folder, ...flags], options);
  const jobs = String(os.availableParallelism());
  const args = ['--build', folder, '--target', 'socket_async_event_args', '--parallel', jobs];
  mustRunQuietly('cmake', args, options);
  const binary = inRoot('prebuilds', target.file);
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  fs.copyFileSync(inRoot(folder, addon), binary);
  if (target.strip) mustRunQuietly(target.strip, [binary]);
  return binary;
}

/** '' if all is well, or why not. */
function makeOne(wanted, headers) {
  const { target, missing } = prepareTools(wanted);
  if (missing !== undefined) return `SKIPPED: ${missing}`;
  const begin = performance.now();
  const binary = build(target, headers);
  const faults = findFaults(target, binary);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  say(`${target.file}, ${Math.ceil(fs.statSync(binary).size / 1000)} kB, ${seconds} s`);
  return faults.join('; ');
}

await main('prebuild', () => {
  let chosen;
  try {
    chosen = chooseTargets(process.argv.slice(2));
  } catch (error) {
    throw new Failure(`there is no target '${error.message}'`);
  }
  const headers = findHeaders();
  if (!headers) throw new Failure('there are no headers of Node: run npm run setup');
  const missing = ensurePackages(['llvm-readobj'], ['llvm']);
  if (missing) throw new Failure(missing);
  const remarks = chosen.map(target => {
    const remark = makeOne(target, path.join(headers, 'include', 'node'));
    return remark === '' ? '' : `${target.name}: ${remark}`;
  });
  for (const remark of remarks.filter(Boolean)) say(remark);
  if (remarks.some(remark => remark !== '' && !remark.includes('SKIPPED'))) process.exitCode = 1;
});
