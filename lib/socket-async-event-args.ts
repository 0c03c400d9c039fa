import { inspect } from 'node:util';

import { enumName } from './enums/enum-name.js';
import { SocketAsyncOperation } from './enums/socket-async-operation.js';
import type { SocketClientAccessPolicyProtocol } from './enums/socket-client-access-policy-protocol.js';
import { SocketError } from './enums/socket-error.js';
import type { SocketFlags } from './enums/socket-flags.js';
import type { TransmitFileOptions } from './enums/transmit-file-options.js';
import { EndPoint } from './endpoints/end-point.js';
import { setArray, setBufferList, setMemory, setWindow } from './internal/buffers.js';
import { CompletedEmitter } from './internal/completed-emitter.js';
import { identityHash } from './internal/identity-hash.js';
import { Operation } from './internal/operation.js';
import { upcalls } from './internal/upcalls.js';
import {
  requireArray,
  requireBoolean,
  requireInstance,
  requireInt32,
  requireNotNull,
  wrongType,
} from './internal/validate.js';
import type { IPPacketInformation } from './options/ip-packet-information.js';
import type { SendPacketsElement } from './send-packets-element.js';
import type { Socket } from './socket.js';

const noMemory = new Uint8Array(0);

/** The inside of event args. @throws {ArgumentException} "paramName" if it is something else. */
let operationOf: (e: unknown, paramName: string) => Operation;

/**
 * Describes one socket operation at a time: its buffer, its endpoint, what is to happen when it is
 * complete and, afterwards, its result. Made once and used again and again, it lets a server run
 * without allocating anything per operation.
 *
 * An `...Async(e)` method of {@link Socket} returns `true` if the operation is pending: the
 * `completed` event will be raised. It returns `false` if the operation finished at once: then the
 * results are on `e` already, and no event is raised.
 *
 * In one thread 1,048,576 of them can have a buffer, an endpoint or an operation in progress at a
 * time; whatever would make it one more throws an `InvalidOperationException`.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs
 */
export class SocketAsyncEventArgs extends CompletedEmitter {
  readonly #operation: Operation;

  static {
    // Not instanceof, which is three calls at each operation. Whoever has the field is one of us.
    operationOf = (e: unknown, paramName: string): Operation => {
      if (typeof e === 'object' && e !== null && #operation in e) return e.#operation;
      requireNotNull(e, paramName);
      throw wrongType(e, paramName, 'SocketAsyncEventArgs');
    };
    upcalls.raiseCompleted = e => {
      e.onCompleted(e);
    };
  }

  /**
   * Creates event args without a buffer, an endpoint or a handler.
   *
   * @param unsafeSuppressExecutionContext `true` to leave out the capture of the async context
   *   (`AsyncLocalStorage`) at the start of each operation; handlers then run without one, and
   *   nothing at all is allocated per operation.
   * @throws {ArgumentException} "unsafeSuppressExecutionContext" if it is no boolean.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.-ctor
   */
  constructor(unsafeSuppressExecutionContext = false) {
    super();
    requireBoolean(unsafeSuppressExecutionContext, 'unsafeSuppressExecutionContext');
    this.#operation = new Operation(this, unsafeSuppressExecutionContext);
  }

  /**
   * The socket to accept a connection with, or the socket that was made for it. Set it to `null`
   * before every `acceptAsync`, unless an unused socket of yours shall carry the connection.
   *
   * @throws {ArgumentException} "value" if set to anything but a `Socket` or `null`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.acceptsocket
   */
  get acceptSocket(): Socket | null {
    return this.#operation.extras.acceptSocket;
  }

  set acceptSocket(value: Socket | null) {
    if (value !== null && !upcalls.isSocket(value)) {
      requireNotNull(value, 'value'); // undefined
      throw wrongType(value, 'value', 'Socket');
    }
    this.#operation.ownExtras.acceptSocket = value;
  }

  /**
   * The buffer given with `setBuffer(buffer, offset, count)`; `null` if there is none, or if it was
   * given as memory.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.buffer
   */
  get buffer(): Uint8Array | null {
    return this.#operation.hasArray ? this.#operation.memory : null;
  }

  /**
   * Several buffers to send from, or to receive into, one after another. They are captured when the
   * list is assigned: changing the list afterwards has no effect until it is assigned again.
   *
   * **Differs from .NET:** a segment is a `Uint8Array`, which is an array segment by itself.
   *
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if this object is disposed.
   * @throws {ArgumentException} if a buffer is set; "value" if it is no array; "segment" if one is
   *   no `Uint8Array`, or lies in memory that is resizable or shared between threads.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.bufferlist
   */
  get bufferList(): readonly Uint8Array[] | null {
    return this.#operation.extras.bufferList;
  }

  set bufferList(value: readonly Uint8Array[] | null) {
    setBufferList(this.#operation, value);
  }

  /**
   * How many bytes the last operation moved.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.bytestransferred
   */
  get bytesTransferred(): number {
    return this.#operation.bytesTransferred;
  }

  /**
   * Why connecting to a `DnsEndPoint` failed; `null` after every other operation.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.connectbynameerror
   */
  get connectByNameError(): Error | null {
    return this.#operation.extras.connectByNameError;
  }

  /**
   * The socket that a connect has connected; `null` while one is pending, and after it has failed.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.connectsocket
   */
  get connectSocket(): Socket | null {
    return this.#operation.extras.connectSocket;
  }

  /**
   * How many bytes of the buffer an operation may use at most, from `offset` on.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.count
   */
  get count(): number {
    return this.#operation.count;
  }

  /**
   * Whether `disconnectAsync` shall leave the socket fit to connect again. `false` by default.
   *
   * @throws {ArgumentException} "value" if set to anything but a boolean.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.disconnectreusesocket
   */
  get disconnectReuseSocket(): boolean {
    return this.#operation.extras.disconnectReuseSocket;
  }

  set disconnectReuseSocket(value: boolean) {
    requireBoolean(value, 'value');
    this.#operation.ownExtras.disconnectReuseSocket = value;
  }

  /**
   * The kind of operation started last, also while it is pending; `None` before the first.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.lastoperation
   */
  get lastOperation(): SocketAsyncOperation {
    return this.#operation.lastOperation;
  }

  /**
   * The whole memory of the buffer, however it was given; empty if there is none.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.memorybuffer
   */
  get memoryBuffer(): Uint8Array {
    return this.#operation.memory ?? noMemory;
  }

  /**
   * Where in the buffer an operation begins.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.offset
   */
  get offset(): number {
    return this.#operation.offset;
  }

  /**
   * Where the packet of the last `receiveMessageFromAsync` was addressed to.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.receivemessagefrompacketinfo
   */
  get receiveMessageFromPacketInfo(): IPPacketInformation {
    return this.#operation.packetInformation;
  }

  /**
   * Whom to connect or to send to; after a receive-from, whom the data came from.
   *
   * @throws {ArgumentException} "value" if set to anything but an `EndPoint` or `null`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.remoteendpoint
   */
  get remoteEndPoint(): EndPoint | null {
    return this.#operation.remoteEndPoint;
  }

  set remoteEndPoint(value: EndPoint | null) {
    if (value !== null) requireInstance(value, EndPoint, 'value');
    this.#operation.remoteEndPoint = value;
  }

  /**
   * What `sendPacketsAsync` sends: files and buffers, in order; `null` elements are passed over.
   *
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if this object is disposed.
   * @throws {ArgumentException} "value" if set to anything but an array or `null`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.sendpacketselements
   */
  get sendPacketsElements(): readonly (SendPacketsElement | null)[] | null {
    return this.#operation.extras.sendPacketsElements;
  }

  set sendPacketsElements(value: readonly (SendPacketsElement | null)[] | null) {
    this.#operation.requireFree();
    if (value !== null) requireArray(value, 'value');
    this.#operation.ownExtras.sendPacketsElements = value;
  }

  /**
   * What `sendPacketsAsync` does after sending: a combination of `TransmitFileOptions`.
   *
   * @throws {ArgumentException} "value" if set to anything but a 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.sendpacketsflags
   */
  get sendPacketsFlags(): TransmitFileOptions {
    return this.#operation.extras.sendPacketsFlags;
  }

  set sendPacketsFlags(value: TransmitFileOptions) {
    requireInt32(value, 'value');
    this.#operation.ownExtras.sendPacketsFlags = value;
  }

  /**
   * The size of the blocks that `sendPacketsAsync` sends, in bytes; 0 leaves it to the system. Only
   * Windows heeds it.
   *
   * @throws {ArgumentException} "value" if set to anything but a 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.sendpacketssendsize
   */
  get sendPacketsSendSize(): number {
    return this.#operation.extras.sendPacketsSendSize;
  }

  set sendPacketsSendSize(value: number) {
    requireInt32(value, 'value');
    this.#operation.ownExtras.sendPacketsSendSize = value;
  }

  /**
   * Where Silverlight would have fetched the policy file from. Kept for code that sets it; it has no
   * effect. `Tcp` by default.
   *
   * @deprecated
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.socketclientaccesspolicyprotocol
   */
  get socketClientAccessPolicyProtocol(): SocketClientAccessPolicyProtocol {
    return this.#operation.extras.accessPolicyProtocol;
  }

  set socketClientAccessPolicyProtocol(value: SocketClientAccessPolicyProtocol) {
    requireInt32(value, 'value');
    this.#operation.ownExtras.accessPolicyProtocol = value;
  }

  /**
   * How the last operation ended. Network failures are reported here and never thrown.
   *
   * @throws {ArgumentException} "value" if set to anything but a 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.socketerror
   */
  get socketError(): SocketError {
    return this.#operation.socketError;
  }

  set socketError(value: SocketError) {
    requireInt32(value, 'value');
    this.#operation.socketError = value;
  }

  /**
   * Flags for the next operation; afterwards, the flags it reported. Every completion overwrites
   * them, so `Peek` must be set anew each time.
   *
   * @throws {ArgumentException} "value" if set to anything but a 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.socketflags
   */
  get socketFlags(): SocketFlags {
    return this.#operation.socketFlags;
  }

  set socketFlags(value: SocketFlags) {
    requireInt32(value, 'value');
    this.#operation.socketFlags = value;
  }

  /**
   * Anything of yours. The class never touches it.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.usertoken
   */
  get userToken(): unknown {
    return this.#operation.userToken;
  }

  set userToken(value: unknown) {
    this.#operation.userToken = value;
  }

  /**
   * Sets the buffer and the part of it that operations use.
   *
   * @param buffer The bytes; `null` clears the buffer, and the other two are ignored.
   * @param offset 0 to the length of the buffer.
   * @param count 0 to the length of the buffer from `offset` on.
   * @throws {ArgumentOutOfRangeException} "offset" or "count".
   * @throws {ArgumentException} if a `bufferList` is set; "buffer" if it is no `Uint8Array`, or lies
   *   in memory that is resizable or shared between threads.
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if this object is disposed.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.setbuffer
   */
  setBuffer(buffer: Uint8Array | null, offset: number, count: number): void;
  /**
   * Sets another part of the buffer given before; does nothing if there is none.
   *
   * @param offset 0 to the length of the buffer.
   * @param count 0 to the length of the buffer from `offset` on.
   * @throws {ArgumentOutOfRangeException} "offset" or "count".
   * @throws {InvalidOperationException} if an operation is in progress, or if the buffer was given
   *   as memory.
   * @throws {ObjectDisposedException} if this object is disposed.
   */
  setBuffer(offset: number, count: number): void;
  /**
   * Sets the buffer as a whole; `buffer` then stays `null`, as in .NET.
   *
   * @param memory The bytes; `null`, or memory of no bytes, clears the buffer.
   * @throws {ArgumentException} if a `bufferList` is set; "buffer" if it is no `Uint8Array`, or lies
   *   in memory that is resizable or shared between threads.
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if this object is disposed.
   */
  setBuffer(memory: Uint8Array | null): void;
  setBuffer(first: Uint8Array | number | null, second?: number, third?: number): void {
    const operation = this.#operation;
    if (third === undefined && typeof first === 'number') {
      setWindow(operation, first, second as number);
    } else if (third === undefined && second === undefined) {
      setMemory(operation, first as Uint8Array | null);
    } else {
      setArray(operation, first as Uint8Array | null, second as number, third as number);
    }
  }

  /**
   * Raises the `completed` event. Called when a pending operation is complete; a subclass may
   * override it, which is the fastest way to be told.
   *
   * @param e The event args to hand to the handlers.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.oncompleted
   */
  protected onCompleted(e: SocketAsyncEventArgs): void {
    this.emit('completed', this.#operation.sender, e);
  }

  /**
   * Frees the buffer and the record. If an operation is in progress it goes on and raises its event;
   * this object is disposed then. Never throws; may be called again.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.dispose
   */
  dispose(): void {
    this.#operation.dispose();
  }

  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * Whether another value is this very object.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.object.equals
   */
  equals(other: unknown): boolean {
    return this === other;
  }

  /**
   * A 32-bit integer that belongs to this object.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.object.gethashcode
   */
  getHashCode(): number {
    return identityHash(this);
  }

  /** The name of the class. */
  override toString(): string {
    return this.constructor.name;
  }

  /** What `console.log` shows: the state, and never what is in a buffer. */
  [inspect.custom](): string {
    const operation = this.#operation;
    const kind = enumName(SocketAsyncOperation, operation.lastOperation);
    const error = enumName(SocketError, operation.socketError);
    return (
      `${this.constructor.name} { ${operation.stateName}, ${kind}: ${error}, ` +
      `${operation.bytesTransferred} bytes, window ${operation.offset}+${operation.count} ` +
      `of ${operation.memory?.length ?? 0} }`
    );
  }
}

export { operationOf };
