// Rows B-001 and B-010 of the specification: the file of a bound Unix-domain socket goes with the
// socket, and no other file does. Forgotten sockets are in integration/garbage.test.ts, workers in
// integration/worker-threads.test.ts.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import {
  EndPoint,
  SocketType,
  UnixDomainSocketEndPoint,
  type Socket,
} from 'socket-async-event-args';

import { newFolder, newPath } from '../support/folder.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { acceptFrom, argsFor, eventArgs } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { boundUnixSocket, connectUnix, unixPair, unixSocket } from '../support/unix-sockets.js';

const home = process.cwd();

afterEach(() => {
  process.chdir(home);
});

function bind(path: string, type: SocketType = SocketType.Stream): Socket {
  return boundUnixSocket(type, new UnixDomainSocketEndPoint(path));
}

describe.each([
  ['close()', (socket: Socket): void => socket.close()],
  ['close(0)', (socket: Socket): void => socket.close(0)],
  ['close(1000)', (socket: Socket): void => socket.close(1000)],
  ['dispose()', (socket: Socket): void => socket.dispose()],
])('%s', (_name, end) => {
  test.each([
    ['stream', SocketType.Stream],
    ['datagram', SocketType.Dgram],
    ['sequential packet', SocketType.Seqpacket],
  ])('B-001 removes the file of a %s socket', (_type, type) => {
    const path = newPath();
    const socket = bind(path, type);
    expect(existsSync(path)).toBe(true);
    end(socket);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'of somebody else');
    end(socket);
    expect(existsSync(path)).toBe(true);
  });

  test('B-001 removes the file of a listener, and not before', async () => {
    const { client, server, listener } = await unixPair();
    const path = String(listener.localEndPoint);
    end(server);
    end(client);
    expect(existsSync(path)).toBe(true);
    end(listener);
    expect(existsSync(path)).toBe(false);
  });
});

test('B-001 the file of a client that is bound goes with the client', async () => {
  const path = newPath();
  const listening = bind(newPath());
  listening.listen();
  const client = bind(path);
  await succeed(argsFor(listening), e => client.connectAsync(e));
  (await acceptFrom(listening)).close();
  expect(existsSync(path)).toBe(true);
  client.close();
  expect(existsSync(path)).toBe(false);
});

test('a socket that is disconnected for reuse keeps its file until it is closed', async () => {
  const path = newPath();
  const listening = bind(newPath());
  listening.listen();
  const client = bind(path);
  const e = argsFor(listening);
  await succeed(e, each => client.connectAsync(each));
  e.disconnectReuseSocket = true;
  await succeed(e, each => client.disconnectAsync(each));
  expect(existsSync(path)).toBe(true);
  client.close();
  expect(existsSync(path)).toBe(false);
});

test('a connect that fails leaves the file to the socket', async () => {
  const path = newPath();
  const client = bind(path);
  const e = eventArgs();
  e.remoteEndPoint = new UnixDomainSocketEndPoint(newPath());
  await finish(e, each => client.connectAsync(each));
  expect(existsSync(path)).toBe(true);
  client.close();
  expect(existsSync(path)).toBe(false);
});

test('the address is free for the next as soon as the socket is closed', async () => {
  const path = newPath();
  for (let i = 0; i < 3; i++) {
    const socket = bind(path);
    socket.listen();
    const accepting = eventArgs();
    const accepted = begin(accepting, e => socket.acceptAsync(e));
    socket.close();
    await accepted.outcome;
  }
  expect(existsSync(path)).toBe(false);
});

describe('a relative path', () => {
  test('is told as it was given, and removed wherever the working directory is then', async () => {
    const folder = newFolder();
    process.chdir(folder);
    const socket = bind('rel');
    socket.listen();
    expect(String(socket.localEndPoint)).toBe('rel');
    const client = await connectUnix(socket);
    const server = await acceptFrom(socket);
    expect(String(server.localEndPoint)).toBe('rel');
    expect(String(client.remoteEndPoint)).toBe('rel');
    process.chdir('/');
    socket.close();
    expect(existsSync(join(folder, 'rel'))).toBe(false);
  });

  test('does not lead to the file of the same name where the process is by then', () => {
    const [first, second] = [newFolder(), newFolder()];
    process.chdir(first);
    const socket = bind('rel');
    process.chdir(second);
    writeFileSync('rel', '');
    socket.close();
    expect(existsSync(join(first, 'rel'))).toBe(false);
    expect(existsSync(join(second, 'rel'))).toBe(true);
  });

  test('with .. behind a link is the file that was bound, not the one that it looks like', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    symlinkSync(join(folder, 'deep/er'), join(folder, 'link'));
    writeFileSync(join(folder, 'x'), '');
    const socket = bind(`${folder}/link/../x`); // deep/x
    expect(existsSync(join(folder, 'deep/x'))).toBe(true);
    socket.close();
    expect(existsSync(join(folder, 'deep/x'))).toBe(false);
    expect(existsSync(join(folder, 'x'))).toBe(true);
  });
});

describe('a file of somebody else stays', () => {
  test('when bind has failed because of it', () => {
    const path = newPath();
    writeFileSync(path, 'precious');
    const socket = unixSocket();
    const endPoint = new UnixDomainSocketEndPoint(path);
    expect(thrownBy(() => socket.bind(endPoint))).toBe('SocketException(AddressAlreadyInUse)');
    socket.close();
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  test('when another socket was bound there, and a second bind to it failed', () => {
    const first = bind(newPath());
    const path = newPath();
    const other = bind(path);
    const again = (): void => first.bind(new UnixDomainSocketEndPoint(path));
    expect(thrownBy(again)).toMatch(/^SocketException/);
    const firstPath = String(first.localEndPoint);
    first.close();
    expect(existsSync(firstPath)).toBe(false);
    expect(existsSync(path)).toBe(true);
    other.close();
    expect(existsSync(path)).toBe(false);
  });

  test('a second bind of a bound socket fails, makes no file, and the first file goes', () => {
    const [path, other] = [newPath(), newPath()];
    const socket = bind(path);
    const again = (): void => socket.bind(new UnixDomainSocketEndPoint(other));
    expect(thrownBy(again)).toBe('SocketException(InvalidArgument)');
    expect(existsSync(other)).toBe(false);
    socket.close();
    expect(existsSync(path)).toBe(false);
  });

  // .NET removes it: docs/decisions/0015-files-of-bound-sockets.md.
  test('when it has taken the place of the one that was bound', () => {
    const path = newPath();
    const socket = bind(path);
    unlinkSync(path);
    writeFileSync(path, 'precious');
    socket.close();
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  test('when it is the socket of a successor, whose inode may have any number', async () => {
    const path = newPath();
    const old = bind(path);
    unlinkSync(path);
    const successor = bind(path);
    successor.listen();
    old.close();
    await connectUnix(successor);
    successor.close();
    expect(existsSync(path)).toBe(false);
  });

  test('when an endpoint of a class of the user names it', () => {
    class Other extends EndPoint {
      readonly #inner = new UnixDomainSocketEndPoint(newPath());
      override get addressFamily() {
        return this.#inner.addressFamily;
      }
      override serialize() {
        return this.#inner.serialize();
      }
      override toString(): string {
        return this.#inner.toString();
      }
    }
    const endPoint = new Other();
    const socket = unixSocket();
    socket.bind(endPoint);
    socket.close();
    expect(existsSync(endPoint.toString())).toBe(true);
  });
});

test('an abstract name makes no file', () => {
  process.chdir(newFolder());
  const socket = bind('\0name-of-nothing');
  expect(String(socket.localEndPoint)).toBe('@name-of-nothing');
  expect(existsSync('name-of-nothing')).toBe(false);
  socket.close();
});

test('closing does not mind that the file, or its folder, is gone', () => {
  const path = newPath();
  const socket = bind(path);
  unlinkSync(path);
  socket.close();
  expect(existsSync(path)).toBe(false);
});
