// Rows P-001 … P-040, Z-023 and Z-024 of the specification: SendPackets. Files that are large, or
// change, or whose socket is closed meanwhile are in send-packets.files.test.ts.

import { execFileSync } from 'node:child_process';
import { rmdirSync, symlinkSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import {
  SendPacketsElement,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
  TransmitFileOptions,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { canCountDescriptors, countDescriptorsOf } from '../support/descriptors.js';
import { newFolder, newPath, pathsBegin } from '../support/folder.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import {
  newFile,
  openFile,
  packetArgs,
  pattern,
  sendPackets,
  type Elements,
} from '../support/packets.js';
import { skipUnless } from '../support/skip.js';
import { argsFor, connectedPair, eventArgs, listener, tcpSocket } from '../support/sockets.js';
import { ae, ane, thrownBy } from '../support/thrown.js';
import { receive, receiveAll, receiveOnce, send } from '../support/transfer.js';

const content = pattern(1024);

/** An element, by any of the constructors. */
function one(
  source: Uint8Array | FileHandle | string | number,
  second?: number | boolean,
  count?: number,
): SendPacketsElement {
  return new SendPacketsElement(source as Uint8Array, second as number, count as number);
}

/** Sends elements over a new connection; the event args, and what arrived. */
async function transfer(
  ...elements: Elements
): Promise<{ e: SocketAsyncEventArgs; client: Socket; received: Buffer }> {
  const { client, server } = await connectedPair();
  const e = packetArgs(...elements);
  const received = await sendPackets(client, server, e);
  return { e, client, received };
}

async function expectSent(bytes: Uint8Array, ...elements: Elements): Promise<void> {
  const { e, received } = await transfer(...elements);
  expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: bytes.length });
  expect(e.lastOperation).toBe(SocketAsyncOperation.SendPackets);
  expect(received.equals(bytes)).toBe(true);
}

/** How an operation fails whose last element is bad; the socket counts as disconnected then. */
async function expectFailure(
  error: SocketError,
  bytes: Uint8Array,
  ...elements: Elements
): Promise<void> {
  const { client, server } = await connectedPair();
  const e = packetArgs(...elements);
  await finish(e, each => client.sendPacketsAsync(each));
  expect(e).toMatchObject({ socketError: error, bytesTransferred: bytes.length });
  expect(client.connected).toBe(false);
  expect(Buffer.from(await receive(server, bytes.length)).equals(bytes)).toBe(true);
  expect(server.available).toBe(0);
}

describe('buffers', () => {
  test.each([
    ['P-008', 'a whole buffer', () => [one(content)], content],
    ['P-008', 'a whole memory', () => [one(content, false)], content],
    ['P-009', 'a part of a buffer', () => [one(content, 5, 7)], content.subarray(5, 12)],
    ['P-009', 'a view', () => [one(content.subarray(3, 9), true)], content.subarray(3, 9)],
    ['P-010', 'an empty buffer', () => [one(new Uint8Array(0))], new Uint8Array(0)],
    ['P-010', 'an empty memory', () => [one(new Uint8Array(0), true)], new Uint8Array(0)],
    ['P-011', 'a part of no bytes', () => [one(content, 4, 0)], new Uint8Array(0)],
    ['P-005', 'a null element', () => [null], new Uint8Array(0)],
    ['P-005', 'no element', () => [], new Uint8Array(0)],
    ['Z-023', 'null among others', () => [null, one(content, 0, 3), null], content.subarray(0, 3)],
  ])('%s %s is sent', async (_row, _what, elements, bytes) => {
    await expectSent(bytes, ...elements());
  });

  test('P-008 the same element twice is sent twice', async () => {
    const element = one(content);
    await expectSent(Buffer.concat([content, content]), element, element);
  });

  test('P-008 many small elements are sent in order', async () => {
    const elements = Array.from({ length: 1000 }, (_, i) => one(Buffer.from(`${i};`)));
    const text = Array.from({ length: 1000 }, (_, i) => `${i};`).join('');
    await expectSent(Buffer.from(text), ...elements);
  });

  test('P-013 the same event args serve one operation after another', async () => {
    const { client, server } = await connectedPair();
    const e = packetArgs(one(content, 4, 0));
    await succeed(e, each => client.sendPacketsAsync(each));
    expect(e.bytesTransferred).toBe(0);
    e.sendPacketsElements = [one(content, 0, 4)];
    await succeed(e, each => client.sendPacketsAsync(each));
    expect(e.bytesTransferred).toBe(4);
    expect(content.subarray(0, 4).equals(await receive(server, 4))).toBe(true);
    e.setBuffer(new Uint8Array([1, 2]), 0, 2);
    await succeed(e, each => client.sendAsync(each));
    expect(await receive(server, 2)).toEqual(Uint8Array.of(1, 2));
  });

  test('a buffer set on the event args is not sent, nor in the way', async () => {
    const { client, server } = await connectedPair();
    const e = packetArgs(one(content, 0, 3));
    e.setBuffer(new Uint8Array(9), 0, 9);
    const received = await sendPackets(client, server, e);
    expect(received.equals(content.subarray(0, 3))).toBe(true);
    expect(e).toMatchObject({ bytesTransferred: 3, offset: 0, count: 9 });
  });
});

describe('files', () => {
  test.each([
    ['P-021', 'a whole file', [], content],
    ['P-022', 'a count of 0', [0, 0], content],
    ['P-023 P-028', 'a part', [10, 20], content.subarray(10, 30)],
    ['P-028', 'the rest from an offset', [1000], content.subarray(1000)],
    ['P-028', 'the last byte', [1023, 1], content.subarray(1023)],
    ['P-028', 'nothing, from the very end', [1024], content.subarray(1024)],
  ])('%s %s of a path', async (_row, _what, rest, bytes) => {
    await expectSent(bytes, one(newFile(content), ...rest));
  });

  test.each([
    ['P-029', 'a whole file', [], content],
    ['P-031', 'all of it, counted', [0, 1024], content],
    ['P-032', 'a part', [10, 20], content.subarray(10, 30)],
    ['P-032', 'the rest from an offset', [1000, 0], content.subarray(1000)],
  ])('%s %s of an open file, whose position stays', async (_row, _what, rest, bytes) => {
    const file = await openFile(newFile(content));
    await file.read(new Uint8Array(7), 0, 7, null);
    await expectSent(bytes, one(file, ...rest));
    await expectSent(bytes, one(file.fd, ...rest));
    const { buffer } = await file.read(new Uint8Array(1), 0, 1, null);
    expect(buffer[0]).toBe(content[7]);
  });

  test.each([
    ['P-025 P-028', 'an offset beyond the end', [1025]],
    ['P-025 P-028', 'an offset far beyond the end', [Number.MAX_SAFE_INTEGER]],
    ['P-025 P-028', 'an offset beyond the end, with a count', [1025, 1]],
    ['P-026 P-028', 'a count beyond the end', [0, 1025]],
    ['P-026 P-028', 'a count beyond the rest', [1000, 25]],
    ['P-026 P-028', 'a byte at the very end', [1024, 1]],
  ])('%s P-034 P-035 %s is InvalidArgument', async (_row, _what, rest) => {
    const path = newFile(content);
    const file = await openFile(path);
    for (const source of [path, file, file.fd]) {
      await expectFailure(SocketError.InvalidArgument, new Uint8Array(0), one(source, ...rest));
    }
  });

  test('an empty file has no bytes, and none to ask for', async () => {
    const path = newFile('');
    await expectSent(new Uint8Array(0), one(path));
    await expectFailure(SocketError.InvalidArgument, new Uint8Array(0), one(path, 0, 1));
  });

  test('devices and files of the system that have no length are empty', async () => {
    await expectSent(new Uint8Array(0), one('/dev/zero'), one('/dev/null'));
    await expectFailure(SocketError.InvalidArgument, new Uint8Array(0), one('/dev/zero', 0, 9));
  });

  test('a file open for writing alone is OperationAborted, as in .NET', async () => {
    const { client } = await connectedPair();
    const e = packetArgs(one(await openFile(newFile(content), 'r+'), 0, 4));
    await succeed(e, each => client.sendPacketsAsync(each));
    e.sendPacketsElements = [one(await openFile(newFile(content), 'a'), 0, 4)];
    await finish(e, each => client.sendPacketsAsync(each));
    expect(e).toMatchObject({ socketError: SocketError.OperationAborted, bytesTransferred: 0 });
    expect(client.connected).toBe(true);
  });

  test('a relative path is taken from the working directory', async () => {
    const path = newFile(content);
    const home = process.cwd();
    process.chdir(dirname(path));
    try {
      await expectSent(content, one('x'));
    } finally {
      process.chdir(home);
    }
  });
});

describe('mixed', () => {
  test('P-033 parts of one open file are sent in order', async () => {
    const file = await openFile(newFile(content));
    const parts = [30, 10, 20, 10].map((offset, i) => one(file, offset, i === 0 ? 40 : 10));
    const bytes = Buffer.concat([
      content.subarray(30, 70),
      content.subarray(10, 20),
      content.subarray(20, 30),
      content.subarray(10, 20),
    ]);
    await expectSent(bytes, ...parts);
  });

  test('P-037 P-038 P-039 files, open files, buffers and memory are sent in order', async () => {
    const [path, other] = [newFile(content), newFile('another file')];
    const [first, second] = [await openFile(path), await openFile(other)];
    await expectSent(
      Buffer.concat([
        content.subarray(0, 512),
        Buffer.from('a buffer'),
        Buffer.from('another file'),
        Buffer.from('memory'),
        content,
        content.subarray(512),
        Buffer.from('file'),
      ]),
      one(first, 0, 512),
      one(Buffer.from('a buffer')),
      one(other),
      one(Buffer.from('memory'), true),
      one(path),
      null,
      one(first.fd, 512),
      one(second, 8),
    );
  });

  test('Z-023 what stands behind a bad element is not sent', async () => {
    const file = newFile(content);
    await expectFailure(
      SocketError.InvalidArgument,
      content.subarray(0, 3),
      one(content, 0, 3),
      one(file, 1025),
      one(content),
    );
  });
});

describe('the list', () => {
  test('P-040 may be changed and replaced in place while it is sent', async () => {
    const { client, server } = await connectedPair();
    const size = 4 << 20;
    const elements = [one(pattern(size)), one(content)];
    const e = packetArgs(...elements);
    e.sendPacketsElements = elements;
    const sending = begin(e, each => client.sendPacketsAsync(each));
    expect(sending.isPending).toBe(true);
    elements.length = 0;
    elements.push(one('no such file'));
    expect(thrownBy(() => (e.sendPacketsElements = []))).toBe('InvalidOperationException');
    const received = Buffer.from(await receive(server, size + 1024));
    await sending.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: size + 1024 });
    expect(received.equals(Buffer.concat([pattern(size), content]))).toBe(true);
    expect(e.sendPacketsElements).toBe(elements);
  });

  test('a buffer that is transferred away meanwhile is Fault, with what was sent', async () => {
    const { client, server } = await connectedPair();
    const bytes = new Uint8Array(16 << 20);
    const e = packetArgs(one(content), one(bytes));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    structuredClone(bytes, { transfer: [bytes.buffer] });
    const receiving = receiveAll(server);
    await sending.outcome;
    client.close();
    expect(e.socketError).toBe(SocketError.Fault);
    expect(e.bytesTransferred).toBeGreaterThan(content.length);
    expect(e.bytesTransferred).toBeLessThan(content.length + (16 << 20));
    expect(await receiving).toHaveLength(e.bytesTransferred);
  });

  test('other sends wait behind the whole list', async () => {
    const { client, server } = await connectedPair();
    const size = 4 << 20;
    const e = packetArgs(one(pattern(size)), one(newFile('file')), one(Buffer.from('buffer')));
    const sending = begin(e, each => client.sendPacketsAsync(each));
    const after = send(client, Buffer.from('after'));
    const received = Buffer.from(await receive(server, size + 15));
    await Promise.all([sending.outcome, after]);
    expect(received.subarray(size).toString()).toBe('filebufferafter');
  });
});

/** Expects an exception, no file left open, and event args that work afterwards. */
async function expectThrown(e: SocketAsyncEventArgs, thrown: string): Promise<void> {
  const { client, server } = await connectedPair();
  const before = countFiles();
  expect(thrownBy(() => client.sendPacketsAsync(e))).toBe(thrown);
  expect(countFiles()).toBe(before);
  expect(server.available).toBe(0);
  e.sendPacketsElements = [one(Buffer.from('fine'))];
  await succeed(e, each => client.sendPacketsAsync(each));
  expect(Buffer.from(await receive(server, 4)).toString()).toBe('fine');
}

/** The files of this test that are open. Where the system cannot tell, none are counted, here alone. */
function countFiles(): number {
  return canCountDescriptors ? countDescriptorsOf(pathsBegin) : 0;
}

const testFolder = skipUnless(
  process.platform !== 'win32',
  'Windows keeps a folder that is current',
);

describe('what cannot be opened is thrown, and nothing is sent', () => {
  function fifo(): string {
    const path = newPath();
    execFileSync('mkfifo', [path]);
    return path;
  }

  function circle(): string {
    const path = newPath();
    symlinkSync(path, path);
    return path;
  }

  test.each([
    ['P-016 an empty path', () => '', ae('path')],
    ['P-016 a path with a NUL inside', () => `${newFile('x')}\0`, ae('path')],
    ['P-020 a path of blanks', () => '   ', 'FileNotFoundException'],
    ['P-019 a missing folder', () => newPath('no/x'), 'DirectoryNotFoundException'],
    ['P-019 a folder that is a file', () => `${newFile('')}/x`, 'DirectoryNotFoundException'],
    ['P-020 a missing file', () => newPath(), 'FileNotFoundException'],
    ['a folder', () => dirname(newPath()), 'UnauthorizedAccessException'],
    ['a name that is too long', () => newPath('x'.repeat(300)), 'IOException'],
    ['links in a circle', circle, 'IOException'],
    ['a FIFO without a writer', fifo, 'IOException'],
  ])('%s', async (_what, path, thrown) => {
    const good = newFile(content);
    await expectThrown(packetArgs(one(content), one(good), one(path()), one(good)), thrown);
  });

  test('P-020 the exception of a missing file names it', async () => {
    const { client } = await connectedPair();
    const path = newPath();
    const e = packetArgs(one(path));
    expect(() => client.sendPacketsAsync(e)).toThrow(expect.objectContaining({ fileName: path }));
    expect(e.lastOperation).toBe(SocketAsyncOperation.SendPackets);
  });

  testFolder('a relative path where the current folder has been removed', async () => {
    const before = process.cwd();
    const folder = newFolder();
    process.chdir(folder);
    rmdirSync(folder);
    try {
      await expectThrown(packetArgs(one('no-such-file')), 'FileNotFoundException');
    } finally {
      process.chdir(before);
    }
  });

  test('a closed FileHandle, and a descriptor of nothing', async () => {
    const file = await openFile(newFile(content));
    const { fd } = file;
    await file.close();
    await expectThrown(packetArgs(one(content), one(file)), 'ObjectDisposedException');
    await expectThrown(packetArgs(one(content), one(fd + 500)), 'IOException');
  });

  test('a buffer that was transferred away', async () => {
    const bytes = new Uint8Array(8);
    const element = one(bytes);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    await expectThrown(packetArgs(one(newFile(content)), element), ae('buffer'));
  });

  test.each([
    ['shared memory', () => new Uint8Array(new SharedArrayBuffer(8))],
    [
      'a resizable buffer',
      () => new Uint8Array(new (ArrayBuffer as never as Resizable)(8, { maxByteLength: 16 })),
    ],
  ])('%s', async (_what, make) => {
    await expectThrown(packetArgs(one(newFile(content)), one(make())), ae('buffer'));
  });

  test.each([
    ['undefined', undefined],
    ['a string', 'file'],
    ['an object like an element', { filePath: '/dev/null', offsetLong: 0, count: 0 }],
  ])('%s in the place of an element', async (_what, element) => {
    const elements = [one(newFile(content)), element as unknown as SendPacketsElement];
    await expectThrown(packetArgs(...elements), ae('SendPacketsElements'));
  });

  test.each([
    ['that is a text', '3', ae('fileStream')],
    ['that is no whole number', 3.5, 'ArgumentOutOfRangeException(fileStream)'],
    ['below -1', -2, 'ArgumentOutOfRangeException(fileStream)'],
    ['that is NaN', Number.NaN, 'ArgumentOutOfRangeException(fileStream)'],
    ['that no system has', 2 ** 32 + 1, 'ArgumentOutOfRangeException(fileStream)'],
  ])('an fd %s, of an object like a FileHandle', async (_what, fd, thrown) => {
    await expectThrown(packetArgs(one(newFile(content)), one({ fd } as never)), thrown);
  });

  test('an fd that throws, or closes the socket', async () => {
    const { client } = await connectedPair();
    const getter = (get: () => number): never => Object.defineProperty({}, 'fd', { get }) as never;
    const throwing = getter(() => {
      throw new RangeError('mine');
    });
    await expectThrown(packetArgs(one(newFile(content)), one(throwing)), 'RangeError');
    const file = await openFile(newFile(content));
    const closing = getter(() => {
      client.close();
      return file.fd;
    });
    const before = countFiles();
    const e = packetArgs(one(newFile(content)), one(closing));
    expect(thrownBy(() => client.sendPacketsAsync(e))).toBe('ObjectDisposedException');
    expect(countFiles()).toBe(before);
    e.sendPacketsElements = null; // it is free
  });
});

interface Resizable {
  new (length: number, options: { maxByteLength: number }): ArrayBuffer;
}

describe('a derived class that redefines the properties', () => {
  test('sends what its constructor was given', async () => {
    class Odd extends SendPacketsElement {
      override get memoryBuffer(): Uint8Array {
        return new Uint8Array(1 << 20);
      }
      override get count(): number {
        return 1 << 30;
      }
      override get filePath(): string {
        return '/dev/null';
      }
    }
    await expectSent(content, new Odd(content));
    await expectSent(content, new Odd(newFile(content)));
  });
});

describe('bad states', () => {
  test('P-001 a disposed socket', async () => {
    const { client } = await connectedPair();
    client.dispose();
    const start = (e: SocketAsyncEventArgs) => (): boolean => client.sendPacketsAsync(e);
    expect(thrownBy(start(packetArgs(one(content))))).toBe('ObjectDisposedException');
    expect(thrownBy(start(null as never))).toBe('ObjectDisposedException');
  });

  test('P-002 no event args', async () => {
    const { client } = await connectedPair();
    expect(thrownBy(() => client.sendPacketsAsync(null as never))).toBe(ane('e'));
    expect(thrownBy(() => client.sendPacketsAsync({} as never))).toBe(ae('e'));
  });

  test('P-003 a socket that is not connected, before a file is looked for', () => {
    const socket = tcpSocket();
    for (const elements of [[], [one('no such file')]]) {
      const start = (): boolean => socket.sendPacketsAsync(packetArgs(...elements));
      expect(thrownBy(start)).toBe('NotSupportedException');
    }
  });

  test('P-003 a socket that was shut down for sending', async () => {
    const { client } = await connectedPair();
    client.shutdown(SocketShutdown.Send);
    const start = (): boolean => client.sendPacketsAsync(packetArgs(one(content)));
    expect(thrownBy(start)).toBe('NotSupportedException');
  });

  test('P-004 no list, before anything else is looked at', async () => {
    const { client } = await connectedPair();
    const e = eventArgs();
    expect(thrownBy(() => client.sendPacketsAsync(e))).toBe(ae('e'));
    expect(thrownBy(() => tcpSocket().sendPacketsAsync(e))).toBe(ae('e'));
    e.dispose();
    expect(thrownBy(() => client.sendPacketsAsync(e))).toBe(ae('e'));
  });

  test('disposed event args, and such as are in use, before a file is looked for', async () => {
    const { client, server } = await connectedPair();
    const e = packetArgs(one('no such file'));
    e.setBuffer(new Uint8Array(4), 0, 4);
    const receiving = begin(e, each => server.receiveAsync(each));
    expect(thrownBy(() => client.sendPacketsAsync(e))).toBe('InvalidOperationException');
    await send(client, Uint8Array.of(1));
    await receiving.outcome;
    expect(e).toMatchObject({ socketError: SocketError.Success, bytesTransferred: 1 });
    e.dispose();
    expect(thrownBy(() => client.sendPacketsAsync(e))).toBe('ObjectDisposedException');
  });

  test('P-007 the send size is 0 at first, and is kept and not heeded', async () => {
    const { client, server } = await connectedPair();
    const e = packetArgs(one(content));
    expect(e.sendPacketsSendSize).toBe(0);
    for (const size of [1, -1, 1 << 30]) {
      e.sendPacketsSendSize = size;
      await succeed(e, each => client.sendPacketsAsync(each));
      expect(e).toMatchObject({ sendPacketsSendSize: size, bytesTransferred: 1024 });
    }
    await receive(server, 3 * 1024);
  });
});

describe('flags', () => {
  const { Disconnect, ReuseSocket, WriteBehind, UseSystemThread, UseKernelApc } =
    TransmitFileOptions;

  async function transferWith(
    flags: number,
    elements: Elements,
  ): Promise<{ e: SocketAsyncEventArgs; client: Socket; server: Socket }> {
    const { client, server } = await connectedPair();
    const e = packetArgs(...elements);
    e.sendPacketsFlags = flags;
    await succeed(e, each => client.sendPacketsAsync(each));
    return { e, client, server };
  }

  test.each([
    ['P-014 Disconnect', Disconnect],
    ['P-015 ReuseSocket', ReuseSocket],
    ['P-015 Disconnect and ReuseSocket', Disconnect | ReuseSocket],
    ['P-015 all bits', -1],
  ])('%s ends the connection when all was sent', async (_name, flags) => {
    const { e, client, server } = await transferWith(flags, [one(content, 0, 4)]);
    expect(e.bytesTransferred).toBe(4);
    expect(client).toMatchObject({ connected: false, remoteEndPoint: null, isBound: true });
    await receive(server, 4);
    expect((await receiveOnce(server)).bytes).toHaveLength(0);
    const sending = eventArgs(4);
    await finish(sending, each => client.sendAsync(each));
    expect(sending.socketError).toBe(SocketError.Shutdown);
  });

  test.each([
    ['Disconnect', Disconnect],
    ['ReuseSocket', ReuseSocket],
  ])('P-014 %s does so also when there is nothing to send', async (_name, flags) => {
    const { client, server } = await transferWith(flags, []);
    expect(client.connected).toBe(false);
    expect((await receiveOnce(server)).bytes).toHaveLength(0);
  });

  test('P-015 after ReuseSocket the socket connects again', async () => {
    const { client } = await transferWith(ReuseSocket, [one(content)]);
    const listening = listener();
    await succeed(argsFor(listening), e => client.connectAsync(e));
    expect(client.connected).toBe(true);
    expect(client.remoteEndPoint).toEqual(listening.localEndPoint);
  });

  test.each([
    ['Disconnect, with the end of the stream', Disconnect, SocketError.Success],
    ['ReuseSocket, with OperationAborted', ReuseSocket, SocketError.OperationAborted],
  ])('a receive that waits is ended by %s', async (_name, flags, error) => {
    const { client } = await connectedPair();
    const receiving = eventArgs(4);
    const waiting = begin(receiving, e => client.receiveAsync(e));
    const e = packetArgs(one(content));
    e.sendPacketsFlags = flags;
    await succeed(e, each => client.sendPacketsAsync(each));
    await waiting.outcome;
    expect(receiving).toMatchObject({ socketError: error, bytesTransferred: 0 });
  });

  test('P-014 Disconnect does not follow a failure', async () => {
    const { client, server } = await connectedPair();
    const e = packetArgs(one(newFile(content), 1025));
    e.sendPacketsFlags = Disconnect;
    await finish(e, each => client.sendPacketsAsync(each));
    expect(e.socketError).toBe(SocketError.InvalidArgument);
    await send(client, Uint8Array.of(7));
    expect(await receive(server, 1)).toEqual(Uint8Array.of(7));
  });

  test('the others have no effect', async () => {
    const flags = WriteBehind | UseSystemThread | UseKernelApc;
    const { client, server } = await transferWith(flags, [one(content)]);
    expect(client.connected).toBe(true);
    await send(client, Uint8Array.of(7));
    expect((await receive(server, 1025))[1024]).toBe(7);
  });
});
