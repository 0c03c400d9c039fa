// `npx socket-async-event-args doctor`, as a user runs it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { dist, startProgram, type Ended } from '../support/child.js';

const { version, bin } = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as {
  version: string;
  bin: Record<string, string>;
};

function run(args: string[], nodeArgs: string[] = []): Promise<Ended> {
  return startProgram('bin/socket-async-event-args.js', args, { nodeArgs }).ended;
}

test('package.json names the program, and the program begins as a script', () => {
  expect(bin).toEqual({ 'socket-async-event-args': 'dist/bin/socket-async-event-args.js' });
  const text = readFileSync(join(dist, 'bin/socket-async-event-args.js'), 'utf8');
  expect(text.split('\n', 1)).toEqual(['#!/usr/bin/env node']);
});

test('doctor names the platform, Node, the limits and the binary, and measures an echo', async () => {
  const { code, stdout, stderr } = await run(['doctor']);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.shift()).toBe(`socket-async-event-args ${version}`);
  expect(lines.pop()).toBe('It works here.');
  const rows = new Map(lines.map(line => [line.slice(2, 15).trim(), line.slice(15)]));
  expect([...rows.keys()]).toEqual([
    'platform',
    'Node.js',
    'open files',
    'listen queue',
    'binary',
    'system calls',
    'echo',
  ]);
  expect(rows.get('platform')).toContain(`${process.platform} ${process.arch}`);
  expect(rows.get('Node.js')).toContain(process.versions.node);
  expect(rows.get('binary')).toMatch(/\.node$/);
  expect(rows.get('system calls')).toMatch(
    /^sends and receives of a turn share them|^one for each/,
  );
  const rate = /^([\d,]+) round trips per second/.exec(rows.get('echo') ?? '')?.[1] ?? '';
  expect(Number(rate.replaceAll(',', ''))).toBeGreaterThan(0);
  expect(code).toBe(0);
});

test('doctor says why no binary is loaded, and ends with 1', async () => {
  const { code, stdout } = await run(['doctor'], ['--no-addons']);
  expect(stdout).toMatch(/binary {7}ERR_SAEA_ADDONS_DISABLED: /);
  expect(stdout).not.toContain('echo');
  expect(stdout).toMatch(/It does not work here\.\n$/);
  expect(code).toBe(1);
});

test('the program explains itself when it is not understood', async () => {
  const wrong = await run(['dctor']);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/^Usage: npx socket-async-event-args doctor/);
  const help = await run(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: /);
});
