// What keeps the process alive: operations that wait, on sockets that are referenced.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import '../support/leak-audit.js';
import { nodeCommand } from '../support/child.js';
import { patience } from '../support/deadline.js';
import { begin } from '../support/operations.js';
import { connectTo, eventArgs, listener, tcpSocket, tracked } from '../support/sockets.js';

const fixture = join(__dirname, '../fixtures/references.js');

/** Whether a process that does so goes on by itself. */
function staysAlive(scenario: string): boolean {
  const timeout = 15_000 * patience;
  const ended = spawnSync(...nodeCommand([fixture, scenario]), { timeout, encoding: 'utf8' });
  expect(ended).toMatchObject({ status: 0, signal: null, stderr: '' });
  return ended.stdout === 'alive';
}

test.each([
  ['an accept waits', 'pending'],
  ['its socket is referenced again', 'referencedAgain'],
  ['one of two sockets is not referenced', 'oneOfTwo'],
  ['a socket closes with a timeout', 'closingSlowly'],
])('a process goes on while %s', (_what, scenario) => {
  expect(staysAlive(scenario)).toBe(true);
});

test.each([
  ['a socket is open, and nothing waits on it', 'open'],
  ['a socket is connected, and nothing waits on it', 'connected'],
  ['the socket was not referenced when an operation began', 'unreferencedBefore'],
  ['the socket of an operation is not referenced any more', 'unreferencedAfter'],
  ['what waited is aborted', 'closed'],
])('a process ends though %s', (_what, scenario) => {
  expect(staysAlive(scenario)).toBe(false);
});

test('hasRef tells, ref and unref give the socket back', () => {
  const socket = tcpSocket();
  expect(socket.hasRef()).toBe(true);
  expect(socket.unref()).toBe(socket);
  expect(socket.hasRef()).toBe(false);
  expect(socket.unref().hasRef()).toBe(false);
  expect(socket.ref()).toBe(socket);
  expect(socket.hasRef()).toBe(true);
});

test('a closed socket can be referenced and unreferenced', () => {
  const socket = tcpSocket();
  socket.dispose();
  expect(socket.unref().hasRef()).toBe(false);
  expect(socket.ref().hasRef()).toBe(true);
});

test('an operation on a socket that is not referenced completes as any other', async () => {
  const listening = listener().unref();
  const e = eventArgs();
  const accepting = begin(e, each => listening.acceptAsync(each));
  await connectTo(listening);
  await accepting.outcome;
  const accepted = e.acceptSocket;
  expect(accepted?.hasRef()).toBe(true); // a socket of its own
  accepted?.dispose();
});

test('a socket that is not referenced stays so when it is accepted into', async () => {
  const target = tracked(tcpSocket()).unref();
  const listening = listener();
  const e = eventArgs();
  e.acceptSocket = target;
  const accepting = begin(e, each => listening.acceptAsync(each));
  await connectTo(listening);
  await accepting.outcome;
  expect(target.hasRef()).toBe(false);
  expect(target.connected).toBe(true);
});
