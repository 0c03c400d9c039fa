// Rows S-005, S-006 and S-053 of the specification: how event args end, by dispose or by being
// forgotten.

import {
  AddressFamily,
  type Socket,
  SocketAsyncEventArgs,
  SocketError,
} from 'socket-async-event-args';

import { countSlots } from '../../lib/internal/slots.js';
import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import {
  argsFor,
  connectedPair,
  eventArgs,
  listener,
  loopback,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

test('S-005 dispose can be called again', () => {
  const e = new SocketAsyncEventArgs();
  e.dispose();
  e.dispose();
  e[Symbol.dispose]();
  expect(thrownBy(() => e.setBuffer(null))).toBe('ObjectDisposedException');
});

test('dispose gives the slot back, once', () => {
  const { claimed } = countSlots();
  const e = eventArgs(4);
  expect(countSlots().claimed).toBe(claimed + 1);
  e.dispose();
  e.dispose();
  expect(countSlots().claimed).toBe(claimed);
});

describe('event args without a buffer or an endpoint', () => {
  test('have no slot, but for the time of an operation', async () => {
    const { client, server } = await connectedPair();
    const { claimed } = countSlots();
    const e = eventArgs();
    expect(countSlots().claimed).toBe(claimed);
    const raised = new Promise<number>(resolve => {
      e.on('completed', () => {
        resolve(countSlots().claimed);
      });
    });
    expect(client.receiveAsync(e)).toBe(true);
    expect(countSlots().claimed).toBe(claimed + 1);
    const sending = eventArgs(Uint8Array.of(1));
    expect(server.sendAsync(sending)).toBe(false);
    sending.dispose();
    expect(await raised).toBe(claimed);
    expect(client.receiveAsync(e)).toBe(false); // there is a byte
    expect(countSlots().claimed).toBe(claimed);
  });

  test('keep the slot in which they get a buffer, or an endpoint', () => {
    const { claimed } = countSlots();
    const withBuffer = eventArgs();
    withBuffer.setBuffer(new Uint8Array(4));
    withBuffer.setBuffer(null);
    expect(countSlots().claimed).toBe(claimed + 1);
    const sendingTo = eventArgs();
    sendingTo.remoteEndPoint = loopback(AddressFamily.InterNetwork, 9);
    expect(udpSocket().sendToAsync(sendingTo)).toBe(false);
    expect(countSlots().claimed).toBe(claimed + 2);
    withBuffer.dispose();
    sendingTo.dispose();
    expect(countSlots().claimed).toBe(claimed);
  });

  test('have no slot after a start that was refused', async () => {
    const { client } = await connectedPair();
    client.close();
    const { claimed } = countSlots();
    const e = eventArgs();
    expect(thrownBy(() => client.receiveAsync(e))).toBe('ObjectDisposedException');
    expect(thrownBy(() => tcpSocket().disconnectAsync(e))).toBe('SocketException(NotConnected)');
    expect(countSlots().claimed).toBe(claimed);
  });
});

test('disposed event args still show what they were set to, and can be set', () => {
  const e = eventArgs(4);
  const { buffer } = e;
  e.dispose();
  expect(e.buffer).toBe(buffer);
  expect(e.count).toBe(4);
  e.userToken = 7;
  e.socketError = SocketError.Fault;
  expect(e.userToken).toBe(7);
  expect(e.socketError).toBe(SocketError.Fault);
});

describe('dispose while an operation is pending', () => {
  test('S-006a lets the operation complete, with its results and its event', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(4);
    const receiving = begin(e, each => client.receiveAsync(each));
    e.dispose();
    e.dispose();
    await send(server, Buffer.from('a'));
    const { sender, wasPending } = await receiving.outcome;
    expect(wasPending).toBe(true);
    expect(sender).toBe(client);
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.bytesTransferred).toBe(1);
    expect(Buffer.from(e.memoryBuffer).toString('latin1', 0, 1)).toBe('a');
  });

  test('S-006b leaves the event args disposed, already when the handler runs', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(4);
    const inside: string[] = [];
    e.on('completed', () => {
      inside.push(thrownBy(() => client.receiveAsync(e)));
    });
    const receiving = begin(e, each => client.receiveAsync(each));
    e.dispose();
    await send(server, Buffer.from('a'));
    await receiving.outcome;
    expect(inside).toEqual(['ObjectDisposedException']);
    expect(thrownBy(() => client.receiveAsync(e))).toBe('ObjectDisposedException');
  });

  test('keeps the slot until the operation is complete', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(4);
    const { claimed } = countSlots();
    const receiving = begin(e, each => client.receiveAsync(each));
    e.dispose();
    expect(countSlots().claimed).toBe(claimed);
    server.dispose();
    await receiving.outcome;
    expect(countSlots().claimed).toBe(claimed - 1);
  });

  test('does not end a connect', async () => {
    const listening = listener();
    const client = tcpSocket();
    const e = argsFor(listening);
    const connecting = begin(e, each => client.connectAsync(each));
    e.dispose();
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.Success);
    expect(e.connectSocket).toBe(client);
    expect(client.connected).toBe(true);
  });
});

// A turn of the event loop lies between a collection and the callbacks of finalizers; so ask for
// one per look.
async function untilCollected(condition: () => boolean, what: string): Promise<void> {
  await until(() => {
    gc?.();
    return condition();
  }, what);
}

function makeUnused(count: number): WeakRef<SocketAsyncEventArgs>[] {
  return Array.from({ length: count }, () => {
    const e = new SocketAsyncEventArgs();
    e.setBuffer(new Uint8Array(16), 0, 16);
    return new WeakRef(e);
  });
}

describe('event args that nobody refers to', () => {
  test('S-053 are collected when they were never used, and their slots are freed', async () => {
    const { claimed } = countSlots();
    const forgotten = makeUnused(20);
    expect(countSlots().claimed).toBe(claimed + 20);
    await untilCollected(
      () => forgotten.every(each => each.deref() === undefined),
      'all event args are collected',
    );
    await untilCollected(() => countSlots().claimed <= claimed, 'their slots are free');
  });

  test('S-053 are collected after an operation has completed with them', async () => {
    const listening = listener();
    const { claimed } = countSlots();
    const connect = async (): Promise<WeakRef<SocketAsyncEventArgs>> => {
      const e = new SocketAsyncEventArgs();
      e.remoteEndPoint = listening.localEndPoint;
      await succeed(e, each => tcpSocket().connectAsync(each));
      e.connectSocket?.dispose();
      return new WeakRef(e);
    };
    const forgotten = [await connect(), await connect()];
    await untilCollected(
      () => forgotten.every(each => each.deref() === undefined),
      'all event args are collected',
    );
    await untilCollected(() => countSlots().claimed <= claimed, 'their slots are free');
  });

  test('S-053 stay while an operation is pending, and so does their buffer', async () => {
    const { client, server } = await connectedPair();
    const results: string[] = [];
    const forgotten = ((): WeakRef<SocketAsyncEventArgs> => {
      const e = new SocketAsyncEventArgs();
      e.setBuffer(new Uint8Array(8), 0, 8);
      e.on('completed', (_, { memoryBuffer, bytesTransferred }) => {
        results.push(Buffer.from(memoryBuffer).toString('latin1', 0, bytesTransferred));
      });
      expect(client.receiveAsync(e)).toBe(true);
      return new WeakRef(e);
    })();
    for (let turn = 0; turn < 5; turn++) {
      gc?.();
      await new Promise(resolve => setImmediate(resolve));
    }
    await send(server, Buffer.from('alive'));
    await until(() => results.length > 0, 'the event was raised');
    expect(results).toEqual(['alive']);
    await untilCollected(() => forgotten.deref() === undefined, 'the event args are collected');
  });

  test('S-053 do not take their buffer with them into the slot of the next', async () => {
    const { client, server } = await connectedPair();
    makeUnused(5);
    const { claimed } = countSlots();
    await untilCollected(() => countSlots().claimed <= claimed - 5, 'the slots are free');
    const heirs = Array.from({ length: 5 }, () => eventArgs());
    for (const e of heirs) {
      await succeed(e, each => client.sendAsync(each));
      expect(e.bytesTransferred).toBe(0);
    }
    await send(client, Buffer.from('!'));
    expect(Buffer.from(await receive(server, 1)).toString()).toBe('!');
  });
});

test.each<[string, (e: SocketAsyncEventArgs, bytes: Uint8Array) => void]>([
  ['a buffer', (e, bytes) => e.setBuffer(bytes, 0, 1)],
  ['memory', (e, bytes) => e.setBuffer(bytes)],
  ['a list', (e, bytes) => (e.bufferList = [bytes])],
])('event args let go of %s that is cleared', async (_what, set) => {
  const { client } = await connectedPair();
  const e = eventArgs();
  const forgotten = ((): WeakRef<Uint8Array> => {
    const bytes = new Uint8Array(16);
    set(e, bytes);
    return new WeakRef(bytes);
  })();
  await succeed(e, each => client.sendAsync(each));
  expect(e.bytesTransferred).toBeGreaterThan(0);
  e.setBuffer(null);
  e.bufferList = null;
  await untilCollected(() => forgotten.deref() === undefined, 'the bytes are collected');
});

test('a socket that nobody refers to is closed: its peer sees the end of the stream', async () => {
  const client = await connectToForgotten();
  const e = eventArgs(4);
  const receiving = begin(e, each => client.receiveAsync(each));
  let isOver = false;
  void receiving.outcome.then(() => (isOver = true));
  await untilCollected(() => isOver, 'the peer sees the end');
  expect(e.socketError).toBe(SocketError.Success);
  expect(e.bytesTransferred).toBe(0);
});

/** A connection whose other half is held by nobody; `connectedPair` would hold it until the end. */
async function connectToForgotten(): Promise<Socket> {
  const listening = listener();
  const client = tcpSocket();
  const accepting = new SocketAsyncEventArgs();
  const accepted = succeed(accepting, e => listening.acceptAsync(e));
  await succeed(argsFor(listening), e => client.connectAsync(e));
  await accepted;
  return client;
}
