// Rows S-030 to S-036 and S-042 of the specification: event args that connect, are cancelled, and
// carry data along.

import {
  AddressFamily,
  DnsEndPoint,
  EndPoint,
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
import {
  argsFor,
  connectedPair,
  endPointOf,
  eventArgs,
  listener,
  refusing,
  tcpSocket,
} from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

const connectStatic = (e: SocketAsyncEventArgs): boolean =>
  Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);

describe('cancelConnectAsync', () => {
  // On loopback nobody can be made to wait for an answer: such a connect ends at once. So the
  // cancellation meets it in progress, or finds nothing to cancel; both are the row.
  test('S-030 ends an instance connect, and disposes its socket', async () => {
    const client = tcpSocket();
    const e = argsFor(refusing());
    const connecting = begin(e, each => client.connectAsync(each));
    Socket.cancelConnectAsync(e);
    await connecting.outcome;
    expect(e.socketError).toBe(
      connecting.isPending ? SocketError.OperationAborted : SocketError.ConnectionRefused,
    );
    expect(client.connected).toBe(false);
    expect(e.connectSocket).toBeNull();
  });

  test('S-031 ends a static connect, and leaves no socket behind', async () => {
    const target = refusing();
    const open = binding.openSocketCount();
    const e = argsFor(target);
    const connecting = begin(e, connectStatic);
    Socket.cancelConnectAsync(e);
    await connecting.outcome;
    expect(e.socketError).toBe(
      connecting.isPending ? SocketError.OperationAborted : SocketError.ConnectionRefused,
    );
    expect(e.connectSocket).toBeNull();
    expect(binding.openSocketCount()).toBe(open);
  });

  test('S-030 ends a connect to a listener that the system has accepted already', async () => {
    const client = tcpSocket();
    const e = argsFor(listener());
    const connecting = begin(e, each => client.connectAsync(each));
    expect(connecting.isPending).toBe(true);
    Socket.cancelConnectAsync(e);
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
    expect(thrownBy(() => client.available)).toBe('ObjectDisposedException');
  });

  test('S-030 ends a connect by name while the name is looked up', async () => {
    const client = tcpSocket();
    const e = eventArgs();
    e.remoteEndPoint = new DnsEndPoint('localhost', endPointOf(listener()).port);
    const connecting = begin(e, each => client.connectAsync(each));
    expect(connecting.isPending).toBe(true);
    Socket.cancelConnectAsync(e);
    expect(e.lastOperation).toBe(SocketAsyncOperation.Connect);
    await connecting.outcome;
    expect(e.socketError).toBe(SocketError.OperationAborted);
    expect(e.connectByNameError).toMatchObject({
      socketErrorCode: SocketError.OperationAborted,
    });
    expect(thrownBy(() => client.available)).toBe('ObjectDisposedException');
  });

  test('S-030 does nothing when there is no connect to end', async () => {
    const { client, server } = await connectedPair();
    const [idle, receiving, disposed] = [eventArgs(), eventArgs(1), eventArgs()];
    const begun = begin(receiving, each => client.receiveAsync(each));
    disposed.dispose();
    for (const e of [idle, receiving, disposed]) Socket.cancelConnectAsync(e);
    expect(client.connected).toBe(true);
    await send(server, Buffer.from('a'));
    await begun.outcome;
    expect(receiving.socketError).toBe(SocketError.Success);
  });

  test('S-030 does nothing after the connect has succeeded', async () => {
    const client = tcpSocket();
    const e = argsFor(listener());
    await succeed(e, each => client.connectAsync(each));
    Socket.cancelConnectAsync(e);
    expect(client.connected).toBe(true);
    expect(e.socketError).toBe(SocketError.Success);
  });
});

describe('a buffer on the event args of a connect', () => {
  test.each([
    ['S-032', 1],
    ['S-033', 10_000],
  ])('%s is sent after connecting: %d bytes, twice in a row', async (_row, size) => {
    const listening = listener();
    const data = Uint8Array.from({ length: size }, (_, i) => i % 251);
    const e = argsFor(listening);
    e.setBuffer(data, 0, size);
    for (let round = 0; round < 2; round++) {
      const accepting = eventArgs();
      const accepted = succeed(accepting, each => listening.acceptAsync(each));
      const client = tcpSocket();
      await succeed(e, each => client.connectAsync(each));
      expect(e.bytesTransferred).toBe(size);
      expect(e.connectSocket).toBe(client);
      await accepted;
      const server = accepting.acceptSocket as Socket;
      expect(Buffer.compare(await receive(server, size), data)).toBe(0);
      server.dispose();
    }
  });

  test('S-036 arrives as it does when it is sent after the connect', async () => {
    const { client, server } = await connectedPair();
    await send(client, Buffer.from('data'));
    expect(Buffer.from(await receive(server, 4)).toString()).toBe('data');
  });

  test('S-033 is sent from its window alone, and by a static connect too', async () => {
    const listening = listener();
    const e = argsFor(listening);
    e.setBuffer(Buffer.from('abcdef'), 2, 3);
    const accepting = eventArgs();
    const accepted = succeed(accepting, each => listening.acceptAsync(each));
    await succeed(e, connectStatic);
    expect(e.bytesTransferred).toBe(3);
    await accepted;
    const server = accepting.acceptSocket as Socket;
    e.connectSocket?.shutdown(1);
    expect(Buffer.from(await receive(server, 3)).toString()).toBe('cde');
    const rest = eventArgs(8);
    await succeed(rest, each => server.receiveAsync(each));
    expect(rest.bytesTransferred).toBe(0);
    e.connectSocket?.dispose();
    server.dispose();
  });

  test('is not sent, and not counted, when the connect fails', async () => {
    const e = argsFor(refusing());
    e.setBuffer(Buffer.from('data'), 0, 4);
    await finish(e, each => tcpSocket().connectAsync(each));
    expect(e.socketError).toBe(SocketError.ConnectionRefused);
    expect(e.bytesTransferred).toBe(0);
  });
});

describe('event args whose connect is refused by an exception', () => {
  test.each(['::0', '0.0.0.0', '::'])('S-042 serve again after the host %s', async host => {
    const listening = listener();
    const e = eventArgs();
    e.remoteEndPoint = new DnsEndPoint(host, 80);
    const dual = new Socket(SocketType.Stream, ProtocolType.Tcp);
    for (const start of [
      () => connectStatic(e),
      () => dual.connectAsync(e),
      () => tcpSocket().connectAsync(e),
    ]) {
      expect(thrownBy(start)).toBe('ArgumentException(hostName)');
    }
    dual.dispose();
    e.remoteEndPoint = listening.localEndPoint;
    await succeed(e, connectStatic);
    expect(e.connectSocket).toBeInstanceOf(Socket);
    e.connectSocket?.dispose();
  });

  test('S-042 are refused for being in use before their host is looked at', async () => {
    const { client, server } = await connectedPair();
    const e = eventArgs(1);
    e.remoteEndPoint = new DnsEndPoint('0.0.0.0', 80);
    const receiving = begin(e, each => client.receiveAsync(each));
    expect(thrownBy(() => connectStatic(e))).toBe('InvalidOperationException');
    expect(thrownBy(() => tcpSocket().connectAsync(e))).toBe('InvalidOperationException');
    await send(server, Buffer.from('a'));
    await receiving.outcome;
  });

  class NoFamily extends EndPoint {}
  class NoAddress extends EndPoint {
    override get addressFamily(): AddressFamily {
      return AddressFamily.InterNetwork;
    }
  }

  test.each<[string, EndPoint]>([
    ['no address family', new NoFamily()],
    ['no address', new NoAddress()],
  ])('serve again after an endpoint of the user with %s', async (_name, endPoint) => {
    const listening = listener();
    const client = tcpSocket();
    const open = binding.openSocketCount();
    const e = eventArgs();
    e.remoteEndPoint = endPoint;
    expect(thrownBy(() => client.connectAsync(e))).toBe('NotImplementedException');
    expect(thrownBy(() => connectStatic(e))).toBe('NotImplementedException');
    expect(binding.openSocketCount()).toBe(open);
    e.remoteEndPoint = listening.localEndPoint;
    await succeed(e, each => client.connectAsync(each));
  });
});
