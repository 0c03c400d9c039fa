// Every member of a connected socket, in every state: allowed or the exact exception of .NET. A
// member that is added gets a row; no cell is left to chance.

import { inspect } from 'node:util';

import {
  IOControlCode,
  IPProtectionLevel,
  LingerOption,
  SelectMode,
  SendPacketsElement,
  Socket,
  SocketOptionLevel as Level,
  SocketOptionName as Name,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { begin } from '../support/operations.js';
import { connectedPair, eventArgs, loopback } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { send } from '../support/transfer.js';

const states = ['idle', 'receiving', 'disposed', 'inside a handler'] as const;

const ok = 'nothing';
const gone = 'ObjectDisposedException';

/** What is thrown in each of the states. */
type Cells = readonly [string, string, string, string];

const always: Cells = [ok, ok, ok, ok];
const whileOpen: Cells = [ok, ok, gone, ok];
const never = (thrown: string): Cells => [thrown, thrown, gone, thrown];
const neverAtAll = (thrown: string): Cells => [thrown, thrown, thrown, thrown];

type Call = (socket: Socket, e: SocketAsyncEventArgs) => unknown;
type Row = readonly [name: string, cells: Cells, call: Call];

const get =
  (name: keyof Socket): Call =>
  socket =>
    socket[name];

function withPackets(e: SocketAsyncEventArgs): SocketAsyncEventArgs {
  e.sendPacketsElements = [new SendPacketsElement(Buffer.from('a'))];
  return e;
}

const rows: readonly Row[] = [
  ['acceptAsync', never('InvalidOperationException'), (s, e) => s.acceptAsync(e)],
  ['connectAsync', never('SocketException(IsConnected)'), (s, e) => s.connectAsync(e)],
  ['disconnectAsync', whileOpen, (s, e) => s.disconnectAsync(e)],
  ['receiveAsync', whileOpen, (s, e) => s.receiveAsync(e)],
  ['sendAsync', whileOpen, (s, e) => s.sendAsync(e)],
  ['receiveFromAsync', whileOpen, (s, e) => s.receiveFromAsync(e)],
  ['receiveMessageFromAsync', whileOpen, (s, e) => s.receiveMessageFromAsync(e)],
  ['sendToAsync', whileOpen, (s, e) => s.sendToAsync(e)],
  ['sendPacketsAsync', whileOpen, (s, e) => s.sendPacketsAsync(withPackets(e))],
  [
    'sendPacketsAsync, without packets',
    never('ArgumentException(e)'),
    (s, e) => s.sendPacketsAsync(e),
  ],
  ['bind', never('SocketException(InvalidArgument)'), s => s.bind(loopback())],
  ['listen', never('SocketException(InvalidArgument)'), s => s.listen()],
  ['shutdown', whileOpen, s => s.shutdown(2)],
  ['shutdown, wrongly', never('SocketException(InvalidArgument)'), s => s.shutdown(5 as 2)],
  ['close', always, s => s.close()],
  ['close, abortively', always, s => s.close(0)],
  ['close, with time', always, s => s.close(20)],
  ['close, wrongly', neverAtAll('ArgumentOutOfRangeException(timeout)'), s => s.close(-2)],
  ['dispose', always, s => s.dispose()],
  ['using', always, s => s[Symbol.dispose]()],
  ['ref', always, s => s.ref()],
  ['unref', always, s => s.unref()],
  ['hasRef', always, s => s.hasRef()],
  ['equals', always, s => s.equals(s)],
  ['getHashCode', always, s => s.getHashCode()],
  ['toString', always, s => s.toString()],
  ['inspect', always, s => inspect(s)],
  ['get addressFamily', always, get('addressFamily')],
  ['get socketType', always, get('socketType')],
  ['get protocolType', always, get('protocolType')],
  ['get handle', always, get('handle')],
  ['get connected', always, get('connected')],
  ['get isBound', always, get('isBound')],
  ['get blocking', always, get('blocking')],
  ['get available', whileOpen, get('available')],
  ['get localEndPoint', whileOpen, get('localEndPoint')],
  ['get remoteEndPoint', whileOpen, get('remoteEndPoint')],
  ['get noDelay', whileOpen, get('noDelay')],
  ['get lingerState', whileOpen, get('lingerState')],
  ['get receiveBufferSize', whileOpen, get('receiveBufferSize')],
  ['get sendBufferSize', whileOpen, get('sendBufferSize')],
  ['get receiveTimeout', whileOpen, get('receiveTimeout')],
  ['get sendTimeout', whileOpen, get('sendTimeout')],
  ['get ttl', whileOpen, get('ttl')],
  ['get dontFragment', whileOpen, get('dontFragment')],
  ['get multicastLoopback', whileOpen, get('multicastLoopback')],
  ['get enableBroadcast', always, get('enableBroadcast')],
  ['get dualMode', always, get('dualMode')],
  ['get exclusiveAddressUse', whileOpen, get('exclusiveAddressUse')],
  ['get useOnlyOverlappedIO', always, get('useOnlyOverlappedIO')],
  ['set useOnlyOverlappedIO', always, s => (s.useOnlyOverlappedIO = true)],
  ['setSocketOption', whileOpen, s => s.setSocketOption(Level.Socket, Name.KeepAlive, true)],
  [
    'setSocketOption, with bytes',
    whileOpen,
    s => s.setSocketOption(Level.Socket, Name.SendBuffer, Buffer.alloc(4)),
  ],
  [
    'setSocketOption, without a value',
    never('ArgumentNullException(optionValue)'),
    s => s.setSocketOption(Level.Socket, Name.KeepAlive, null as unknown as boolean),
  ],
  [
    'setSocketOption, of none',
    never('SocketException(OperationNotSupported)'),
    s => s.setSocketOption(Level.Socket, Name.DontLinger, true),
  ],
  ['getSocketOption', whileOpen, s => s.getSocketOption(Level.Socket, Name.KeepAlive)],
  ['getSocketOption, of a length', whileOpen, s => s.getSocketOption(Level.Tcp, Name.NoDelay, 4)],
  [
    'getSocketOption, of none',
    never('SocketException(OperationNotSupported)'),
    s => s.getSocketOption(Level.Udp, Name.NoChecksum),
  ],
  ['setRawSocketOption', whileOpen, s => s.setRawSocketOption(6, 1, Buffer.alloc(4))],
  ['getRawSocketOption', whileOpen, s => s.getRawSocketOption(6, 1, Buffer.alloc(4))],
  ['ioControl', whileOpen, s => s.ioControl(IOControlCode.DataToRead, null, Buffer.alloc(4))],
  [
    'ioControl, without room',
    never('SocketException(Fault)'),
    s => s.ioControl(IOControlCode.DataToRead, null, null),
  ],
  [
    'ioControl, of Windows',
    never('PlatformNotSupportedException'),
    s => s.ioControl(IOControlCode.KeepAliveValues, null, null),
  ],
  [
    'setIPProtectionLevel',
    neverAtAll('PlatformNotSupportedException'),
    s => s.setIPProtectionLevel(IPProtectionLevel.Restricted),
  ],
  [
    'duplicateAndClose',
    neverAtAll('PlatformNotSupportedException'),
    s => s.duplicateAndClose(process.pid),
  ],
  ['poll', whileOpen, s => s.poll(0, SelectMode.SelectRead)],
  ['poll, with time', never('NotSupportedException'), s => s.poll(1000, SelectMode.SelectRead)],
  ['select', whileOpen, s => Socket.select([s], [s], [s], 0)],
  ['new Socket(handle)', neverAtAll('ArgumentException(handle)'), s => new Socket(s.handle)],
  ['set blocking', whileOpen, s => (s.blocking = false)],
  ['set noDelay', whileOpen, s => (s.noDelay = true)],
  ['set lingerState', whileOpen, s => (s.lingerState = new LingerOption(false, 0))],
  ['set receiveBufferSize', whileOpen, s => (s.receiveBufferSize = 65_536)],
  ['set sendBufferSize', whileOpen, s => (s.sendBufferSize = 65_536)],
  ['set receiveTimeout', whileOpen, s => (s.receiveTimeout = 1)],
  ['set sendTimeout', whileOpen, s => (s.sendTimeout = 1)],
  ['set ttl', whileOpen, s => (s.ttl = 64)],
  ['set dontFragment', whileOpen, s => (s.dontFragment = true)],
  ['set multicastLoopback', whileOpen, s => (s.multicastLoopback = true)],
  ['set enableBroadcast', whileOpen, s => (s.enableBroadcast = true)],
  ['set dualMode', neverAtAll('NotSupportedException'), s => (s.dualMode = true)],
  [
    'set exclusiveAddressUse',
    neverAtAll('InvalidOperationException'),
    s => (s.exclusiveAddressUse = true),
  ],
];

/** Runs a call on a socket in a state, and lets everything that is pending come to its end. */
async function thrownIn(state: (typeof states)[number], call: Call): Promise<string> {
  const { client, server, listener } = await connectedPair();
  const e = eventArgs();
  e.remoteEndPoint = listener.localEndPoint;
  const probe = (): string => thrownBy(() => call(client, e));
  if (state === 'idle') return probe();
  if (state === 'disposed') {
    client.dispose();
    return probe();
  }
  let thrown = 'not called';
  const pending = eventArgs(1);
  if (state === 'inside a handler') pending.once('completed', () => (thrown = probe()));
  const receiving = begin(pending, each => client.receiveAsync(each));
  expect(receiving.isPending).toBe(true);
  if (state === 'receiving') {
    thrown = probe();
    server.dispose(); // ends the receive, unless the call has done so
  } else {
    await send(server, Buffer.from('a'));
  }
  await receiving.outcome;
  return thrown;
}

const cells = rows.flatMap(([name, thrown, call]) =>
  states.map((state, index) => ({ name, state, thrown: thrown[index], call })),
);

test('the matrix has a row for every method, setter and getter', () => {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(Socket.prototype));
  const known = rows.map(([name]) => name);
  for (const [name, { get: getter, set: setter }] of properties) {
    if (name === 'constructor') continue;
    if (getter) expect(known).toContain(`get ${name}`);
    if (setter) expect(known).toContain(`set ${name}`);
    if (!getter && !setter) expect(known).toContain(name);
  }
  expect(cells).toHaveLength(rows.length * states.length);
});

test.each(cells)('$name throws $thrown when $state', async ({ state, thrown, call }) => {
  expect(await thrownIn(state, call)).toBe(thrown);
});
