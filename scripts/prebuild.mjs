// Makes binaries for other platforms, and looks at each: format, libraries, the oldest system that
// can load it. What cannot be made for lack of a compiler is named at the end.
//
//   npm run prebuild                             all targets (scripts/prebuild/targets.mjs)
//   npm run prebuild -- win32-x64 linux-arm64    these
//   npm run prebuild -- --check darwin-arm64     only shows that it can be made: zig's C++ library,
//                                                which takes a minute to compile, is left out where
//                                                the system would have one, and prebuilds/ as it is

import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { hashInputs, isFresh, writeStamp } from './support/stamp.mjs';

const addon = 'socket_async_event_args.node';
const alone = 'SAEA_PREBUILD_ALONE'; // set for a process that has others beside it

const onlyCheck = process.argv.includes('--check');
const say = text => process.stdout.write(`prebuild: ${text}\n`);

// For each set of flags zig compiles its C++ library anew, which takes a minute; CMake's questions to
// the compiler would have it do so for programs that nobody wants. So they are answered here.
const zigDefinitions = {
  CMAKE_CXX_COMPILER_ID_RUN: 'ON',
  CMAKE_CXX_COMPILER_ID: 'Clang',
  CMAKE_CXX_COMPILER_VERSION: '21',
  CMAKE_CXX_COMPILER_FORCED: 'ON',
  CMAKE_CXX_STANDARD_COMPUTED_DEFAULT: '17',
  CMAKE_CXX_EXTENSIONS_COMPUTED_DEFAULT: 'OFF',
  CMAKE_MODULE_LINKER_FLAGS: '-s', // it comes without a strip
};

function definitionsOf(target, headers, folder) {
  const definitions = {
    CMAKE_BUILD_TYPE: 'Release',
    CMAKE_SYSTEM_NAME: target.system,
    CMAKE_CXX_COMPILER: target.compiler.join(';'),
    NODE_INCLUDE_DIR: headers,
    SAEA_TESTS: 'OFF',
  };
  if (target.zig) Object.assign(definitions, zigDefinitions);
  // Windows alone wants to know every symbol when it links.
  if (target.zig && onlyCheck && target.system !== 'Windows') {
    definitions.CMAKE_MODULE_LINKER_FLAGS += ' -nostdlib++';
  }
  if (target.system === 'Darwin') {
    definitions.CMAKE_OSX_SYSROOT = '';
    definitions.CMAKE_PROJECT_INCLUDE = inRoot('scripts/prebuild/zig-darwin.cmake');
  }
  if (target.system === 'Windows') {
    definitions.SAEA_HOST_FUNCTIONS = makeHostFunctions(target, headers, `${folder}/host`);
  }
  return Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
}

/** Builds one target; answers the path of its binary. */
function build(target, headers) {
  const folder = `build/prebuild${onlyCheck ? '-check' : ''}/${target.name}`;
  const options = { env: { ...process.env, ...target.environment } };
  const flags = definitionsOf(target, headers, folder);
  const inputs = hashInputs([], flags);
  // CMake holds on to the compiler that it found first.
  if (!isFresh(folder, inputs)) fs.rmSync(inRoot(folder, 'CMakeCache.txt'), { force: true });
  writeStamp(folder, inputs);
  mustRunQuietly('cmake', ['-S', '.', '-B', folder, ...flags], options);
  const jobs = process.env[alone] ? '1' : String(os.availableParallelism());
  const args = ['--build', folder, '--target', 'socket_async_event_args', '--parallel', jobs];
  mustRunQuietly('cmake', args, options);
  if (onlyCheck) return inRoot(folder, addon);
  const binary = inRoot('prebuilds', target.file);
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  fs.copyFileSync(inRoot(folder, addon), binary);
  if (target.strip) mustRunQuietly(target.strip, [binary]);
  return binary;
}

/** Makes one, says so, and answers what is wrong with it. */
function makeOne(target, headers) {
  const begin = performance.now();
  const binary = build(target, headers);
  const faults = findFaults(target, binary);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  say(`${target.file}, ${Math.ceil(fs.statSync(binary).size / 1000)} kB, ${seconds} s`);
  for (const fault of faults) say(`${target.name}: ${fault}`);
  return faults;
}

/** One process of this script for each, as many at a time as there are processors; failures. */
async function makeSeveral(names) {
  const waiting = [...names];
  const failed = [];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const env = { ...process.env, [alone]: '1' };
      const args = [process.argv[1], name, ...(onlyCheck ? ['--check'] : [])];
      const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
      const [status] = await once(child, 'exit');
      if (status !== 0) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  return failed;
}

await main('prebuild', async () => {
  let chosen;
  try {
    chosen = chooseTargets(process.argv.slice(2).filter(name => name !== '--check'));
  } catch (error) {
    throw new Failure(`there is no target '${error.message}'`);
  }
  const headers = findHeaders();
  if (!headers) throw new Failure('there are no headers of Node: run npm run setup');
  const missing = ensurePackages(['llvm-readobj'], ['llvm']);
  if (missing) throw new Failure(missing);
  // Tools are installed by one process, one after the other.
  const prepared = chosen.map(prepareTools);
  const ready = prepared.flatMap(({ target }) => target ?? []);
  const include = path.join(headers, 'include', 'node');
  const failed =
    ready.length > 1
      ? await makeSeveral(ready.map(({ name }) => name))
      : ready.filter(target => makeOne(target, include).length > 0);
  chosen.forEach(({ name }, index) => {
    if (prepared[index].missing) say(`${name}: SKIPPED: ${prepared[index].missing}`);
  });
  if (failed.length > 0) process.exitCode = 1;
});
