// A busy socket takes its share of the loop, and no more.

import { connect, createServer, type AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';

import type { Socket } from 'socket-async-event-args';

import { withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

/** Echoes back and forth between two sockets until they are closed; counts the receives. */
class Flood {
  received = 0;
  #isOver = false;
  readonly #pairs: Socket[][] = [];

  async start(pairs: number, messages: number): Promise<void> {
    for (let i = 0; i < pairs; i++) {
      const { client, server } = await connectedPair();
      this.#pairs.push([client, server]);
      this.#echo(client);
      this.#echo(server);
      for (let m = 0; m < messages; m++) client.sendAsync(eventArgs(8));
    }
  }

  stop(): void {
    this.#isOver = true;
    for (const socket of this.#pairs.flat()) socket.close();
  }

  #echo(socket: Socket): void {
    const [receiving, sending] = [eventArgs(4096), eventArgs(4096)];
    const next = (): void => {
      while (!this.#isOver) {
        this.received++;
        sending.setBuffer(0, receiving.bytesTransferred);
        if (socket.sendAsync(sending) || socket.receiveAsync(receiving)) return;
      }
    };
    sending.on('completed', () => {
      if (!this.#isOver && !socket.receiveAsync(receiving)) next();
    });
    receiving.on('completed', next);
    if (!socket.receiveAsync(receiving)) next();
  }
}

/** Does some work while ten pairs of sockets are busy, and expects it to come to its end. */
async function during(work: () => Promise<void>, what: string): Promise<void> {
  const flood = new Flood();
  await flood.start(10, 20);
  try {
    await withDeadline(work(), what);
  } finally {
    flood.stop();
  }
  expect(flood.received).toBeGreaterThan(1000); // it was one
}

test('timers fire while sockets are busy', async () => {
  const fire = async (): Promise<void> => {
    for (let i = 0; i < 100; i++) await new Promise(resolve => setTimeout(resolve, 1));
  };
  await during(fire, '100 timers');
});

test('immediates, ticks and promises run while sockets are busy', async () => {
  const run = async (): Promise<void> => {
    for (let i = 0; i < 300; i++) {
      await new Promise(resolve => setImmediate(resolve));
      await new Promise<void>(resolve => {
        process.nextTick(resolve);
      });
    }
  };
  await during(run, '300 turns');
});

test('the thread pool answers while sockets are busy', async () => {
  const read = async (): Promise<void> => {
    for (let i = 0; i < 200; i++) await readFile(__filename);
  };
  await during(read, '200 files');
});

test('Node’s own sockets are served while ours are busy', async () => {
  const server = createServer(socket => socket.pipe(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const exchange = async (): Promise<void> => {
    for (let i = 0; i < 100; i++) {
      client.write('x');
      await new Promise(resolve => client.once('data', resolve));
    }
  };
  await during(exchange, '100 echoes of node:net');
  client.destroy();
  server.close();
});

test('a quiet socket of ours is served while others are busy', async () => {
  const { client, server } = await connectedPair();
  const exchange = async (): Promise<void> => {
    for (let i = 0; i < 250; i++) {
      const receiving = receive(server, 1);
      await send(client, Uint8Array.of(i));
      expect(await receiving).toEqual(Uint8Array.of(i));
    }
  };
  await during(exchange, '250 messages');
});
