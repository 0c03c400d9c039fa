// How the package is loaded in a process of its own: by an addon that the program chose, and where
// Node allows none.

import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { bindingPath } from '../../lib/internal/binding.js';
import { dist, nodeCommand } from '../support/child.js';
import { patience } from '../support/deadline.js';
import { skipUnless } from '../support/skip.js';

const run = promisify(execFile);
const root = join(dist, '..');
const file = bindingPath ?? '';

/** Runs a text in this package's folder, where its own name leads to it. */
async function evaluate(
  code: string,
  nodeArgs: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stdout } = await run(...nodeCommand([...nodeArgs, '--eval', code]), {
    cwd: root,
    env: { ...process.env, ...env },
    timeout: 15_000 * patience,
  });
  return stdout.trim();
}

const print = `console.log(require('./dist/lib/internal/binding.js').bindingPath);`;

test('a path given to useBinding is the addon that is loaded', async () => {
  const code = `
    const { useBinding } = require('socket-async-event-args/use-binding');
    useBinding(process.env.FILE); ${print}`;
  expect(await evaluate(code, [], { FILE: file, SAEA_BINDING: '' })).toBe(file);
});

test('an addon given to useBinding as an object serves, and no file is looked for', async () => {
  const code = `
    const { useBinding } = require('socket-async-event-args/use-binding');
    const addon = { exports: {} };
    process.dlopen(addon, process.env.FILE);
    useBinding(addon.exports);
    const { Socket, SocketType, ProtocolType } = require('socket-async-event-args');
    new Socket(SocketType.Stream, ProtocolType.Tcp).close(); ${print}`;
  expect(await evaluate(code, [], { FILE: file, SAEA_BINDING: '' })).toBe('undefined');
});

// While they are on, every promise of the process gets an id of its own, and costs twice as much.
test("Node's promise hooks stay off, when the package is loaded and when handlers run", async () => {
  const code = `
    const { executionAsyncId } = require('node:async_hooks');
    const saea = require('socket-async-event-args');
    const say = when => Promise.resolve().then(() => console.log(when, executionAsyncId()));
    say('loaded');
    const { Socket, SocketType, ProtocolType, IPEndPoint, IPAddress } = saea;
    const listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
    listener.bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
    listener.listen();
    const accept = new saea.SocketAsyncEventArgs();
    accept.on('completed', () => { say('completed'); listener.close(); });
    listener.acceptAsync(accept);
    const connect = new saea.SocketAsyncEventArgs(true);
    connect.remoteEndPoint = listener.localEndPoint;
    new Socket(SocketType.Stream, ProtocolType.Tcp).connectAsync(connect);`;
  expect(await evaluate(code)).toBe('loaded 0\ncompleted 0');
});

test('useBinding after the package was loaded throws ERR_SAEA_BINDING_IN_USE', async () => {
  const code = `
    require('socket-async-event-args');
    const { useBinding } = require('socket-async-event-args/use-binding');
    try { useBinding('/other.node'); } catch (error) { console.log(error.name, error.code); }`;
  expect(await evaluate(code)).toBe('BindingError ERR_SAEA_BINDING_IN_USE');
});

test('a file that is no half of this package is called a binary of another version', async () => {
  const code = `
    try { require('socket-async-event-args'); }
    catch (error) { console.log(error.code); console.log(error.message); }`;
  const env = { SAEA_BINDING: join(root, 'package.json') };
  const lines = ['ERR_SAEA_WRONG_BINARY', 'The addon is of another version.'];
  expect(await evaluate(code, [], env)).toBe(lines.join('\n'));
});

test('a broken addon fails with its path and the system’s own words', async () => {
  const code = `
    const fs = require('node:fs'); const path = require('node:path');
    const folder = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'saea-'));
    const broken = path.join(folder, 'broken.node');
    fs.writeFileSync(broken, 'not a library');
    process.env.SAEA_BINDING = broken;
    try { require('socket-async-event-args'); } catch (error) {
      console.log(error.code, error.message.includes(broken + ': '), error.cause.code);
    } finally { fs.rmSync(folder, { recursive: true }); }`;
  expect(await evaluate(code)).toBe('ERR_SAEA_NO_BINARY true ERR_DLOPEN_FAILED');
});

test('where Node allows no addons the error says which flag does', async () => {
  const code = `
    try { require('socket-async-event-args'); } catch (error) { console.log(error.code); }`;
  expect(await evaluate(code, ['--no-addons'])).toBe('ERR_SAEA_ADDONS_DISABLED');
});

test('loading the package does not change what reports say of the network', async () => {
  const code = `
    const { libc } = require('./dist/lib/internal/host.js').thisProcess();
    const before = process.report.excludeNetwork;
    console.log(libc(), process.report.excludeNetwork === before || before === undefined);`;
  const expected = process.platform === 'linux' ? /^(glibc|musl) true$/ : /./;
  expect(await evaluate(code)).toMatch(expected);
});

const hasReadelf = ((): boolean => {
  try {
    execFileSync('readelf', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

skipUnless(process.platform === 'linux' && hasReadelf, 'readelf is missing, or it is no ELF file')(
  'the addon asks for all its symbols when it is loaded, not in the middle of a call',
  () => {
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('ELF');
    const dynamic = execFileSync('readelf', ['--dynamic', '--wide', file], { encoding: 'utf8' });
    expect(dynamic).toMatch(/\((FLAGS_1|FLAGS|BIND_NOW)\).*NOW/);
  },
);
