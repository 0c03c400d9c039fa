// The examples about files, Unix-domain sockets and names do what they say, in this process.

import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { AddressFamily, SocketError, SocketException, type Socket } from 'socket-async-event-args';

import { connectByName } from '../../examples/connect-by-name.js';
import { FileServer } from '../../examples/file-server.js';
import { passOn, unixPair } from '../../examples/unix-pair.js';
import { withDeadline } from '../support/deadline.js';
import { newFolder, newPath } from '../support/folder.js';
import '../support/leak-audit.js';
import { pattern } from '../support/packets.js';
import { stubLookup } from '../support/resolver.js';
import { crowdedListener, endPointOf, listener, refusing, tracked } from '../support/sockets.js';

describe('the file server', () => {
  let server: FileServer;
  let folder: string;

  beforeEach(() => {
    folder = newFolder();
    server = new FileServer(folder);
  });

  afterEach(() => {
    server.stop();
  });

  /** Asks as any program would, with Node's own sockets, in pieces. */
  function fetch(...pieces: string[]): Promise<Buffer> {
    const fetching = new Promise<Buffer>((resolve, reject) => {
      const received: Buffer[] = [];
      const socket = connect(server.localEndPoint.port, '127.0.0.1', () => {
        for (const piece of pieces) socket.write(piece);
      });
      socket.on('data', data => received.push(data));
      socket.on('end', () => {
        socket.end();
        resolve(Buffer.concat(received));
      });
      socket.on('error', reject);
    });
    return withDeadline(fetching, 'the file');
  }

  test('sends the files of its folder, to several clients at once', async () => {
    const large = pattern(5 << 20);
    writeFileSync(join(folder, 'large'), large);
    writeFileSync(join(folder, 'small ü'), 'hello');
    const files = await Promise.all([
      fetch('large\n'),
      fetch('sma', 'll ü', '\n'),
      fetch('large\n'),
    ]);
    expect(files[0].equals(large)).toBe(true);
    expect(files[1].toString()).toBe('hello');
    expect(files[2].equals(large)).toBe(true);
  });

  test.each([
    ['that does not exist', 'missing\n'],
    ['outside of the folder', '../../../../../../etc/passwd\n'],
    ['that is the folder', '.\n'],
    ['without an end', 'x'.repeat(1024)],
  ])('ends the connection for a name %s', async (_what, name) => {
    expect(await fetch(name)).toHaveLength(0);
  });

  test('lets go of its clients when it is stopped', async () => {
    const closed = new Promise<void>(resolve => {
      const socket = connect(server.localEndPoint.port, '127.0.0.1', () => socket.write('a name'));
      socket.on('error', () => undefined); // a reset: the server had a receive pending
      socket.on('close', () => {
        resolve();
      });
      setImmediate(() => {
        server.stop();
      });
    });
    await withDeadline(closed, 'the end of the connection');
  });
});

describe('the Unix-domain pair', () => {
  test.each([
    ['a path', () => newPath()],
    ['an abstract name', () => `\0saea-${process.pid}-pair`],
  ])('passes on texts both ways by %s, and leaves no file', async (_what, make) => {
    const path = make();
    const [client, server] = (await unixPair(path)).map(tracked) as [Socket, Socket];
    expect(await passOn(client, server, 'hello')).toBe('hello');
    expect(await passOn(server, client, 'ü'.repeat(10_000))).toBe('ü'.repeat(10_000));
    if (!path.startsWith('\0')) expect(existsSync(path)).toBe(false);
  });

  test('leaves a file alone that is there already', async () => {
    const path = newPath();
    writeFileSync(path, '');
    await expect(unixPair(path)).rejects.toThrow(SocketException);
    expect(existsSync(path)).toBe(true);
  });
});

describe('connecting by name', () => {
  function reject(error: SocketError): unknown {
    return expect.objectContaining({ name: 'SocketException', socketErrorCode: error });
  }

  test('reaches localhost', async () => {
    const target = listener();
    const socket = tracked(await connectByName('localhost', endPointOf(target).port));
    expect(socket.remoteEndPoint).toEqual(target.localEndPoint);
  });

  test.each([
    ['IPv4', AddressFamily.InterNetwork],
    ['IPv6', AddressFamily.InterNetworkV6],
  ])('falls back to the address that answers: %s', async (_name, family) => {
    const lookup = stubLookup();
    const target = listener(family);
    const connecting = connectByName('some.name', endPointOf(target).port);
    await lookup.answer('127.0.0.2', '::1', '127.0.0.3', '127.0.0.1');
    const socket = tracked(await connecting);
    expect(socket.remoteEndPoint).toEqual(target.localEndPoint);
  });

  test('fails with the error of the last attempt', async () => {
    const lookup = stubLookup();
    const connecting = connectByName('some.name', endPointOf(refusing()).port);
    await lookup.answer('255.255.255.255', '127.0.0.1');
    await expect(connecting).rejects.toEqual(reject(SocketError.ConnectionRefused));
  });

  test('fails where there is no such name', async () => {
    const lookup = stubLookup();
    const connecting = connectByName('some.name', 1);
    await lookup.fail('ENOTFOUND');
    await expect(connecting).rejects.toEqual(reject(SocketError.HostNotFound));
  });

  test('gives up after a time', async () => {
    const lookup = stubLookup();
    const crowded = await crowdedListener();
    const connecting = connectByName('some.name', endPointOf(crowded).port, 100);
    await lookup.answer('127.0.0.1');
    await expect(connecting).rejects.toEqual(reject(SocketError.TimedOut));
  });
});
