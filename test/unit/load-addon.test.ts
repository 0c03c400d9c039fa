// Which file the addon is loaded from, on every platform and in every place that the package's
// code can be; the processes here are made up.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BindingError } from '../../lib/internal/binding-error.js';
import type { GivenBinding } from '../../lib/internal/given-binding.js';
import type { Host } from '../../lib/internal/host.js';
import { loadAddon, prebuiltPath, type LoadedAddon } from '../../lib/internal/load-addon.js';
import { dist } from '../support/child.js';

const manifest = '{"name":"socket-async-event-args"}';
const root = '/app/node_modules/socket-async-event-args';

interface MadeUp extends Partial<Host> {
  /** Text of the files that there are; an Error is thrown when the file is loaded. */
  readonly files?: Readonly<Record<string, string | Error>>;
}

/** The same path on every system: these tests run on Windows too. */
function plain(path: string): string {
  return path.replaceAll(/\b[A-Z]:(?=\\)/g, '').replaceAll('\\', '/');
}

function hostOf({ files = {}, ...rest }: MadeUp): Host {
  return {
    platform: 'linux',
    arch: 'x64',
    versions: { node: '20.20.2' },
    named: undefined,
    sharesCalls: true,
    folder: `${root}/dist/lib/internal`,
    workingFolder: '/app',
    libc: () => 'glibc',
    isFile: path => plain(path) in files,
    readText: path => String(files[plain(path)]),
    resolve: () => {
      throw new Error('Cannot find module');
    },
    load: path => {
      const content = files[plain(path)];
      if (content instanceof Error) throw content;
      return { path };
    },
    ...rest,
  };
}

function load(madeUp: MadeUp, given?: GivenBinding): LoadedAddon {
  const { addon, path } = loadAddon(hostOf(madeUp), given);
  return { addon, path: path === undefined ? undefined : plain(path) };
}

function failure(madeUp: MadeUp, given?: GivenBinding): BindingError {
  try {
    load(madeUp, given);
  } catch (error) {
    if (error instanceof BindingError) return error;
    throw error;
  }
  throw new Error('An addon was loaded.');
}

const installed = { [`${root}/package.json`]: manifest };
const prebuilt = `${root}/prebuilds/linux-x64/socket-async-event-args.glibc.node`;

const platforms = [
  ['linux', 'x64', 'glibc', 'linux-x64/socket-async-event-args.glibc.node', 'linux-x64'],
  ['linux', 'x64', 'musl', 'linux-x64/socket-async-event-args.musl.node', 'linux-x64-musl'],
  ['linux', 'arm64', 'glibc', 'linux-arm64/socket-async-event-args.glibc.node', 'linux-arm64'],
  ['linux', 'arm64', 'musl', 'linux-arm64/socket-async-event-args.musl.node', 'linux-arm64-musl'],
  ['linux', 'arm', 'glibc', 'linux-arm/socket-async-event-args.armv7.glibc.node', 'linux-arm'],
  ['darwin', 'x64', undefined, 'darwin-x64/socket-async-event-args.node', 'darwin-x64'],
  ['darwin', 'arm64', undefined, 'darwin-arm64/socket-async-event-args.node', 'darwin-arm64'],
  ['win32', 'x64', undefined, 'win32-x64/socket-async-event-args.node', 'win32-x64'],
  ['win32', 'arm64', undefined, 'win32-arm64/socket-async-event-args.node', 'win32-arm64'],
] as const;

describe.each(platforms)('on %s %s %s', (platform, arch, libc, file, entry) => {
  function askLibc(): 'glibc' | 'musl' {
    if (libc === undefined) throw new Error('There is only one C library here.');
    return libc;
  }

  test('the loader takes the binary of that platform', () => {
    expect(prebuiltPath({ platform, arch, libc: askLibc })).toBe(join('prebuilds', file));
  });

  test('the entry for bundlers names the same file, literally', () => {
    const text = readFileSync(join(dist, `lib/prebuilt/${entry}.js`), 'utf8');
    expect(text).toContain(`require('../../../prebuilds/${file}')`);
  });
});

test('there is an entry for bundlers for each platform, and no other', () => {
  const files = readdirSync(join(dist, 'lib/prebuilt')).filter(file => file.endsWith('.js'));
  const entries = platforms.map(([, , , , entry]) => `${entry}.js`);
  expect(files.sort()).toEqual([...entries].sort());
});

test('a local build goes before the binary that came with the package', () => {
  const files = {
    ...installed,
    [prebuilt]: '',
    [`${root}/build/Debug/socket_async_event_args.node`]: '',
  };
  expect(load({ files }).path).toBe(`${root}/build/Debug/socket_async_event_args.node`);
  const both = { ...files, [`${root}/build/Release/socket_async_event_args.node`]: '' };
  expect(load({ files: both }).path).toBe(`${root}/build/Release/socket_async_event_args.node`);
});

test('a local build that cannot be loaded gives way to the binary that came along', () => {
  const build = `${root}/build/Release/socket_async_event_args.node`;
  const files = { ...installed, [build]: new Error('of another system'), [prebuilt]: '' };
  expect(load({ files }).path).toBe(prebuilt);
});

test('nothing but the file named by SAEA_BINDING is tried where there is one', () => {
  const files = { ...installed, [prebuilt]: '', '/app/mine.node': '' };
  expect(load({ files, named: 'mine.node' }).path).toBe('/app/mine.node');
  expect(load({ files, named: 'mine.node' }, { given: 1 }).path).toBe('/app/mine.node');
  const { code, message } = failure({ files, named: '/elsewhere.node' });
  expect(code).toBe('ERR_SAEA_NO_BINARY');
  expect(plain(message)).toContain('/elsewhere.node: no such file');
  expect(message).not.toContain('prebuilds');
});

test('an addon that the program loaded itself is taken as it is', () => {
  const addon = { open: () => ({}) };
  expect(load({ files: installed }, addon)).toEqual({ addon, path: undefined });
});

test('a path that the program gave is the only one tried, from the folder of the code', () => {
  const files = { ...installed, [prebuilt]: '', '/opt/a.node': '', '/out/b.node': '' };
  expect(load({ files }, '/opt/a.node').path).toBe('/opt/a.node');
  expect(load({ files, folder: '/out' }, './b.node').path).toBe('/out/b.node');
  expect(plain(failure({ files }, '/opt/c.node').message)).toContain('/opt/c.node: no such file');
});

test('in a bundle the binary is looked for beside it, then in node_modules', () => {
  const beside = '/out/prebuilds/linux-x64/socket-async-event-args.glibc.node';
  const resolve = (from: string, name: string): string => {
    expect([plain(from), name]).toEqual(['/out', 'socket-async-event-args/package.json']);
    return `${root}/package.json`;
  };
  const inBundle = { folder: '/out', resolve };
  // The program's own package.json is not ours.
  const files = { '/out/package.json': '{"name":"app"}', '/package.json': '{}', [prebuilt]: '' };
  expect(load({ ...inBundle, files }).path).toBe(prebuilt);
  expect(load({ ...inBundle, files: { ...files, [beside]: '' } }).path).toBe(beside);
});

test('in a bundle that is an ES module the working folder is where the search starts', () => {
  const resolve = (from: string): string => {
    expect(plain(from)).toBe('/app');
    return `${root}/package.json`;
  };
  const { path } = load({ folder: undefined, resolve, files: { [prebuilt]: '' } });
  expect(path).toBe(prebuilt);
});

test('without any binary the error lists every file tried and the system’s own words', () => {
  const error = new Error('libstdc++.so.6: cannot open shared object file');
  const found = failure({ files: { ...installed, [prebuilt]: error } });
  expect(found.code).toBe('ERR_SAEA_NO_BINARY');
  expect(found.cause).toBe(error);
  expect(plain(found.message)).toBe(
    [
      'No addon for linux (glibc) on x64, Node.js 20.20.2. Tried:',
      `  ${root}/build/Release/socket_async_event_args.node: no such file`,
      `  ${root}/build/Debug/socket_async_event_args.node: no such file`,
      `  ${prebuilt}: ${error.message}`,
      'To build it, in the folder of the package: npx cmake-js (docs/platforms.md).',
    ].join('\n'),
  );
});

test('an addon that Node itself refuses is told apart, with the flag that allows it', () => {
  const refusal = Object.assign(new Error('Cannot load native addon'), {
    code: 'ERR_DLOPEN_DISABLED',
  });
  const found = failure({ files: { ...installed, [prebuilt]: refusal } });
  expect(found.code).toBe('ERR_SAEA_ADDONS_DISABLED');
  expect(found.message).toContain('--allow-addons');
  expect(found.cause).toBe(refusal);
});

test.each(['bun', 'deno'])('on %s no addon is loaded, and the error says what to use', runtime => {
  const versions = { node: '24.0.0', [runtime]: '1.0.0' };
  const load = (): never => {
    throw new Error('The addon was loaded.');
  };
  const found = failure({ versions, load, files: { ...installed, [prebuilt]: '' } });
  expect(found.code).toBe('ERR_SAEA_UNSUPPORTED_RUNTIME');
  expect(found.message).toContain('node:net');
});
