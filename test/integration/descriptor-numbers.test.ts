// The number of a closed socket goes to the next that is opened, whoever opens it. What the engine
// keeps for a number (native/engine/kept_watchers.h) must not be noticed by anybody.

import { once } from 'node:events';
import net from 'node:net';

import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs } from '../support/sockets.js';

const rounds = 20;

/** An exchange in which a receive waits, so that the socket is watched. Returns the numbers used. */
async function exchangeOverOurs(text: string): Promise<number[]> {
  const { client, server } = await connectedPair();
  const numbers = [client.handle, server.handle];
  const received = eventArgs(text.length);
  const receiving = succeed(received, e => server.receiveAsync(e));
  await succeed(eventArgs(Buffer.from(text)), e => client.sendAsync(e));
  await receiving;
  expect(Buffer.from(received.memoryBuffer).toString()).toBe(text);
  client.close();
  server.close();
  return numbers;
}

async function exchangeOverNodes(text: string): Promise<void> {
  const listener = net.createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = net.connect((listener.address() as net.AddressInfo).port, '127.0.0.1');
  client.write(text);
  const [received] = (await once(client, 'data')) as [Buffer];
  expect(String(received)).toBe(text);
  client.destroy();
  listener.close();
  await once(listener, 'close');
}

test('sockets that take turns with those of Node at the same numbers disturb nobody', async () => {
  const used = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    for (const number of await exchangeOverOurs(`ours ${round}`)) used.add(number);
    await exchangeOverNodes(`theirs ${round}`);
  }
  // Or this was no test: the numbers do come back.
  expect(used.size).toBeLessThan(2 * rounds);
});

test('a socket that is closed while its event is on the way tells nothing to its successor', async () => {
  const first = await connectedPair();
  const pending = eventArgs(0);
  first.server.receiveAsync(pending);
  await succeed(eventArgs(Buffer.from('late')), e => first.client.sendAsync(e));
  first.server.close();
  const next = await connectedPair();
  const received = eventArgs(1);
  const receiving = succeed(received, e => next.server.receiveAsync(e));
  await succeed(eventArgs(Buffer.from('!')), e => next.client.sendAsync(e));
  await receiving;
  expect(received.bytesTransferred).toBe(1);
  expect(received.memoryBuffer[0]).toBe('!'.charCodeAt(0));
});
