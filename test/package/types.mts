// What must compile against the published declarations, and what must not; by each version of
// TypeScript that is supported. A line after @ts-expect-error that compiles is an error.

import {
  AddressFamily,
  BufferManager,
  DnsEndPoint,
  EndPoint,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  SendPacketsElement,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncEventArgsPool,
  SocketError,
  SocketException,
  SocketFlags,
  SocketShutdown,
  SocketType,
  type CompletedHandler,
} from 'socket-async-event-args';
import { useBinding, type BindingErrorCode } from 'socket-async-event-args/use-binding';

type Equal<A, B> =
  (<T,>() => T extends A ? 1 : 2) extends <T,>() => T extends B ? 1 : 2 ? true : false;
function expectType<Expected>() {
  return <Actual,>(_: Actual, ..._same: Equal<Actual, Expected> extends true ? [] : [never]) =>
    undefined;
}

// Sockets and their operations.
const socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
const e = new SocketAsyncEventArgs();
expectType<boolean>()(socket.receiveAsync(e));
expectType<boolean>()(Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e));
expectType<Socket | null>()(e.acceptSocket);
expectType<number>()(e.bytesTransferred);
expectType<SocketError>()(e.socketError);
expectType<EndPoint | null>()(e.remoteEndPoint);
expectType<unknown>()(e.userToken);
socket.shutdown(SocketShutdown.Both);
// @ts-expect-error an operation takes event args
socket.receiveAsync();
// @ts-expect-error … and nothing that only looks like them
socket.receiveAsync({ setBuffer() {} });
// @ts-expect-error nothing is awaited: the answer is whether the operation is pending
socket.receiveAsync(e).then(() => {});
// @ts-expect-error a result is read
e.bytesTransferred = 1;
// @ts-expect-error … and so is this one
e.lastOperation = 0;
// @ts-expect-error .NET's blocking calls are not offered
socket.receive(Buffer.alloc(1));

// Buffers.
e.setBuffer(Buffer.alloc(4), 0, 4);
e.setBuffer(new Uint8Array(4), 0, 4);
e.setBuffer(0, 4);
e.setBuffer(null, 0, 0);
e.bufferList = [new Uint8Array(1), Buffer.alloc(1)];
// @ts-expect-error text has no bytes until it is encoded
e.setBuffer('hello', 0, 5);
// @ts-expect-error an ArrayBuffer is no view
e.setBuffer(new ArrayBuffer(4), 0, 4);
// @ts-expect-error a count is a number
e.setBuffer(Buffer.alloc(4), 0, '4');
new BufferManager(1024, 16).initBuffer();
e.sendPacketsElements = [new SendPacketsElement(Buffer.alloc(1))];

// Enums are numbers, and types of their own name.
const error: SocketError = SocketError.ConnectionReset;
const flags: SocketFlags = SocketFlags.Peek | SocketFlags.None;
e.socketFlags = flags;
expectType<number>()(0 + error);
// @ts-expect-error enums have .NET's members alone
SocketError.NoSuchError;
// @ts-expect-error a member is not assigned to
SocketError.Success = 1;
// @ts-expect-error a name is no value
new Socket('InterNetwork', SocketType.Stream, ProtocolType.Tcp);

// The event.
const handler: CompletedHandler = (sender, args) => {
  expectType<SocketAsyncEventArgs>()(args);
  void sender;
};
e.on('completed', handler).off('completed', handler);
// @ts-expect-error there is one event
e.on('complete', handler);
class Session extends SocketAsyncEventArgs {
  protected override onCompleted(args: SocketAsyncEventArgs): void {
    void args;
  }
}
void new Session();

// Endpoints and exceptions.
const endPoint: EndPoint = new IPEndPoint(IPAddress.Loopback, 80);
e.remoteEndPoint = endPoint;
e.remoteEndPoint = new DnsEndPoint('localhost', 80);
expectType<IPAddress | null>()(IPAddress.tryParse('::1'));
// @ts-expect-error a host and a port are an end point, not two arguments
socket.bind('127.0.0.1', 80);
// @ts-expect-error an address is parsed first
new IPEndPoint('127.0.0.1', 80);
const exception = new SocketException(SocketError.TimedOut);
expectType<SocketError>()(exception.socketErrorCode);
const asError: Error = exception;
void asError;

// Disposal and pools.
{
  using scoped = new SocketAsyncEventArgs();
  void scoped;
}
const pool = new SocketAsyncEventArgsPool(4);
pool.push(e);
expectType<SocketAsyncEventArgs>()(pool.pop());

// The addon by hand.
useBinding('/path/to/addon.node');
useBinding({ open() {} });
// @ts-expect-error neither a path nor an addon
useBinding(1);
// @ts-expect-error no code of ours
const code: BindingErrorCode = 'ERR_OTHER';
void code;
