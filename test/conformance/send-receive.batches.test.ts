// What handlers of one batch start goes to the system together where that saves calls, and nobody can
// tell but by `true` in place of `false`: every operation completes once, in order, and whatever else
// is done with a socket comes after what was sent before.

import {
  type Socket,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
} from 'socket-async-event-args';

import { sendsMayWait } from '../../lib/internal/submit.js';
import { until } from '../support/deadline.js';
import { succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { connectedPair, eventArgs, tracked } from '../support/sockets.js';

const message = Buffer.from('message');
const connectionCount = 8;

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
}

/** Event args that keep no async context, with a buffer. */
function lean(bytes: Uint8Array): SocketAsyncEventArgs {
  const e = tracked(new SocketAsyncEventArgs(true));
  e.setBuffer(bytes, 0, bytes.length);
  return e;
}

function openConnections(): Promise<Connection[]> {
  return Promise.all(Array.from({ length: connectionCount }, () => connectedPair()));
}

/**
 * Has every server receive a message, all of them in one turn, and calls the handler with each; how
 * many handlers were called.
 */
async function receiveTogether(
  connections: readonly Connection[],
  handler: (index: number, server: Socket) => void,
): Promise<void> {
  let count = 0;
  for (const [index, { server }] of connections.entries()) {
    const e = lean(new Uint8Array(64));
    e.on('completed', () => {
      expect(e.lastOperation).toBe(SocketAsyncOperation.Receive);
      expect(e.bytesTransferred).toBe(message.length);
      count++;
      handler(index, server);
    });
    expect(server.receiveAsync(e)).toBe(true);
  }
  for (const { client } of connections) client.sendAsync(lean(message));
  await until(() => count === connections.length, 'all have received');
}

/** What arrives at the client's end until its stream ends or so many bytes are there. */
async function readFrom(client: Socket, length: number): Promise<string> {
  let text = '';
  const e = eventArgs(256);
  while (text.length < length) {
    await succeed(e, each => client.receiveAsync(each));
    if (e.bytesTransferred === 0) break;
    text += Buffer.from(e.memoryBuffer.subarray(0, e.bytesTransferred)).toString();
  }
  return text;
}

/** A send that notes how often it was complete, at once or later. */
class CountedSend {
  readonly args: SocketAsyncEventArgs;
  count = 0;
  wasPending = false;

  constructor(text: string, args = lean(Buffer.from(text))) {
    this.args = args;
    args.on('completed', () => {
      this.count++;
    });
  }

  start(socket: Socket): void {
    this.wasPending = socket.sendAsync(this.args);
    if (!this.wasPending) this.count++;
  }
}

test('what all handlers of a batch send arrives, each send complete once', async () => {
  const connections = await openConnections();
  const sends = connections.map((_, index) => new CountedSend(`answer ${index}`));
  await receiveTogether(connections, (index, server) => {
    sends[index]?.start(server);
  });
  for (const [index, { client }] of connections.entries()) {
    expect(await readFrom(client, 8)).toBe(`answer ${index}`);
  }
  await until(() => sends.every(send => send.count === 1), 'all sends are complete');
  for (const { args } of sends) {
    expect(args.socketError).toBe(SocketError.Success);
    expect(args.bytesTransferred).toBe(8);
  }
});

skipUnless(sendsMayWait, 'sends share no calls here')(
  'small sends of a batch are pending, and the last may finish at once',
  async () => {
    const connections = await openConnections();
    const sends = connections.map((_, index) => new CountedSend(`answer ${index}`));
    await receiveTogether(connections, (index, server) => {
      sends[index]?.start(server);
    });
    expect(sends.some(send => send.wasPending)).toBe(true);
    await until(() => sends.every(send => send.count === 1), 'all sends are complete');
  },
);

test.each([
  ['that keep their async context', (): SocketAsyncEventArgs => eventArgs(message)],
  ['of many bytes', (): SocketAsyncEventArgs => lean(Buffer.alloc(8192, 'x'))],
])('sends %s finish at once, in a batch too', async (_what, makeArgs) => {
  const connections = await openConnections();
  const sends = connections.map(() => new CountedSend('', makeArgs()));
  await receiveTogether(connections, (index, server) => {
    sends[index]?.start(server);
  });
  expect(sends.map(send => send.wasPending)).toEqual(sends.map(() => false));
});

test('several sends of one handler arrive in order', async () => {
  const connections = await openConnections();
  const sends: CountedSend[] = [];
  await receiveTogether(connections, (_index, server) => {
    for (const text of ['one ', 'two ', 'three']) {
      const send = new CountedSend(text);
      sends.push(send);
      send.start(server);
    }
  });
  for (const { client } of connections) expect(await readFrom(client, 13)).toBe('one two three');
  await until(() => sends.every(send => send.count === 1), 'all sends are complete');
});

test.each([
  [
    'closed',
    (server: Socket): void => {
      server.close();
    },
  ],
  [
    'closed with a timeout',
    (server: Socket): void => {
      server.close(1000);
    },
  ],
  [
    'shut down',
    (server: Socket): void => {
      server.shutdown(SocketShutdown.Send);
    },
  ],
])('a socket that is %s in the handler that has sent has sent before', async (_what, end) => {
  const connections = await openConnections();
  const sends = connections.map((_, index) => new CountedSend(`answer ${index}`));
  await receiveTogether(connections, (index, server) => {
    sends[index]?.start(server);
    end(server);
  });
  for (const [index, { client }] of connections.entries()) {
    expect(await readFrom(client, Infinity)).toBe(`answer ${index}`);
  }
  await until(() => sends.every(send => send.count === 1), 'all sends are complete');
  for (const { args } of sends) expect(args.socketError).toBe(SocketError.Success);
});

test('a socket closed by the handler of another has sent before', async () => {
  const connections = await openConnections();
  const sends = connections.map((_, index) => new CountedSend(`answer ${index}`));
  let handled = 0;
  await receiveTogether(connections, (index, server) => {
    sends[index]?.start(server);
    handled++;
    if (handled === connectionCount) for (const each of connections) each.server.close();
  });
  for (const [index, { client }] of connections.entries()) {
    expect(await readFrom(client, Infinity)).toBe(`answer ${index}`);
  }
});

test('a receive started in a handler waits for what comes next', async () => {
  const connections = await openConnections();
  const texts = connections.map(() => '');
  for (const [index, { server }] of connections.entries()) {
    const e = lean(new Uint8Array(64));
    e.on('completed', () => {
      texts[index] += Buffer.from(e.memoryBuffer.subarray(0, e.bytesTransferred)).toString();
      if (texts[index] !== 'message message ') expect(server.receiveAsync(e)).toBe(true);
    });
    server.receiveAsync(e);
  }
  for (let round = 1; round <= 2; round++) {
    for (const { client } of connections) client.sendAsync(lean(Buffer.from('message ')));
    await until(
      () => texts.every(text => text === 'message '.repeat(round)),
      `all have received ${round} messages`,
    );
  }
});

test('a receive started in a handler that closes the socket ends with OperationAborted', async () => {
  const connections = await openConnections();
  const waiting: SocketAsyncEventArgs[] = [];
  let aborted = 0;
  await receiveTogether(connections, (_index, server) => {
    const e = lean(new Uint8Array(64));
    e.on('completed', () => {
      if (e.socketError === SocketError.OperationAborted) aborted++;
    });
    expect(server.receiveAsync(e)).toBe(true);
    waiting.push(e);
    server.close();
  });
  await until(() => aborted === connectionCount, 'all receives are aborted');
});

test('event args disposed after a send of a batch complete it all the same', async () => {
  const connections = await openConnections();
  const sends = connections.map((_, index) => new CountedSend(`answer ${index}`));
  await receiveTogether(connections, (index, server) => {
    sends[index]?.start(server);
    sends[index]?.args.dispose();
  });
  for (const [index, { client }] of connections.entries()) {
    expect(await readFrom(client, 8)).toBe(`answer ${index}`);
  }
  await until(() => sends.every(send => send.count === 1), 'all sends are complete');
});
