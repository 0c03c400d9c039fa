// Section 1.6 and row O-021 of the specification: control codes, and what only Windows has.

import {
  IOControlCode,
  IPProtectionLevel,
  SocketFlags,
  type Socket,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { succeed } from '../support/operations.js';
import { connectedPair, eventArgs, listener, tcpSocket, udpSocket } from '../support/sockets.js';
import { ae, thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const { NonBlockingIO, DataToRead, OobDataRead } = IOControlCode;
const unsupported = 'PlatformNotSupportedException';

/** What a code answers, as an integer. */
function ask(socket: Socket, code: number): number {
  const output = new Uint8Array(6).fill(9);
  expect(socket.ioControl(code, null, output)).toBe(4);
  expect([...output.subarray(4)]).toEqual([9, 9]);
  return new Int32Array(output.buffer.slice(0, 4))[0];
}

test('DataToRead is the same as available', async () => {
  const { client, server } = await connectedPair();
  expect(ask(client, DataToRead)).toBe(0);
  await send(server, Buffer.from('abc'));
  await until(() => client.available === 3, 'the bytes are there');
  expect(ask(client, DataToRead)).toBe(3);
});

test('OobDataRead is 1 when all before the urgent byte has been read', async () => {
  const { client, server } = await connectedPair();
  expect(ask(client, OobDataRead)).toBe(0);
  await send(server, Buffer.from('abc'));
  const urgent = eventArgs(Buffer.from('!'));
  urgent.socketFlags = SocketFlags.OutOfBand;
  await succeed(urgent, e => server.sendAsync(e));
  await until(() => client.available === 3, 'the bytes are there');
  expect(ask(client, OobDataRead)).toBe(0);
  await receive(client, 3);
  await until(() => ask(client, OobDataRead) === 1, 'the mark is reached');
});

test('a code may be negative, or too large: its lower 32 bits count', () => {
  const socket = udpSocket();
  expect(ask(socket, DataToRead + 2 ** 32)).toBe(0);
  expect(thrownBy(() => ask(socket, NonBlockingIO | 0))).toBe('InvalidOperationException');
});

test.each([
  ['no bytes', null],
  ['three bytes', new Uint8Array(3)],
])('an answer does not fit into %s', (_what, output) => {
  for (const code of [DataToRead, OobDataRead]) {
    const call = (): unknown => tcpSocket().ioControl(code, null, output);
    expect(thrownBy(call)).toBe('SocketException(Fault)');
  }
});

test('the mode is a property, not a code', () => {
  for (const output of [null, new Uint8Array(4)]) {
    const call = (): unknown => tcpSocket().ioControl(NonBlockingIO, null, output);
    expect(thrownBy(call)).toBe('InvalidOperationException');
  }
});

test('a system that has no answer says so', () => {
  const ofListener = (): unknown => ask(listener(), DataToRead);
  expect(thrownBy(ofListener)).toBe('SocketException(InvalidArgument)');
  const ofDatagrams = (): unknown => ask(udpSocket(), OobDataRead);
  expect(thrownBy(ofDatagrams)).toBe('SocketException(SocketError)');
});

test.each(Object.entries(IOControlCode))('%s is known, or Windows has it alone', (_name, code) => {
  const known: Partial<Record<number, string>> = {
    [NonBlockingIO]: 'InvalidOperationException',
    [DataToRead]: 'nothing',
    [OobDataRead]: 'nothing',
  };
  const call = (): unknown => tcpSocket().ioControl(code, new Uint8Array(4), new Uint8Array(4));
  expect(thrownBy(call)).toBe(known[code] ?? unsupported);
});

test.each([0, -1, 0x541b])('a code that nobody has is not supported: %d', code => {
  expect(thrownBy(() => tcpSocket().ioControl(code, null, new Uint8Array(4)))).toBe(unsupported);
});

describe.each(['open', 'disposed'])('a socket that is %s', state => {
  const make = (): Socket => {
    const socket = tcpSocket();
    if (state === 'disposed') socket.dispose();
    return socket;
  };

  test.each(Object.entries(IPProtectionLevel))(
    'O-021 has no protection level %s',
    (_name, level) => {
      const thrown = level === IPProtectionLevel.Unspecified ? ae('level') : unsupported;
      expect(thrownBy(() => make().setIPProtectionLevel(level))).toBe(thrown);
    },
  );

  test('is not handed over to another process', () => {
    const socket = make();
    for (const id of [process.pid, -1]) {
      expect(thrownBy(() => socket.duplicateAndClose(id))).toBe(unsupported);
    }
    expect(socket.handle >= 0).toBe(state === 'open');
  });

  test('has useOnlyOverlappedIO off, whatever is set', () => {
    const socket = make();
    socket.useOnlyOverlappedIO = true;
    expect(socket.useOnlyOverlappedIO).toBe(false);
  });
});
