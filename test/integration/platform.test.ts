// What each platform's own body of native/os does, beyond sockets that connect and exchange bytes:
// files, datagrams with all that comes with them, and the answers that Windows alone gives
// (docs/platforms/windows.md).

import '../support/leak-audit.js';

import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  IPAddress,
  IPEndPoint,
  SendPacketsElement,
  SocketError,
  SocketFlags,
  SocketOptionLevel,
  SocketOptionName,
  SocketShutdown,
} from 'socket-async-event-args';

import { begin, succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { connectedPair, endPointOf, eventArgs, listener, udpSocket } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, receiveOnce } from '../support/transfer.js';

const testWindows = skipUnless(process.platform === 'win32', 'Windows answers so');

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saea-'));
  // Longer than what is read and sent at once, on any platform.
  const content = Buffer.alloc(300_000).map((_, index) => index % 251);
  // Not ASCII: the system's own form of a path differs.
  const path = join(folder, 'päckchen.bin');

  beforeAll(() => {
    writeFileSync(path, content);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('a file goes out by its path, between two buffers', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs();
    e.sendPacketsElements = [
      new SendPacketsElement(Uint8Array.of(1, 2)),
      new SendPacketsElement(path),
      new SendPacketsElement(Uint8Array.of(3)),
    ];
    const sending = begin(e, each => client.sendPacketsAsync(each));
    const expected = Buffer.concat([Uint8Array.of(1, 2), content, Uint8Array.of(3)]);
    expect(Buffer.compare(await receive(server, expected.length), expected)).toBe(0);
    await sending.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(expected.length);
  });

  test('a part of an open file goes out, and its owner reads on where it was', async () => {
    const { client, server } = await connectedPair();
    const descriptor = openSync(path, 'r');
    try {
      const head = Buffer.alloc(10);
      readSync(descriptor, head, 0, 10, null);
      const e = eventArgs();
      e.sendPacketsElements = [new SendPacketsElement(descriptor, 200_000, 50_000)];
      const sending = begin(e, each => client.sendPacketsAsync(each));
      const got = await receive(server, 50_000);
      await sending.outcome;
      expect(Buffer.compare(got, content.subarray(200_000, 250_000))).toBe(0);
      readSync(descriptor, head, 0, 10, null);
      expect(Buffer.compare(head, content.subarray(10, 20))).toBe(0);
    } finally {
      closeSync(descriptor);
    }
  });

  test.each([
    ['a file that is missing', join(folder, 'missing'), 'FileNotFoundException'],
    ['a folder that is missing', join(folder, 'a', 'b'), 'DirectoryNotFoundException'],
    ['a folder', folder, 'UnauthorizedAccessException'],
  ])('%s cannot be sent', async (_what, wrong, exception) => {
    const { client } = await connectedPair();
    const e = eventArgs();
    e.sendPacketsElements = [new SendPacketsElement(wrong)];
    expect(thrownBy(() => client.sendPacketsAsync(e))).toMatch(exception);
  });
});

describe('datagrams', () => {
  test('a message tells its sender, its target and its interface', async () => {
    const [sender, target] = [udpSocket(), udpSocket()];
    for (const socket of [sender, target]) socket.bind(new IPEndPoint(IPAddress.Loopback, 0));
    const e = eventArgs(16);
    e.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
    const receiving = begin(e, each => target.receiveMessageFromAsync(each));
    const sending = eventArgs(Uint8Array.of(1, 2, 3));
    sending.remoteEndPoint = endPointOf(target);
    await succeed(sending, each => sender.sendToAsync(each));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(3);
    expect(e.remoteEndPoint.equals(endPointOf(sender))).toBe(true);
    const information = e.receiveMessageFromPacketInfo;
    expect(information.address?.toString()).toBe('127.0.0.1');
    expect(information.interface).toBeGreaterThan(0);
  });

  test('a message that is longer than the buffer is cut off, and says so', async () => {
    const [sender, target] = [udpSocket(), udpSocket()];
    target.bind(new IPEndPoint(IPAddress.Loopback, 0));
    const e = eventArgs(4);
    e.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
    const receiving = begin(e, each => target.receiveMessageFromAsync(each));
    const sending = eventArgs(Uint8Array.of(1, 2, 3, 4, 5, 6));
    sending.remoteEndPoint = endPointOf(target);
    await succeed(sending, each => sender.sendToAsync(each));
    await receiving.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(4);
    expect([...e.memoryBuffer]).toEqual([1, 2, 3, 4]);
    expect(e.socketFlags & SocketFlags.Truncated).toBe(SocketFlags.Truncated);
  });
});

describe('Windows', () => {
  testWindows(
    'a receive after Shutdown(Receive), or waiting then, ends with Shutdown',
    async () => {
      const { client } = await connectedPair();
      const receiving = receiveOnce(client);
      client.shutdown(SocketShutdown.Receive);
      expect((await receiving).error).toBe(SocketError.Shutdown);
      expect((await receiveOnce(client)).error).toBe(SocketError.Shutdown);
    },
  );

  testWindows('a listener is not shut down, and goes on', async () => {
    const listening = listener();
    expect(
      thrownBy(() => {
        listening.shutdown(SocketShutdown.Both);
      }),
    ).toBe('SocketException(NotConnected)');
    expect(listening.available).toBe(0);
    expect((await connectedPair()).client.connected).toBe(true);
  });

  testWindows('exclusiveAddressUse is off at first, and an option of its own', () => {
    const socket = udpSocket();
    expect(socket.exclusiveAddressUse).toBe(false);
    socket.exclusiveAddressUse = true;
    expect(socket.exclusiveAddressUse).toBe(true);
    const isShared = socket.getSocketOption(
      SocketOptionLevel.Socket,
      SocketOptionName.ReuseAddress,
    );
    expect(isShared).toBe(0);
  });

  testWindows('a datagram socket has no linger option, and shuts down without a peer', () => {
    const socket = udpSocket();
    expect(thrownBy(() => socket.lingerState)).toBe('SocketException(ProtocolOption)');
    expect(
      thrownBy(() => {
        socket.shutdown(SocketShutdown.Both);
      }),
    ).toBe('nothing');
  });
});
