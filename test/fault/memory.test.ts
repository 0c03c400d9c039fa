// The user takes memory away that an operation is to use: before it starts, or while it is in flight.
// Nothing may touch what is gone; the operation reports Fault, and all goes on.

import { MessageChannel } from 'node:worker_threads';

import {
  BufferManager,
  SocketError,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { argsFor, connectedPair, eventArgs, listener, tcpSocket } from '../support/sockets.js';
import { ae, thrownBy } from '../support/thrown.js';
import { receive, receiveAll, send } from '../support/transfer.js';

function post(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(buffer, [buffer]);
  port1.close();
  port2.close();
}

type Transferable = ArrayBuffer & { transfer?: () => ArrayBuffer };

const ways = new Map<string, (buffer: ArrayBuffer) => void>([
  ['structuredClone', buffer => void structuredClone(buffer, { transfer: [buffer] })],
  ['postMessage', post],
]);
// Node 22 and later.
if ('transfer' in ArrayBuffer.prototype) {
  ways.set('transfer', buffer => void (buffer as Transferable).transfer?.());
}

function backing(e: SocketAsyncEventArgs): ArrayBuffer {
  return e.memoryBuffer.buffer as ArrayBuffer;
}

/** The socket and the event args are as good as before: with another buffer they work. */
async function expectReuse(e: SocketAsyncEventArgs, from: Socket, to: Socket): Promise<void> {
  e.bufferList = null;
  e.setBuffer(new Uint8Array(64));
  await send(from, Buffer.from('!'));
  await succeed(e, each => to.receiveAsync(each));
  const got = Buffer.from(e.memoryBuffer).toString('latin1', 0, e.bytesTransferred);
  expect(got.endsWith('!')).toBe(true);
}

describe.each([...ways])('a buffer taken away by %s', (_way, takeAway) => {
  test('before a receive that finds data makes that report Fault, and take nothing', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(16);
    takeAway(backing(e));
    expect(e.memoryBuffer.length).toBe(0);
    await send(server, Buffer.from('data'));
    await finish(e, each => client.receiveAsync(each));
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.bytesTransferred).toBe(0);
    expect(client.available).toBe(4);
    await expectReuse(e, server, client);
  });

  test('while a receive is in flight makes it report Fault', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(16);
    const receiving = begin(e, each => client.receiveAsync(each));
    expect(receiving.isPending).toBe(true);
    takeAway(backing(e));
    await send(server, Buffer.from('data'));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.bytesTransferred).toBe(0);
    await expectReuse(e, server, client);
  });

  test('before a send makes that report Fault, and send nothing', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(16);
    takeAway(backing(e));
    expect(client.sendAsync(e)).toBe(false);
    expect(e.socketError).toBe(SocketError.Fault);
    await send(client, Buffer.from('!'));
    expect(Buffer.from(await receive(server, 1)).toString()).toBe('!');
  });

  test('in the middle of a send ends it there, with what was sent', async () => {
    const { client, server } = await connectedPair();
    const size = 16 * 1024 * 1024;
    const e = eventArgs(new Uint8Array(size).fill(7));
    const sending = begin(e, each => client.sendAsync(each));
    expect(sending.isPending).toBe(true);
    takeAway(backing(e));
    const received = receiveAll(server);
    await sending.outcome;
    client.shutdown(1);
    const bytes = await received;
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.bytesTransferred).toBe(bytes.length);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThan(size);
    expect(bytes.every(byte => byte === 7)).toBe(true);
  });

  test('from a list makes the whole operation report Fault', async () => {
    const { client, server } = await connectedPair();
    const segments = [new Uint8Array(2), new Uint8Array(2)];
    const e = eventArgs();
    e.bufferList = segments;
    takeAway(segments[1].buffer);
    expect(client.sendAsync(e)).toBe(false);
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.bytesTransferred).toBe(0);
    await expectReuse(e, server, client);
  });

  test('while a connect is to send it makes that report Fault; the socket connects again', async () => {
    const listening = listener();
    const client = tcpSocket();
    const e = argsFor(listening);
    e.setBuffer(Buffer.from(new ArrayBuffer(16)), 0, 16);
    const connecting = begin(e, each => client.connectAsync(each));
    takeAway(backing(e));
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.connectSocket).toBeNull();
    e.setBuffer(null);
    await succeed(e, each => client.connectAsync(each));
    expect(e.connectSocket).toBe(client);
  });

  test('leaves a window that is out of its range, and can be set only to nothing', () => {
    const e = eventArgs(16);
    const { memoryBuffer } = e;
    takeAway(backing(e));
    expect(e.count).toBe(16);
    expect(thrownBy(() => e.setBuffer(memoryBuffer, 0, 16))).toMatch(/count/);
    e.setBuffer(memoryBuffer, 0, 0);
    expect(e.count).toBe(0);
    e.setBuffer(memoryBuffer);
    expect(e.buffer).toBeNull();
  });

  // Where a host forbids external buffers, slabs are V8's and can be detached: decision 0007.
  const testSlab = skipUnless(
    process.env['SAEA_NO_EXTERNAL_BUFFERS'] === undefined,
    'without external array buffers a slab can be taken away, and its operation says Fault',
  );
  testSlab('a slab that is to go the same way is still there for its operation', async () => {
    const { client, server } = await connectedPair();
    const manager = new BufferManager(8192, 4096);
    const e = eventArgs();
    manager.setBuffer(e);
    const receiving = begin(e, each => client.receiveAsync(each));
    // Node may refuse it (DataCloneError), copy it, or do it.
    thrownBy(() => takeAway(backing(e)));
    gc?.();
    await send(server, Buffer.from('data'));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(4);
    await expectReuse(e, server, client);
  });
});

describe('the memory of WebAssembly', () => {
  const { Memory } = (globalThis as unknown as { WebAssembly: WasmNamespace }).WebAssembly;
  interface WasmMemory {
    readonly buffer: ArrayBuffer;
    grow: (pages: number) => number;
  }
  interface WasmNamespace {
    Memory: new (descriptor: { initial: number; maximum: number }) => WasmMemory;
  }

  test('that grows while a receive is in flight makes it report Fault', async () => {
    const { client, server } = await connectedPair();
    const memory = new Memory({ initial: 1, maximum: 100 });
    const e = eventArgs(new Uint8Array(memory.buffer));
    const receiving = begin(e, each => client.receiveAsync(each));
    memory.grow(10);
    await send(server, Buffer.from('data'));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Fault);
    await expectReuse(e, server, client);
  });
});

describe('memory that could change under an operation', () => {
  type Resizable = new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
  const options = { maxByteLength: 64 };
  const kinds: [string, () => ArrayBufferLike][] = [
    ['resizable', () => new (ArrayBuffer as unknown as Resizable)(16, options)],
    ['shared', () => new SharedArrayBuffer(16)],
    ['growable', () => new (SharedArrayBuffer as unknown as Resizable)(16, options)],
  ];

  test.each(kinds)('is refused everywhere: %s', async (_kind, make) => {
    const { client, server } = await connectedPair();
    const view = new Uint8Array(make(), 0, 8);
    const e = eventArgs(4);
    const { buffer } = e;
    expect(thrownBy(() => e.setBuffer(view, 0, 8))).toBe(ae('buffer'));
    expect(thrownBy(() => e.setBuffer(view, 0, 0))).toBe(ae('buffer'));
    expect(thrownBy(() => e.setBuffer(view))).toBe(ae('buffer'));
    expect(e.buffer).toBe(buffer);
    expect(e.count).toBe(4);
    e.setBuffer(null);
    const list = [new Uint8Array(1)];
    e.bufferList = list;
    expect(thrownBy(() => (e.bufferList = [new Uint8Array(1), view]))).toBe(ae('segment'));
    expect(e.bufferList).toBe(list);
    await expectReuse(e, server, client);
  });
});
