// Every method and setter, crossed with values that C# would not compile or that no `int` can be:
// each is refused with an ArgumentException that names the parameter, and leaves the object usable.

import {
  AddressFamily,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs, listener, tcpSocket, type Pair } from '../support/sockets.js';
import { aoore } from '../support/thrown.js';
import { send } from '../support/transfer.js';
import {
  aBoolean,
  aSize,
  allAs,
  anArrayOrNull,
  anEnum,
  anInt,
  anObject,
  anObjectOrNull,
  anOptionalBoolean,
  cross,
  type Answers,
  type Name,
  type Row,
} from '../support/wrong-values.js';

/** A number in the place of the buffer is the offset of the other overload. */
const aBuffer: Answers = p => ({
  ...anObjectOrNull(p),
  NaN: aoore('offset'),
  '1.5': aoore('offset'),
  '-1': aoore('offset'),
  '2 ** 31': aoore('offset'),
});

/** A real operation on each of them. */
async function expectUsable({ client, server }: Pair, e = eventArgs()): Promise<void> {
  e.bufferList = null;
  e.setBuffer(new Uint8Array(4), 0, 4);
  e.socketFlags = 0;
  await send(server, Buffer.from('ab'));
  await succeed(e, each => client.receiveAsync(each));
  expect(e.bytesTransferred).toBe(2);
}

describe('event args', () => {
  const some = new Uint8Array(4);
  const rows: readonly Row<SocketAsyncEventArgs>[] = [
    ['acceptSocket', anObjectOrNull('value'), (e, v) => (e.acceptSocket = v)],
    ['bufferList', anArrayOrNull('value'), (e, v) => (e.bufferList = v)],
    ['bufferList = [_]', anObject('segment'), (e, v) => (e.bufferList = [v])],
    ['disconnectReuseSocket', aBoolean('value'), (e, v) => (e.disconnectReuseSocket = v)],
    ['remoteEndPoint', anObjectOrNull('value'), (e, v) => (e.remoteEndPoint = v)],
    ['sendPacketsElements', anArrayOrNull('value'), (e, v) => (e.sendPacketsElements = v)],
    ['sendPacketsFlags', anInt('value'), (e, v) => (e.sendPacketsFlags = v)],
    ['sendPacketsSendSize', anInt('value'), (e, v) => (e.sendPacketsSendSize = v)],
    ['socketError', anInt('value'), (e, v) => (e.socketError = v)],
    ['socketFlags', anInt('value'), (e, v) => (e.socketFlags = v)],
    [
      'socketClientAccessPolicyProtocol',
      anInt('value'),
      (e, v) => (e.socketClientAccessPolicyProtocol = v),
    ],
    ['userToken', allAs('nothing'), (e, v) => (e.userToken = v)],
    ['setBuffer(_, 0, 0)', anObjectOrNull('buffer'), (e, v) => e.setBuffer(v, 0, 0)],
    ['setBuffer(some, _, 0)', aSize('offset'), (e, v) => e.setBuffer(some, v, 0)],
    ['setBuffer(some, 0, _)', aSize('count'), (e, v) => e.setBuffer(some, 0, v)],
    ['new …(_)', anOptionalBoolean('unsafeSuppressExecutionContext'), (_, v) => make(v).dispose()],
  ];

  const make = (value: boolean): SocketAsyncEventArgs => new SocketAsyncEventArgs(value);

  test.each(rows)('%s refuses wrong types and stays usable', async (...row) => {
    const pair = await connectedPair();
    const e = eventArgs();
    expect(cross(row, e)).toEqual(row[1]);
    await expectUsable(pair, e);
  });

  const withBuffer: readonly Row<SocketAsyncEventArgs>[] = [
    ['setBuffer(_)', aBuffer('buffer'), (e, v) => e.setBuffer(v)],
    [
      'setBuffer(_, 0)',
      { ...aSize('offset'), ...notNumbers('buffer') },
      (e, v) => e.setBuffer(v, 0),
    ],
    ['setBuffer(0, _)', aSize('count'), (e, v) => e.setBuffer(0, v)],
  ];

  test.each(withBuffer)('with a buffer, %s refuses wrong types', async (...row) => {
    const pair = await connectedPair();
    const [what, answers, call] = row;
    const e = eventArgs();
    const onBuffer: Row<SocketAsyncEventArgs> = [
      what,
      answers,
      (each, value) => {
        each.setBuffer(some, 0, 4);
        call(each, value);
      },
    ];
    expect(cross(onBuffer, e)).toEqual(answers);
    await expectUsable(pair, e);
  });

  // Nothing is in range or out of it where there is no buffer; but an int it must be.
  test.each<Row<SocketAsyncEventArgs>>([
    [
      'setBuffer(_, 0)',
      { ...anInt('offset'), ...notNumbers('buffer') },
      (e, v) => e.setBuffer(v, 0),
    ],
    ['setBuffer(0, _)', anInt('count'), (e, v) => e.setBuffer(0, v)],
  ])('without a buffer, %s refuses wrong types', async (...row) => {
    const pair = await connectedPair();
    const e = eventArgs();
    expect(cross(row, e)).toEqual(row[1]);
    await expectUsable(pair, e);
  });

  /** With a second argument and no third, what is no number was meant to be a buffer. */
  function notNumbers(paramName: string): Partial<Record<Name, string>> {
    const { undefined: missing, null: none, string } = anObjectOrNull(paramName);
    const others = { '{}': string, '[]': string, symbol: string, function: string };
    return { undefined: missing, null: none, string, ...others };
  }
});

describe('a connected socket', () => {
  const rows: readonly Row<Socket>[] = [
    ['acceptAsync', anObject('e'), (s, v) => s.acceptAsync(v)],
    ['connectAsync', anObject('e'), (s, v) => s.connectAsync(v)],
    ['disconnectAsync', anObject('e'), (s, v) => s.disconnectAsync(v)],
    ['receiveAsync', anObject('e'), (s, v) => s.receiveAsync(v)],
    ['sendAsync', anObject('e'), (s, v) => s.sendAsync(v)],
    ['cancelConnectAsync', anObject('e'), (_, v) => Socket.cancelConnectAsync(v)],
    ['bind', anObject('localEP'), (s, v) => s.bind(v)],
    ['shutdown', anEnum('InvalidArgument')('how'), (s, v) => s.shutdown(v)],
    ['blocking', aBoolean('value'), (s, v) => (s.blocking = v)],
    ['noDelay', aBoolean('value'), (s, v) => (s.noDelay = v)],
    ['lingerState', anObject('optionValue'), (s, v) => (s.lingerState = v)],
    ['receiveBufferSize', aSize('value'), (s, v) => (s.receiveBufferSize = v)],
    ['sendBufferSize', aSize('value'), (s, v) => (s.sendBufferSize = v)],
    ['receiveTimeout', anInt('value'), (s, v) => (s.receiveTimeout = v)],
    ['sendTimeout', anInt('value'), (s, v) => (s.sendTimeout = v)],
    ['ttl', aSize('value'), (s, v) => (s.ttl = v)],
    ['dontFragment', aBoolean('value'), (s, v) => (s.dontFragment = v)],
    ['multicastLoopback', aBoolean('value'), (s, v) => (s.multicastLoopback = v)],
    ['enableBroadcast', aBoolean('value'), (s, v) => (s.enableBroadcast = v)],
    ['dualMode', aBoolean('value'), (s, v) => (s.dualMode = v)],
  ];

  test.each(rows)('%s refuses wrong types and stays usable', async (...row) => {
    const pair = await connectedPair();
    expect(cross(row, pair.client)).toEqual(row[1]);
    await expectUsable(pair);
  });

  test('close refuses wrong types and leaves the socket open', async () => {
    const pair = await connectedPair();
    const close: Row<Socket> = [
      'close',
      { ...anInt('timeout'), undefined: 'nothing' },
      // What is right would close it.
      (s, v) => ([undefined, -1].includes(v) ? undefined : s.close(v)),
    ];
    expect(cross(close, pair.client)).toEqual(close[1]);
    await expectUsable(pair);
  });
});

describe('an unconnected socket', () => {
  test('listen refuses wrong types, and then listens', async () => {
    const listening = listener();
    const answers = { ...anInt('backlog'), undefined: 'nothing' };
    expect(cross(['listen', answers, (s, v) => s.listen(v)], listening)).toEqual(answers);
    const e = eventArgs();
    e.remoteEndPoint = listening.localEndPoint;
    await succeed(e, each => tcpSocket().connectAsync(each));
  });

  test('exclusiveAddressUse refuses wrong types, and then can be set', () => {
    const socket = tcpSocket();
    const answers = aBoolean('value');
    const row: Row<Socket> = ['', answers, (s, v) => (s.exclusiveAddressUse = v)];
    expect(cross(row, socket)).toEqual(answers);
    socket.exclusiveAddressUse = false;
    expect(socket.exclusiveAddressUse).toBe(false);
  });
});

describe('what makes a socket', () => {
  const { InterNetwork } = AddressFamily;
  const { Stream } = SocketType;
  const { Tcp } = ProtocolType;
  const e = new SocketAsyncEventArgs();
  afterAll(() => e.dispose());

  const connect = (type: SocketType, protocol: ProtocolType, args = e): boolean => {
    args.remoteEndPoint = listener().localEndPoint;
    return Socket.connectAsync(type, protocol, args);
  };
  const [badFamily, badType] = [anEnum('AddressFamilyNotSupported'), anEnum('ProtocolType')];
  const badProtocol = anEnum('ProtocolNotSupported')('protocolType');

  test.each<Row<undefined>>([
    ['new Socket(_, …, …)', badFamily('addressFamily'), (_, v) => new Socket(v, Stream, Tcp)],
    ['new Socket(…, _, …)', badType('socketType'), (_, v) => new Socket(InterNetwork, v, Tcp)],
    [
      'new Socket(…, …, _)',
      // Without the last argument it is the other constructor.
      { ...badProtocol, undefined: 'nothing' },
      (_, v) => ([undefined].includes(v) ? undefined : new Socket(InterNetwork, Stream, v)),
    ],
    ['new Socket(_, …)', badType('socketType'), (_, v) => new Socket(v, Tcp)],
    ['new Socket(…, _)', badProtocol, (_, v) => new Socket(Stream, v)],
    ['connectAsync(_, …, …)', badType('socketType'), (_, v) => connect(v, Tcp)],
    ['connectAsync(…, _, …)', badProtocol, (_, v) => connect(Stream, v)],
    ['connectAsync(…, …, _)', anObject('e'), (_, v) => Socket.connectAsync(Stream, Tcp, v)],
  ])('%s refuses wrong types', async (...row) => {
    expect(cross(row, undefined)).toEqual(row[1]);
    await succeed(e, each => connect(Stream, Tcp, each));
    e.connectSocket?.dispose();
  });
});
