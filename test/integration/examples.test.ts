// The examples do what they say, in this process.

import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';

import { IPAddress, IPEndPoint, SocketException } from 'socket-async-event-args';

import { echo } from '../../examples/echo-client.js';
import { Semaphore } from '../../examples/semaphore.js';
import { Server } from '../../examples/server.js';
import { UdpEchoServer } from '../../examples/udp-echo.js';
import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

function startServer(connections: number, bufferSize: number): { server: Server; lines: string[] } {
  const lines: string[] = [];
  const server = new Server(connections, bufferSize, line => lines.push(line));
  server.init();
  server.start(new IPEndPoint(IPAddress.Loopback, 0));
  servers.push(server);
  return { server, lines };
}

/** Sends bytes with Node's own sockets, ends the stream, and returns what comes back. */
function echoWithNode(port: number, bytes: Buffer): Promise<Buffer> {
  const echoing = new Promise<Buffer>((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', piece => pieces.push(piece));
    socket.on('end', () => {
      resolve(Buffer.concat(pieces));
    });
    socket.on('error', reject);
  });
  return withDeadline(echoing, 'the echo');
}

test('the server may be stopped between a receive and the send of what came', async () => {
  const server = new Server(1, 16, line => {
    if (line.startsWith('The server has read')) server.stop();
  });
  server.init();
  server.start(new IPEndPoint(IPAddress.Loopback, 0));
  servers.push(server);
  const client = connect(server.localEndPoint.port, '127.0.0.1', () => client.write('x'));
  client.on('error', () => undefined); // it is not told how the connection ends
  await withDeadline(new Promise(resolve => client.on('close', resolve)), 'the end');
  expect(server.numConnectedSockets).toBe(0);
});

test('the client gets back from the server what it sends', async () => {
  const { server } = startServer(4, 1024);
  const { port } = server.localEndPoint;
  expect(await echo('127.0.0.1', port, 'hello')).toBe('hello');
  expect(await echo('localhost', port, 'by name')).toBe('by name');
  const long = 'ü'.repeat(10_000);
  expect(await echo('127.0.0.1', port, long)).toBe(long);
});

test('the client fails where there is no server', async () => {
  const { server } = startServer(1, 16);
  const { port } = server.localEndPoint;
  server.stop();
  await expect(echo('127.0.0.1', port, 'hello')).rejects.toThrow(SocketException);
});

test('the server echoes to programs that know nothing of it', async () => {
  const { server } = startServer(10, 700);
  const blocks = Array.from({ length: 10 }, () => randomBytes(50_000));
  const echoes = await Promise.all(
    blocks.map(block => echoWithNode(server.localEndPoint.port, block)),
  );
  expect(echoes.every((echoed, i) => blocks[i]?.equals(echoed) === true)).toBe(true);
  expect(server.totalBytesRead).toBe(500_000);
});

test('the server counts its clients, and reports each that comes and goes', async () => {
  const { server, lines } = startServer(4, 64);
  const { port } = server.localEndPoint;
  expect(server.numConnectedSockets).toBe(0);
  const client = connect(port, '127.0.0.1');
  await until(() => server.numConnectedSockets === 1, 'the client is connected');
  client.write('12345');
  await until(() => server.totalBytesRead === 5, 'its bytes were read');
  client.destroy();
  await until(() => server.numConnectedSockets === 0, 'the client is gone');
  expect(lines).toEqual([
    'Client connection accepted. There are 1 clients connected to the server',
    'The server has read a total of 5 bytes',
    'A client has been disconnected from the server. There are 0 clients connected to the server',
  ]);
});

test('the server serves no more clients at once than it was made for, and the others later', async () => {
  const { server } = startServer(2, 64);
  const { port } = server.localEndPoint;
  const idle = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await until(() => server.numConnectedSockets === 2, 'two clients are connected');
  let isEchoed = false;
  const third = echoWithNode(port, Buffer.from('later')).finally(() => (isEchoed = true));
  await new Promise(resolve => setImmediate(resolve));
  expect(isEchoed).toBe(false);
  expect(server.numConnectedSockets).toBe(2);
  idle[0]?.destroy();
  expect((await third).toString()).toBe('later');
  idle[1]?.destroy();
});

test('the server serves one client after another with the same event args', async () => {
  const { server } = startServer(1, 8);
  for (const text of ['short', 'longer than the buffer', 'x', 'and again']) {
    expect(await echo('127.0.0.1', server.localEndPoint.port, text)).toBe(text);
  }
});

test('a stopped server closes its connections', async () => {
  const { server } = startServer(2, 64);
  const client = connect(server.localEndPoint.port, '127.0.0.1');
  client.on('error', () => undefined); // a reset: the server had a receive pending
  const closed = new Promise<void>(resolve => client.on('close', () => resolve()));
  await until(() => server.numConnectedSockets === 1, 'the client is connected');
  server.stop();
  await withDeadline(closed, 'the end of the connection');
});

test('the semaphore lets in those who wait, in order', async () => {
  const semaphore = new Semaphore(1, 2);
  await semaphore.waitOne();
  const order: number[] = [];
  const entering = [1, 2].map(n => semaphore.waitOne().then(() => order.push(n)));
  semaphore.release();
  semaphore.release();
  await Promise.all(entering);
  expect(order).toEqual([1, 2]);
  semaphore.release();
  semaphore.release();
  expect(() => {
    semaphore.release();
  }).toThrow(RangeError);
});

test('the datagram server sends back what it gets, to each sender its own', async () => {
  const server = new UdpEchoServer();
  server.start(new IPEndPoint(IPAddress.Loopback, 0));
  const { port } = server.localEndPoint;
  const clients = Array.from({ length: 4 }, () => createSocket('udp4'));
  const echoes = clients.map((client, i) => {
    const sent = Array.from({ length: 50 }, (_, n) => `datagram ${n} of client ${i}`);
    const received: string[] = [];
    client.on('message', message => received.push(message.toString()));
    for (const text of sent) client.send(text, port, '127.0.0.1');
    return { sent, received };
  });
  await until(() => echoes.every(each => each.received.length === 50), 'all have come back');
  for (const { sent, received } of echoes) expect(received).toEqual(sent);
  expect(server.datagramCount).toBe(200);
  for (const client of clients) client.close();
  server.stop();
});
