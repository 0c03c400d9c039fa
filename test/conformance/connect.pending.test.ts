// Row Z-008 of the specification, and what else can be seen of a connect that is pending. Only a
// listener whose line is full makes one wait on the loopback address; see crowdedListener.

import {
  ProtocolType,
  Socket,
  SocketAsyncOperation,
  SocketError,
  SocketType,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { binding } from '../../lib/internal/binding.js';
import '../support/leak-audit.js';
import { begin, finish, succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import { argsFor, crowdedListener, eventArgs, listener, tcpSocket } from '../support/sockets.js';

const testPending = skipUnless(process.platform === 'linux', 'a full line refuses or accepts');

const connectStatic = (e: SocketAsyncEventArgs): boolean =>
  Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);

async function connectAgain(client: Socket): Promise<void> {
  await succeed(argsFor(listener()), e => client.connectAsync(e));
  expect(client.connected).toBe(true);
}

describe('a connect that is pending', () => {
  testPending('Z-008 has no ConnectSocket, and its socket is not connected', async () => {
    const client = tcpSocket();
    const e = argsFor(listener());
    await succeed(e, each => tcpSocket().connectAsync(each));
    expect(e.connectSocket).not.toBeNull();
    e.remoteEndPoint = (await crowdedListener()).localEndPoint;
    const connecting = begin(e, each => client.connectAsync(each));
    expect(connecting.isPending).toBe(true);
    expect(e.connectSocket).toBeNull();
    expect(e.lastOperation).toBe(SocketAsyncOperation.Connect);
    expect(e.socketError).toBe(SocketError.Success); // still that of the last operation
    expect(client).toMatchObject({ connected: false, isBound: false });
    expect(client.remoteEndPoint).toBeNull();
    expect(client.localEndPoint).toBeNull();
    Socket.cancelConnectAsync(e);
    await connecting.outcome;
  });

  testPending('is not disturbed by another one, which is AlreadyInProgress at once', async () => {
    const client = tcpSocket();
    const connecting = begin(argsFor(await crowdedListener()), e => client.connectAsync(e));
    const second = await finish(argsFor(listener()), e => client.connectAsync(e));
    expect(second.wasPending).toBe(false);
    expect(second.e.socketError).toBe(SocketError.AlreadyInProgress);
    expect(second.e.connectSocket).toBeNull();
    client.dispose();
    expect((await connecting.outcome).e.socketError).toBe(SocketError.OperationAborted);
  });

  testPending('makes sends and receives on its socket wait', async () => {
    const client = tcpSocket();
    const connecting = begin(argsFor(await crowdedListener()), e => client.connectAsync(e));
    const receiving = begin(eventArgs(1), e => client.receiveAsync(e));
    const sending = begin(eventArgs(1), e => client.sendAsync(e));
    expect([receiving.isPending, sending.isPending]).toEqual([true, true]);
    client.dispose();
    for (const { outcome } of [connecting, receiving, sending]) {
      expect((await outcome).e.socketError).toBe(SocketError.OperationAborted);
    }
  });

  testPending('ends with ConnectionReset when its socket disconnects', async () => {
    const client = tcpSocket();
    const connecting = begin(argsFor(await crowdedListener()), e => client.connectAsync(e));
    expect((await succeed(eventArgs(), e => client.disconnectAsync(e))).wasPending).toBe(false);
    expect((await connecting.outcome).e.socketError).toBe(SocketError.ConnectionReset);
    await connectAgain(client);
  });

  // Here the client tries again after a second, which only this test waits for.
  testPending('is refused later when the listener closes', async () => {
    const crowded = await crowdedListener();
    const client = tcpSocket();
    const own = begin(argsFor(crowded), e => client.connectAsync(e));
    const open = binding.openSocketCount();
    const made = begin(argsFor(crowded), connectStatic);
    crowded.dispose();
    for (const { outcome } of [own, made]) {
      const { e, wasPending } = await outcome;
      expect(wasPending).toBe(true);
      expect(e.socketError).toBe(SocketError.ConnectionRefused);
      expect(e.connectSocket).toBeNull();
    }
    expect((await own.outcome).sender).toBe(client);
    expect((await made.outcome).sender).toBeNull();
    expect(binding.openSocketCount()).toBe(open - 1);
    await connectAgain(client);
  });
});
