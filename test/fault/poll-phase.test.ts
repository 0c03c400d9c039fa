// Callbacks of others (node:net) run in the middle of the poll phase, between the events of our
// sockets. What they close must not be touched any more, even if its descriptor is somebody else's by
// then.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { SocketError } from 'socket-async-event-args';

import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, type Begun } from '../support/operations.js';
import { connectedPair, eventArgs, type Pair } from '../support/sockets.js';

const { OperationAborted, Success } = SocketError;
const count = 20;

let server: Server;
let clients: Socket[];
let accepted: Socket[];

/** Connections of node:net whose server writes to all of them on demand. */
async function connectOthers(): Promise<() => void> {
  accepted = [];
  server = createServer(socket => accepted.push(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  clients = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  await until(() => accepted.length === count, 'all are connected');
  return () => {
    for (const socket of accepted) socket.write('data');
  };
}

afterEach(() => {
  for (const socket of [...accepted, ...clients]) socket.destroy();
  server.close();
});

function beginReceives(pairs: readonly Pair[], bytes: number): Begun[] {
  return pairs.map(({ client }) => begin(eventArgs(bytes), e => client.receiveAsync(e)));
}

/** Something of every socket, ours and theirs, becomes readable in one turn; `act` comes between. */
async function actBetween(pairs: readonly Pair[], act: () => void): Promise<void> {
  const writeToOthers = await connectOthers();
  const acted = new Promise<void>(resolve => {
    clients[count / 2]?.once('data', () => {
      act();
      resolve();
    });
  });
  for (const each of pairs.slice(0, count / 2)) each.server.sendAsync(eventArgs(1));
  writeToOthers();
  for (const each of pairs.slice(count / 2)) each.server.sendAsync(eventArgs(1));
  await withDeadline(acted, 'data of another');
}

function makePairs(): Promise<Pair[]> {
  return Promise.all(Array.from({ length: count }, () => connectedPair()));
}

test('sockets closed in between complete once: with what came, or aborted', async () => {
  const pairs = await makePairs();
  const begun = beginReceives(pairs, 4);
  await actBetween(pairs, () => {
    for (const { client } of pairs) client.close();
  });
  for (const { outcome } of begun) {
    const { e } = await outcome;
    expect([Success, OperationAborted]).toContain(e.socketError);
    expect(e.bytesTransferred).toBe(e.socketError === Success ? 1 : 0);
  }
});

test('sockets made in between, on the descriptors of closed ones, get no events of those', async () => {
  const [old, fresh] = [await makePairs(), await makePairs()];
  const begun = beginReceives(old, 4);
  const renewed: Begun[] = [];
  await actBetween(old, () => {
    for (const { client } of old) client.close();
    for (const { client } of fresh) {
      // Its descriptor is replaced by one of those that have just become free.
      const e = eventArgs();
      e.disconnectReuseSocket = true;
      expect(client.disconnectAsync(e)).toBe(false);
      e.remoteEndPoint = fresh[0]?.listener.localEndPoint ?? null;
      renewed.push(begin(e, each => client.connectAsync(each)));
      renewed.push(begin(eventArgs(4), each => client.receiveAsync(each)));
    }
  });
  await Promise.all(begun.map(each => each.outcome));
  for (const [i, { outcome }] of renewed.entries()) {
    if (i % 2 === 0) expect((await outcome).e.socketError).toBe(Success);
  }
  fresh[0]?.listener.close(); // resets the connections that nobody has accepted
  for (const [i, { outcome }] of renewed.entries()) {
    if (i % 2 === 1) expect((await outcome).e.socketError).toBe(SocketError.ConnectionReset);
  }
});

test('operations started and aborted in between are told in the same turn', async () => {
  const pairs = await makePairs();
  const events: SocketError[] = [];
  await actBetween(pairs, () => {
    for (const { client } of pairs) {
      const e = eventArgs();
      e.on('completed', () => events.push(e.socketError));
      if (!client.receiveAsync(e)) events.push(e.socketError);
      client.close();
    }
  });
  await until(() => events.length === count, 'all have ended');
  expect(events.every(error => error === Success || error === OperationAborted)).toBe(true);
});
