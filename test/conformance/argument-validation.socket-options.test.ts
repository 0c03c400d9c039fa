// The members for options, codes and readiness, crossed with values that C# would not compile or that
// no `int` can be; and the calls that are not offered.

import {
  IOControlCode,
  SelectMode,
  Socket,
  SocketOptionLevel as Level,
  SocketOptionName as Name,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { connectedPair, tcpSocket } from '../support/sockets.js';
import { ae, thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';
import {
  aBoolean,
  anInt,
  anObject,
  anObjectOrNull,
  cross,
  type Answers,
  type Row,
} from '../support/wrong-values.js';

const bytes = new Uint8Array(4);
const unsupported = 'SocketException(OperationNotSupported)';

/** An int; the number that is one means nothing to .NET. */
const unknownTo = (paramName: string): Record<string, string> => ({
  ...anInt(paramName),
  '-1': unsupported,
});

/** An int; the number that is one means nothing to the system. */
const unknownRaw = (paramName: string): Record<string, string> => ({
  ...anInt(paramName),
  '-1': expect.stringMatching(/^SocketException/),
});

/** What is undefined is not given. */
const aTarget: Answers = () => ({
  ...anObjectOrNull('optionValue'),
  undefined: 'nothing',
  '-1': 'OverflowException',
  '1.5': 'ArgumentOutOfRangeException(optionLength)',
  NaN: 'ArgumentOutOfRangeException(optionLength)',
  '2 ** 31': 'ArgumentOutOfRangeException(optionLength)',
});

/** A time to wait is none. */
const aTime = (): Record<string, string> => ({
  ...anInt('microSeconds'),
  '-1': 'NotSupportedException',
});

const aList: Answers = paramName => ({ ...anObjectOrNull(paramName), '[]': 'nothing' });

const rows: readonly Row<Socket>[] = [
  ['setSocketOption(_)', unknownTo('optionLevel'), (s, v) => s.setSocketOption(v, Name.NoDelay, 1)],
  ['setSocketOption(…, _)', unknownTo('optionName'), (s, v) => s.setSocketOption(Level.Tcp, v, 1)],
  [
    'setSocketOption(…, …, _)',
    anInt('optionValue'),
    (s, v) => s.setSocketOption(Level.Socket, Name.KeepAlive, v),
  ],
  [
    'setSocketOption(Socket, Linger, _)',
    {
      ...anInt('optionValue'),
      '-1': 'SocketException(InvalidArgument)',
    },
    (s, v) => s.setSocketOption(Level.Socket, Name.Linger, v),
  ],
  ['getSocketOption(_)', unknownTo('optionLevel'), (s, v) => s.getSocketOption(v, Name.NoDelay)],
  ['getSocketOption(…, _)', unknownTo('optionName'), (s, v) => s.getSocketOption(Level.Tcp, v)],
  [
    'getSocketOption(…, …, _)',
    aTarget('optionValue'),
    (s, v) => s.getSocketOption(Level.Tcp, Name.NoDelay, v as number),
  ],
  ['setRawSocketOption(_)', unknownRaw('optionLevel'), (s, v) => s.setRawSocketOption(v, 1, bytes)],
  [
    'setRawSocketOption(…, _)',
    unknownRaw('optionName'),
    (s, v) => s.setRawSocketOption(6, v, bytes),
  ],
  ['setRawSocketOption(…, …, _)', anObject('optionValue'), (s, v) => s.setRawSocketOption(6, 1, v)],
  ['getRawSocketOption(_)', unknownRaw('optionLevel'), (s, v) => s.getRawSocketOption(v, 1, bytes)],
  [
    'getRawSocketOption(…, _)',
    unknownRaw('optionName'),
    (s, v) => s.getRawSocketOption(6, v, bytes),
  ],
  ['getRawSocketOption(…, …, _)', anObject('optionValue'), (s, v) => s.getRawSocketOption(6, 1, v)],
  [
    'ioControl(_)',
    {
      ...anInt('ioControlCode'),
      '-1': 'PlatformNotSupportedException',
      '2 ** 31': 'PlatformNotSupportedException',
    },
    (s, v) => s.ioControl(v, null, bytes),
  ],
  [
    'ioControl(…, _)',
    anObjectOrNull('optionInValue'),
    (s, v) => s.ioControl(IOControlCode.DataToRead, v, bytes),
  ],
  [
    'ioControl(…, …, _)',
    { ...anObjectOrNull('optionOutValue'), null: 'SocketException(Fault)' },
    (s, v) => s.ioControl(IOControlCode.DataToRead, null, v),
  ],
  [
    'setIPProtectionLevel(_)',
    { ...anInt('level'), '-1': ae('level') },
    (s, v) => s.setIPProtectionLevel(v),
  ],
  [
    'duplicateAndClose(_)',
    { ...anInt('targetProcessId'), '-1': 'PlatformNotSupportedException' },
    (s, v) => s.duplicateAndClose(v),
  ],
  ['poll(_)', aTime(), (s, v) => s.poll(v, SelectMode.SelectRead)],
  ['poll(…, _)', anInt('mode'), (s, v) => s.poll(0, v)],
  ['select(_)', aList('checkRead'), (s, v) => Socket.select(v, [s], null, 0)],
  ['select(…, _)', aList('checkWrite'), (s, v) => Socket.select([s], v, null, 0)],
  ['select(…, …, _)', aList('checkError'), (s, v) => Socket.select([s], null, v, 0)],
  ['select(…, …, …, _)', aTime(), (s, v) => Socket.select([s], null, null, v)],
  ['useOnlyOverlappedIO', aBoolean('value'), (s, v) => (s.useOnlyOverlappedIO = v)],
];

test.each(rows)('%s refuses wrong types, and the socket stays usable', async (...row) => {
  const { client, server } = await connectedPair();
  expect(cross(row, client)).toEqual(row[1]);
  await send(server, Buffer.from('ab'));
  expect(await receive(client, 2)).toHaveLength(2);
});

test.each([
  'setSocketOption',
  'getSocketOption',
  'setRawSocketOption',
  'getRawSocketOption',
  'ioControl',
  'poll',
] as const)('%s looks at the socket before its arguments', name => {
  const socket = tcpSocket();
  socket.dispose();
  const method: unknown = Reflect.get(socket, name);
  const call = (): unknown => Reflect.apply(method as () => void, socket, ['x', 'x', 'x']);
  expect(thrownBy(call)).toBe('ObjectDisposedException');
});

test('C-010 C-015 A-018 calls that would block are not offered', () => {
  const blocking = ['accept', 'connect', 'disconnect', 'receive', 'receiveFrom', 'send', 'sendTo'];
  for (const name of [...blocking, 'receiveMessageFrom', 'sendFile']) {
    expect(name in Socket.prototype).toBe(false);
  }
});
