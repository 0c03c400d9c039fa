// The `completed` event as others use it: the helpers of node:events, and subclasses.

import { on, once } from 'node:events';

import { type Socket, SocketAsyncEventArgs, SocketError } from 'socket-async-event-args';

import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { connectedPair, eventArgs } from '../support/sockets.js';
import { send } from '../support/transfer.js';

describe('helpers of node:events', () => {
  test('once() gives the sender and the event args of the next operation', async () => {
    const { client, server } = await connectedPair();
    const receiving = eventArgs(4);
    const completed = once(receiving, 'completed');
    expect(client.receiveAsync(receiving)).toBe(true);
    await send(server, Buffer.from('a'));
    expect(await withDeadline(completed, 'the event')).toEqual([client, receiving]);
    expect(receiving.eventNames()).toEqual([]);
  });

  test('once() can be aborted, and leaves no handler', async () => {
    const idle = eventArgs();
    const stop = new AbortController();
    const completed = once(idle, 'completed', { signal: stop.signal });
    stop.abort();
    await expect(completed).rejects.toMatchObject({ name: 'AbortError' });
    expect(idle.eventNames()).toEqual([]);
  });

  test('on() iterates over operations, one after another', async () => {
    const { client, server } = await connectedPair();
    const receiving = eventArgs(1);
    const got: string[] = [];
    const iterate = async (): Promise<void> => {
      for await (const [sender, each] of on(receiving, 'completed')) {
        expect(sender).toBe(client);
        expect(each).toBe(receiving);
        got.push(Buffer.from(receiving.memoryBuffer).toString());
        if (got.length === 3) break;
        expect(client.receiveAsync(receiving)).toBe(true);
        await send(server, Buffer.from(String(got.length)));
      }
    };
    const iterated = iterate();
    expect(client.receiveAsync(receiving)).toBe(true);
    await send(server, Buffer.from('0'));
    await withDeadline(iterated, 'three operations');
    expect(got).toEqual(['0', '1', '2']);
    expect(receiving.eventNames()).toEqual([]);
  });
});

describe('onCompleted', () => {
  class Overriding extends SocketAsyncEventArgs {
    readonly seen: [SocketAsyncEventArgs, SocketError][] = [];
    calls = true;

    protected override onCompleted(args: SocketAsyncEventArgs): void {
      this.seen.push([args, args.socketError]);
      if (this.calls) super.onCompleted(args);
    }

    raise(): void {
      this.onCompleted(this);
    }
  }

  test.each([
    ['and hands it on', true, 1],
    ['and keeps it to itself', false, 0],
  ])('of a subclass is told of the end of an operation, %s', async (_how, calls, events) => {
    const { client, server } = await connectedPair();
    using overriding = new Overriding();
    overriding.calls = calls;
    overriding.setBuffer(new Uint8Array(1), 0, 1);
    const senders: (Socket | null)[] = [];
    overriding.on('completed', sender => senders.push(sender));
    expect(client.receiveAsync(overriding)).toBe(true);
    await send(server, Buffer.from('a'));
    await until(() => overriding.seen.length > 0, 'onCompleted was called');
    expect(overriding.seen).toEqual([[overriding, SocketError.Success]]);
    expect(senders).toEqual(Array.from({ length: events }, () => client));
  });

  test('called by hand raises the event, with the sender of the last operation', async () => {
    const { client } = await connectedPair();
    using overriding = new Overriding();
    const senders: (Socket | null)[] = [];
    overriding.on('completed', sender => senders.push(sender));
    overriding.raise();
    expect(client.sendAsync(overriding)).toBe(false);
    overriding.raise();
    expect(senders).toEqual([null, client]);
  });
});
