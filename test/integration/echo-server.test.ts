// `npm start`: the echo server as a program.

import { createHash, randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { echo } from '../../examples/echo-client.js';
import { startProgram, type Ended, type Program } from '../support/child.js';
import { patience, until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';

interface Running {
  readonly program: Program;
  readonly port: number;
}

async function start(...args: string[]): Promise<Running> {
  const program = startProgram('examples/echo-server.js', args, { ms: 120_000 });
  const listening = /^Listening on 127\.0\.0\.1:(\d+)$/m;
  await until(() => listening.test(program.stdout()), 'the server listens');
  return { program, port: Number(listening.exec(program.stdout())?.[1]) };
}

async function stop({ program }: Running, signal: NodeJS.Signals): Promise<Ended> {
  program.process.kill(signal);
  return program.ended;
}

function fail(...args: string[]): Promise<Ended> {
  return startProgram('examples/echo-server.js', args).ended;
}

const mebibyte = 1 << 20;

/** The bytes 0 to 1 MiB of a client: the same block for all, from another place on for each. */
class Source {
  static readonly #block = randomBytes(mebibyte * 2);
  #at: number;
  #left = mebibyte;
  readonly hash = createHash('sha1');

  constructor(client: number) {
    this.#at = (client * 977) % mebibyte;
  }

  /** A piece of random length; `null` at the end. */
  next(): Buffer | null {
    if (this.#left === 0) return null;
    const length = Math.min(this.#left, 1 + Math.floor(Math.random() ** 3 * 300_000));
    const piece = Source.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    this.#left -= length;
    this.hash.update(piece);
    return piece;
  }
}

function sendAll(socket: Socket, source: Source): void {
  for (let piece = source.next(); piece !== null; piece = source.next()) {
    if (socket.write(piece)) continue;
    socket.once('drain', () => {
      sendAll(socket, source);
    });
    return;
  }
  socket.end();
}

/** Sends 1 MiB in random pieces; whether the very same came back. */
function exchange(port: number, client: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const source = new Source(client);
    const echoed = createHash('sha1');
    const socket = connect(port, '127.0.0.1', () => {
      sendAll(socket, source);
    });
    socket.on('data', piece => echoed.update(piece));
    socket.on('end', () => {
      resolve(echoed.digest('hex') === source.hash.digest('hex'));
    });
    socket.on('error', reject);
  });
}

test('hello comes back, and SIGTERM ends the server with its count', async () => {
  const server = await start();
  expect(await echo('127.0.0.1', server.port, 'hello')).toBe('hello');
  const { code, signal, stdout, stderr } = await stop(server, 'SIGTERM');
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  expect(stdout).toContain('The server has read a total of 5 bytes. Goodbye.');
});

test(
  'many clients at once each get their 1 MiB back',
  async () => {
    const clients = 1000 / patience;
    const server = await start('--connections', `${clients}`);
    const echoing = Array.from({ length: clients }, (_, i) => exchange(server.port, i));
    const results = await withDeadline(Promise.all(echoing), 'the echoes of all', 100_000);
    expect(results.filter(isSame => isSame)).toHaveLength(clients);
    const { code, stdout } = await stop(server, 'SIGINT');
    expect(code).toBe(0);
    expect(stdout).toContain(`read a total of ${clients * mebibyte} bytes. Goodbye.`);
  },
  120_000 * patience,
);

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it in the middle of an echo', async signal => {
  const server = await start();
  const client = connect(server.port, '127.0.0.1', () => client.write(randomBytes(mebibyte)));
  client.on('error', () => undefined);
  client.pause(); // nothing is read, so that the server's sends wait
  const hasRead = /^The server has read a total of \d+ bytes$/m;
  await until(() => hasRead.test(server.program.stdout()), 'the server has read something');
  const { code, signal: by, stderr } = await stop(server, signal);
  expect({ code, by, stderr }).toEqual({ code: 0, by: null, stderr: '' });
  client.destroy();
});

test('standard input at its end does not stop it', async () => {
  const server = await start();
  server.program.process.stdin?.end();
  expect(await echo('127.0.0.1', server.port, 'still there')).toBe('still there');
  expect(server.program.process.exitCode).toBeNull();
  expect((await stop(server, 'SIGTERM')).code).toBe(0);
});

test('a port of one’s own choice is listened on', async () => {
  const first = await start();
  await stop(first, 'SIGTERM');
  const second = await start('--port', `${first.port}`, '--buffer-size', '10');
  expect(second.port).toBe(first.port);
  const text = 'longer than the buffer of ten bytes';
  expect(await echo('127.0.0.1', second.port, text)).toBe(text);
  expect((await stop(second, 'SIGTERM')).code).toBe(0);
});

test('a port in use is named, and ends it with code 2', async () => {
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, stdout, stderr } = await fail('--port', `${port}`);
  taken.close();
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`Cannot listen on port ${port}: `);
  expect(stderr).toMatch(/in use/);
});

test.each([
  ['--port', '65536'],
  ['--port', '-1'],
  ['--port', 'http'],
  ['--port', '1.5'],
  ['--port'],
  ['--connections', '0'],
  ['--connections', '500001'],
  ['--buffer-size', '0'],
  ['--buffer-size', 'big'],
  ['--unknown'],
  ['stray'],
])('the option %s %s ends it with code 2 and the usage', async (...args) => {
  const { code, stdout, stderr } = await fail(...args.filter(arg => typeof arg === 'string'));
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Usage: npm start -- [--port N]');
});

test('--help prints the usage, and ends it with code 0', async () => {
  const { code, stdout, stderr } = await fail('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Usage: npm start -- [--port N]');
});
