// Members called on what is no socket or no event args: the engine throws TypeError, and nothing of
// it reaches native.

import { Socket, SocketAsyncEventArgs } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs, tcpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

type Member = readonly [name: string, call: (receiver: unknown) => unknown];

/** Arguments that pass the checks that come before the receiver is looked at. */
const goodArguments: Record<string, readonly unknown[]> = {
  emit: ['completed', null, null],
  listenerCount: ['completed'],
  listeners: ['completed'],
  rawListeners: ['completed'],
};
const withHandler = ['on', 'once', 'off', 'addListener', 'removeListener'];
for (const name of [...withHandler, 'prependListener', 'prependOnceListener']) {
  goodArguments[name] = ['completed', () => undefined];
}

/** They need no state of their own, so that any receiver will do; or forward to its dispose(). */
const stateless: readonly (string | symbol)[] = [
  'constructor',
  'duplicateAndClose',
  'equals',
  'getHashCode',
  'getMaxListeners',
  'setIPProtectionLevel',
  'setMaxListeners',
  'toString',
  'useOnlyOverlappedIO',
  Symbol.dispose,
];

/** All methods and accessors of a class, those that it inherits among them. */
function membersOf(prototype: object): Member[] {
  const members: Member[] = [];
  for (let each = prototype; each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    const properties = Object.getOwnPropertyDescriptors(each) as Record<string, PropertyDescriptor>;
    for (const name of Reflect.ownKeys(properties)) {
      if (stateless.includes(name)) continue;
      members.push(...callsOf(String(name), properties[name as string]));
    }
  }
  return members;
}

function callsOf(name: string, property: PropertyDescriptor): Member[] {
  const { get, set } = property;
  const method: unknown = property.value;
  const calls: Member[] = [];
  if (get) calls.push([`get ${name}`, receiver => Reflect.apply(get, receiver, [])]);
  if (set) calls.push([`set ${name}`, receiver => Reflect.apply(set, receiver, [null])]);
  if (typeof method === 'function') {
    calls.push([name, receiver => Reflect.apply(method, receiver, goodArguments[name] ?? [])]);
  }
  return calls;
}

const sockets = membersOf(Socket.prototype);
const args = membersOf(SocketAsyncEventArgs.prototype);

test('there are members to be looked at', () => {
  expect(sockets.map(([name]) => name)).toContain('receiveAsync');
  expect(args.map(([name]) => name)).toEqual(expect.arrayContaining(['set bufferList', 'once']));
});

test.each(sockets)('%s of a socket throws TypeError on another receiver', (_name, call) => {
  const receivers = [undefined, null, 1, {}, () => 1, eventArgs(), Object.create(Socket.prototype)];
  for (const receiver of receivers) expect(thrownBy(() => call(receiver))).toBe('TypeError');
});

test.each(args)('%s of event args throws TypeError on another receiver', (name, call) => {
  const fake = Object.create(SocketAsyncEventArgs.prototype) as unknown;
  for (const receiver of [undefined, null, 1, {}, () => 1, tcpSocket(), fake]) {
    // What is refused for its value first is refused all the same.
    const expected = name.startsWith('set ') ? /^(TypeError|Argument)/ : /^TypeError$/;
    expect(thrownBy(() => call(receiver))).toMatch(expected);
  }
});

test.each([Socket, SocketAsyncEventArgs])('%p throws TypeError when it is called', type => {
  expect(thrownBy(() => Reflect.apply(type, undefined, [2, 1, 6]))).toBe('TypeError');
});

test('an object that only looks like event args is refused, and the socket goes on', async () => {
  const { client, server } = await connectedPair();
  const fake = Object.create(SocketAsyncEventArgs.prototype) as SocketAsyncEventArgs;
  for (const start of [
    () => client.receiveAsync(fake),
    () => client.sendAsync(fake),
    () => client.disconnectAsync(fake),
    () => client.connectAsync(fake),
    () => client.acceptAsync(fake),
    () => Socket.cancelConnectAsync(fake),
  ]) {
    expect(thrownBy(start)).toBe('ArgumentException(e)');
  }
  const e = eventArgs(4);
  await send(server, Buffer.from('a'));
  await succeed(e, each => client.receiveAsync(each));
});

test('an object that only looks like a socket is refused as acceptSocket', () => {
  const fake = Object.create(Socket.prototype) as Socket;
  expect(thrownBy(() => (eventArgs().acceptSocket = fake))).toBe('ArgumentException(value)');
});
