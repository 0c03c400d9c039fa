// One connection over the loopback, one message back and forth.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketException,
  SocketType,
} from '../lib/index.js';

export interface EchoMeasure {
  readonly roundTrips: number;
  readonly seconds: number;
  readonly byteLength: number;
}

type Verb = 'acceptAsync' | 'connectAsync' | 'receiveAsync' | 'sendAsync';

const byteLength = 64;

/** How long a single operation may take: a firewall can swallow the loopback. */
const deadlineMs = 5_000;

function perform(socket: Socket, verb: Verb, e: SocketAsyncEventArgs): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${verb} was not complete after ${deadlineMs / 1000} seconds`));
    }, deadlineMs);
    const finish = (): void => {
      clearTimeout(timer);
      if (e.socketError === SocketError.Success) resolve();
      else reject(new SocketException(e.socketError));
    };
    e.once('completed', finish);
    if (socket[verb](e)) return;
    e.off('completed', finish);
    finish();
  });
}

async function connect(): Promise<Socket[]> {
  const listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
  const client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
  try {
    listener.bind(new IPEndPoint(IPAddress.Loopback, 0));
    listener.listen();
    const accept = new SocketAsyncEventArgs();
    const connecting = new SocketAsyncEventArgs();
    connecting.remoteEndPoint = listener.localEndPoint;
    await Promise.all([
      perform(listener, 'acceptAsync', accept),
      perform(client, 'connectAsync', connecting),
    ]);
    if (accept.acceptSocket === null) throw new Error('an accept without a socket');
    return [client, accept.acceptSocket];
  } catch (error) {
    client.close();
    throw error;
  } finally {
    listener.close();
  }
}

function eventArgs(): SocketAsyncEventArgs {
  const e = new SocketAsyncEventArgs();
  e.setBuffer(Buffer.alloc(byteLength), 0, byteLength);
  return e;
}

async function passOn(from: Socket, to: Socket, e: SocketAsyncEventArgs): Promise<void> {
  e.setBuffer(0, byteLength);
  await perform(from, 'sendAsync', e);
  for (let received = 0; received < byteLength; received += e.bytesTransferred) {
    e.setBuffer(received, byteLength - received);
    await perform(to, 'receiveAsync', e);
    if (e.bytesTransferred === 0) throw new Error('the connection ended');
  }
}

/** Sends and returns a message for that long. */
export async function measureEcho(durationMs: number): Promise<EchoMeasure> {
  const sockets = await connect();
  const [client, server] = sockets as [Socket, Socket];
  client.noDelay = server.noDelay = true;
  const e = eventArgs();
  try {
    const begin = performance.now();
    let roundTrips = 0;
    let elapsedMs = 0;
    while (elapsedMs < durationMs) {
      await passOn(client, server, e);
      await passOn(server, client, e);
      roundTrips++;
      elapsedMs = performance.now() - begin;
    }
    return { roundTrips, seconds: elapsedMs / 1000, byteLength };
  } finally {
    for (const socket of sockets) socket.close();
  }
}
