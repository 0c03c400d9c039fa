// Row O-022 of the specification and decision 0014: options that .NET has no name for, by our names
// and by the numbers of the system.

import {
  AddressFamily,
  ExtraSocketOptionName,
  SocketError,
  SocketOptionLevel as Level,
  SocketOptionName as Name,
} from 'socket-async-event-args';

import '../support/leak-audit.js';
import { finish, succeed } from '../support/operations.js';
import { skipUnless } from '../support/skip.js';
import {
  argsFor,
  connectedPair,
  crowdedListener,
  dualSocket,
  listener,
  refusing,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';

const refused = (error: string): string => `SocketException(${error})`;

const testLinux = skipUnless(process.platform === 'linux', 'the numbers are those of Linux');

function bytesOf(...values: number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

function firstInt(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
}

describe('options that .NET has no name for', () => {
  const { BindToDevice, IPv6TrafficClass, TcpUserTimeout, TcpQuickAck } = ExtraSocketOptionName;

  test('IPv6TrafficClass is what was set', () => {
    const socket = tcpSocket(AddressFamily.InterNetworkV6);
    socket.setSocketOption(Level.IPv6, IPv6TrafficClass, 0x20);
    expect(socket.getSocketOption(Level.IPv6, IPv6TrafficClass)).toBe(0x20);
  });

  test('TypeOfService is, of IPv4 and in dual mode', () => {
    for (const socket of [tcpSocket(), udpSocket(), dualSocket()]) {
      socket.setSocketOption(Level.IP, Name.TypeOfService, 0x10);
      expect(socket.getSocketOption(Level.IP, Name.TypeOfService)).toBe(0x10);
    }
  });

  testLinux('TcpUserTimeout is what was set, in the system too', () => {
    const socket = tcpSocket();
    socket.setSocketOption(Level.Tcp, TcpUserTimeout, 4321);
    expect(socket.getSocketOption(Level.Tcp, TcpUserTimeout)).toBe(4321);
    const raw = new Uint8Array(4);
    expect(socket.getRawSocketOption(6, 18, raw)).toBe(4);
    expect(firstInt(raw)).toBe(4321);
  });

  testLinux('TcpUserTimeout ends a connect that nobody answers', async () => {
    const socket = tcpSocket();
    socket.setSocketOption(Level.Tcp, TcpUserTimeout, 50);
    const { e } = await finish(argsFor(await crowdedListener()), each => socket.connectAsync(each));
    expect(e.socketError).toBe(SocketError.TimedOut);
  });

  testLinux('TcpQuickAck can be turned off and on', async () => {
    const { client } = await connectedPair();
    for (const isOn of [false, true]) {
      client.setSocketOption(Level.Tcp, TcpQuickAck, isOn);
      expect(client.getSocketOption(Level.Tcp, TcpQuickAck)).toBe(isOn ? 1 : 0);
    }
  });

  testLinux('BindToDevice is the name of an interface', async () => {
    const socket = tcpSocket();
    expect(socket.getSocketOption(Level.Socket, BindToDevice, 16)).toHaveLength(0);
    socket.setSocketOption(Level.Socket, BindToDevice, Buffer.from('lo'));
    const name = socket.getSocketOption(Level.Socket, BindToDevice, 16);
    expect(Buffer.from(name).toString()).toBe('lo\0');
    await succeed(argsFor(listener()), e => socket.connectAsync(e));
    const none = Buffer.from('no-such-device');
    const set = (): void => tcpSocket().setSocketOption(Level.Socket, BindToDevice, none);
    expect(thrownBy(set)).toBe(refused('SocketError'));
  });

  testLinux('they stay when a socket connects again after a failure', async () => {
    const socket = tcpSocket();
    socket.setSocketOption(Level.Tcp, TcpUserTimeout, 4321);
    socket.setSocketOption(Level.Socket, BindToDevice, Buffer.from('lo'));
    socket.setRawSocketOption(6, 25, bytesOf(9000)); // TCP_NOTSENT_LOWAT
    socket.setRawSocketOption(6, 25, bytesOf(8000));
    await finish(argsFor(refusing()), each => socket.connectAsync(each));
    await succeed(argsFor(listener()), each => socket.connectAsync(each));
    expect(socket.getSocketOption(Level.Tcp, TcpUserTimeout)).toBe(4321);
    expect(socket.getSocketOption(Level.Socket, BindToDevice, 16)).toHaveLength(3);
    const raw = new Uint8Array(4);
    socket.getRawSocketOption(6, 25, raw);
    expect(firstInt(raw)).toBe(8000);
  });
});

describe('raw options', () => {
  testLinux('O-022 come back as the system has them: a buffer size is doubled', () => {
    const socket = tcpSocket();
    socket.setRawSocketOption(1, 8, bytesOf(5000)); // SOL_SOCKET, SO_RCVBUF
    const value = new Uint8Array(8).fill(9);
    expect(socket.getRawSocketOption(1, 8, value)).toBe(4);
    expect([...value]).toEqual([...bytesOf(10_000), 9, 9, 9, 9]);
    expect(socket.receiveBufferSize).toBe(10_000);
    expect(socket.getRawSocketOption(1, 8, value.subarray(0, 2))).toBe(2);
    expect(socket.getRawSocketOption(1, 8, new Uint8Array())).toBe(0);
  });

  testLinux('can be longer than any that has a name', () => {
    const information = new Uint8Array(1024);
    const length = tcpSocket().getRawSocketOption(6, 11, information); // TCP_INFO
    expect(length).toBeGreaterThan(100);
    expect(information[0]).toBe(7); // TCP_CLOSE
  });

  test('cannot be set to nothing', () => {
    const set = (): void => tcpSocket().setRawSocketOption(1, 8, new Uint8Array());
    expect(thrownBy(set)).toBe(refused('Fault'));
  });
});
