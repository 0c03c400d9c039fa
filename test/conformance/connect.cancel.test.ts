// Rows S-030, S-031 and C-009 of the specification: a connect that the user ends early, by
// cancelConnectAsync or by closing the socket, in each of its phases.

import {
  AddressFamily,
  DnsEndPoint,
  ProtocolType,
  Socket,
  SocketError,
  SocketType,
  type EndPoint,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { binding } from '../../lib/internal/binding.js';
import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { stubLookup } from '../support/resolver.js';
import { skipUnless } from '../support/skip.js';
import {
  acceptFrom,
  connectedPair,
  connectTo,
  crowdedListener,
  endPointOf,
  eventArgs,
  listener,
  tcpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const testPending = skipUnless(process.platform === 'linux', 'a full line refuses or accepts');

/** A connect that is pending, and what became of it. */
interface Connecting {
  readonly e: SocketAsyncEventArgs;
  /** The socket of the user; `undefined` in the static form. */
  readonly client: Socket | undefined;
  readonly events: (Socket | null)[];
  readonly isByName: boolean;
}

interface Form {
  readonly isStatic: boolean;
  readonly family?: AddressFamily;
}

const instance: Form = { isStatic: false };
const made: Form = { isStatic: true };
const madeForFamily: Form = { isStatic: true, family: AddressFamily.InterNetwork };

function startConnect(form: Form, endPoint: EndPoint | null): Connecting {
  const e = eventArgs();
  e.remoteEndPoint = endPoint;
  const events: (Socket | null)[] = [];
  e.on('completed', sender => events.push(sender));
  const client = form.isStatic ? undefined : tcpSocket();
  const isPending =
    client?.connectAsync(e) ?? Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);
  expect(isPending).toBe(true);
  return { e, client, events, isByName: endPoint instanceof DnsEndPoint };
}

function name(host: string, target: Socket, form: Form): DnsEndPoint {
  return new DnsEndPoint(host, endPointOf(target).port, form.family);
}

/** Waits for the event, and for another one, which must not come. */
async function expectAborted({ e, client, events, isByName }: Connecting): Promise<void> {
  await until(() => events.length > 0, 'the connect has ended');
  await new Promise<void>(resolve => setImmediate(resolve));
  expect(events).toHaveLength(1);
  expect(e.socketError).toBe(SocketError.OperationAborted);
  expect(e).toMatchObject({ connectSocket: null, bytesTransferred: 0 });
  const error = isByName ? { socketErrorCode: SocketError.OperationAborted } : {};
  expect(e.connectByNameError ?? {}).toMatchObject(error);
  expect(e.connectByNameError === null).toBe(!isByName);
  if (client !== undefined) {
    expect(events).toEqual([client]);
    expect(thrownBy(() => client.available)).toBe('ObjectDisposedException');
  }
}

/** The event never comes from inside the call that ends the connect. */
function endQuietly(connecting: Connecting, end: (connecting: Connecting) => void): void {
  end(connecting);
  expect(connecting.events).toHaveLength(0);
}

/** What the event args were used for is over: they serve again. */
async function expectReusable(e: SocketAsyncEventArgs): Promise<void> {
  e.remoteEndPoint = listener().localEndPoint;
  const client = tcpSocket();
  await succeed(e, each => client.connectAsync(each));
  expect(e).toMatchObject({ connectSocket: client, connectByNameError: null });
}

const ends: [string, (connecting: Connecting) => void][] = [
  ['cancelConnectAsync', ({ e }) => Socket.cancelConnectAsync(e)],
  ['cancelConnectAsync twice', ({ e }) => [e, e].forEach(Socket.cancelConnectAsync)],
  ['close', ({ client }) => client?.close()],
  ['dispose', ({ client }) => client?.dispose()],
];

/** Every way to end every form: a connect of the static form cannot be closed. */
const cases = [instance, made, madeForFamily].flatMap(form =>
  ends
    .filter(([how]) => !form.isStatic || how.startsWith('cancel'))
    .map(([how, end]) => {
      const family = form.family === undefined ? '' : ' for a family';
      return { title: `${form.isStatic ? 'static' : 'instance'}${family}, ${how}`, form, end };
    }),
);

describe.each(cases)('$title', ({ form, end }) => {
  testPending('S-031 while an endpoint does not answer', async () => {
    const crowded = await crowdedListener();
    const open = binding.openSocketCount();
    const connecting = startConnect(form, crowded.localEndPoint);
    endQuietly(connecting, end);
    await expectAborted(connecting);
    if (form.isStatic) expect(connecting.events).toEqual([null]);
    expect(binding.openSocketCount()).toBe(open);
    await expectReusable(connecting.e);
  });

  testPending('C-009 while an address of a name does not answer', async () => {
    const crowded = await crowdedListener();
    const open = binding.openSocketCount();
    const connecting = startConnect(form, name('127.0.0.1', crowded, form));
    endQuietly(connecting, end);
    await expectAborted(connecting);
    expect(binding.openSocketCount()).toBe(open);
    await expectReusable(connecting.e);
  });

  test('C-009 while the name is looked up, which answers later', async () => {
    const lookup = stubLookup();
    const live = listener();
    const open = binding.openSocketCount();
    const connecting = startConnect(form, name('some.name', live, form));
    endQuietly(connecting, end);
    await lookup.answer('127.0.0.1');
    await expectAborted(connecting);
    expect(binding.openSocketCount()).toBe(open);
    await expectReusable(connecting.e);
  });

  test('C-009 while the name is looked up, and there is no such', async () => {
    const lookup = stubLookup();
    const connecting = startConnect(form, name('some.name', listener(), form));
    const failed = lookup.fail('ENOTFOUND');
    endQuietly(connecting, end);
    await failed;
    await expectAborted(connecting);
    await expectReusable(connecting.e);
  });

  testPending('C-009 between two addresses, of which the first refused', async () => {
    const lookup = stubLookup();
    const crowded = await crowdedListener();
    const open = binding.openSocketCount();
    const connecting = startConnect(form, name('some.name', crowded, form));
    await lookup.answer('127.0.0.2', '127.0.0.1'); // nobody listens at the first
    endQuietly(connecting, end);
    await expectAborted(connecting);
    expect(binding.openSocketCount()).toBe(open);
  });
});

test('S-030 cancelConnectAsync does nothing where there is no connect', async () => {
  const { client, server, listener: listening } = await connectedPair();
  const receiving = eventArgs(1);
  const accepting = eventArgs();
  const received = succeed(receiving, e => client.receiveAsync(e));
  const accepted = succeed(accepting, e => listening.acceptAsync(e));
  const disposed = eventArgs();
  disposed.dispose();
  for (const e of [eventArgs(), receiving, accepting, disposed]) Socket.cancelConnectAsync(e);
  await send(server, new Uint8Array(1));
  await received;
  await connectTo(listening);
  await accepted;
  accepting.acceptSocket?.dispose();
});

test.each(['an endpoint', 'a name'])(
  'S-030 nothing is cancelled after a connect to %s',
  async to => {
    const listening = listener();
    const e = eventArgs();
    e.remoteEndPoint =
      to === 'a name' ? name('127.0.0.1', listening, instance) : listening.localEndPoint;
    const client = tcpSocket();
    await succeed(e, each => client.connectAsync(each));
    Socket.cancelConnectAsync(e);
    expect(client.connected).toBe(true);
    await send(client, new Uint8Array(1));
    const server = await acceptFrom(listening);
    await receive(server, 1);
  },
);

test('V-019 cancelConnectAsync refuses what are no event args', () => {
  for (const [value, exception] of [
    [null, 'ArgumentNullException(e)'],
    [undefined, 'ArgumentNullException(e)'],
    [{}, 'ArgumentException(e)'],
  ] as const) {
    expect(thrownBy(() => Socket.cancelConnectAsync(value as never))).toBe(exception);
  }
});

test('S-030 event args that are disposed while they connect can still be cancelled', async () => {
  const lookup = stubLookup(); // never waited for: cancelling is prompt
  const connecting = startConnect(instance, name('some.name', listener(), instance));
  connecting.e.dispose();
  Socket.cancelConnectAsync(connecting.e);
  await expectAborted(connecting);
  await lookup.answer('127.0.0.1');
  expect(thrownBy(() => tcpSocket().connectAsync(connecting.e))).toBe('ObjectDisposedException');
});
