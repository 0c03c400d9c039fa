// The package as it is found by its name, by both module systems and in several copies.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { dist, nodeCommand, succeedFixture } from '../support/child.js';
import { patience } from '../support/deadline.js';

const run = promisify(execFile);

/** Runs a text as a module of this package's folder, where its own name resolves to it. */
async function evaluate(type: 'commonjs' | 'module', code: string): Promise<string> {
  const args = [`--input-type=${type}`, '--eval', code];
  const { stdout, stderr } = await run(...nodeCommand(args), {
    cwd: join(dist, '..'),
    timeout: 15_000 * patience,
  });
  expect(stderr).toBe('');
  return stdout.trim();
}

test('require gives the package by its name', async () => {
  const code = `
    const { Socket, SocketType, ProtocolType } = require('socket-async-event-args');
    console.log(new Socket(SocketType.Stream, ProtocolType.Tcp).connected);`;
  expect(await evaluate('commonjs', code)).toBe('false');
});

test('import gives the package by its name', async () => {
  const code = `
    import { Socket, SocketType, ProtocolType } from 'socket-async-event-args';
    console.log(new Socket(SocketType.Stream, ProtocolType.Tcp).connected);`;
  expect(await evaluate('module', code)).toBe('false');
});

test('import and require give the same names, and under them the same things', async () => {
  const code = `
    import * as imported from 'socket-async-event-args';
    import { createRequire } from 'node:module';
    const required = createRequire(import.meta.resolve('socket-async-event-args'))(
      'socket-async-event-args');
    const names = Object.keys(required).filter(name => name !== '__esModule');
    const missing = names.filter(name => !(name in imported));
    const others = names.filter(name => imported[name] !== required[name]);
    console.log(names.length > 40, JSON.stringify({ missing, others }));`;
  expect(await evaluate('module', code)).toBe('true {"missing":[],"others":[]}');
});

test('an instance of the imported class is one of the required class', async () => {
  const code = `
    const { SocketAsyncEventArgs } = require('socket-async-event-args');
    import('socket-async-event-args').then(imported => {
      console.log(new imported.SocketAsyncEventArgs() instanceof SocketAsyncEventArgs);
      console.log(imported.default === undefined || imported.default === require('socket-async-event-args'));
    });`;
  expect(await evaluate('commonjs', code)).toBe('true\ntrue');
});

test('what is inside the package cannot be reached', async () => {
  const code = `
    for (const path of ['dist/lib/internal/binding.js', 'lib/index.js', 'build/Release']) {
      try { require('socket-async-event-args/' + path); console.log(path); }
      catch (error) { console.log(error.code); }
    }
    console.log(require('socket-async-event-args/package.json').name);`;
  const code404 = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  const expected = [code404, code404, code404, 'socket-async-event-args'].join('\n');
  expect(await evaluate('commonjs', code)).toBe(expected);
});

test('loading the package alone lets the process end', async () => {
  expect(await evaluate('commonjs', `require('socket-async-event-args')`)).toBe('');
});

// Node loads an addon once per thread, so all copies of the package's JavaScript share it: as when
// jest loads the package for each test file anew.
test('several copies of the package in one process do not disturb one another', async () => {
  const stdout = await succeedFixture('copies', ['together']);
  expect(stdout).toBe('3\nfirst 0,second 0,first 1,second 1,first 2,second 2\n');
});

test('copies of the package that are forgotten leave nothing in memory', async () => {
  const stdout = await succeedFixture('copies', ['forgotten'], { nodeArgs: ['--expose-gc'] });
  expect(stdout).toBe('0\n');
});

test("a copy of the package that goes does not deafen Node's own sockets", async () => {
  const options = { nodeArgs: ['--expose-gc'] };
  const stdout = await succeedFixture('copies', ['forgottenBesideNet'], options);
  expect(stdout).toBe('true\nx\nx\nx\nx\n');
});

test('an operation in flight keeps the copy of the package that it was started with', async () => {
  const options = { nodeArgs: ['--expose-gc'] };
  expect(await succeedFixture('copies', ['forgottenInFlight'], options)).toBe('accepted\n');
});
