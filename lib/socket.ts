import { inspect } from 'node:util';

import { AddressFamily } from './enums/address-family.js';
import { enumName } from './enums/enum-name.js';
import { ProtocolType } from './enums/protocol-type.js';
import { SocketError } from './enums/socket-error.js';
import { SocketOptionLevel } from './enums/socket-option-level.js';
import { SocketOptionName } from './enums/socket-option-name.js';
import type { SocketShutdown } from './enums/socket-shutdown.js';
import { SocketType } from './enums/socket-type.js';
import { DnsEndPoint } from './endpoints/dns-end-point.js';
import { EndPoint } from './endpoints/end-point.js';
import { ArgumentException } from './errors/argument-exceptions.js';
import { InvalidOperationException } from './errors/invalid-operation-exception.js';
import { NotSupportedException } from './errors/not-supported-exception.js';
import { SocketException } from './errors/socket-exception.js';
import { binding } from './internal/binding.js';
import { startDispatching } from './internal/dispatch.js';
import { writeEndPoint } from './internal/endpoint-codec.js';
import { watchSocket } from './internal/finalization.js';
import { identityHash } from './internal/identity-hash.js';
import { lastError, lastException, mailboxAddress } from './internal/mailbox.js';
import type { Operation } from './internal/operation.js';
import {
  canUseFamily,
  isDualMode,
  localEndPointOf,
  mapForSocket,
  remoteEndPointOf,
} from './internal/socket-addresses.js';
import { SocketCore } from './internal/socket-core.js';
import {
  getIntOption,
  getLingerOption,
  setIntOption,
  setLingerOption,
} from './internal/socket-options.js';
import { upcalls } from './internal/upcalls.js';
import {
  maxInt32,
  requireBoolean,
  requireInstance,
  requireInt32,
  requireInteger,
} from './internal/validate.js';
import { startAccept } from './internal/verbs/accept.js';
import { cancelConnect, startConnect, startStaticConnect } from './internal/verbs/connect.js';
import {
  startReceiveFrom,
  startReceiveMessageFrom,
  startSendTo,
} from './internal/verbs/datagram.js';
import { startDisconnect } from './internal/verbs/disconnect.js';
import { startSendPackets } from './internal/verbs/send-packets.js';
import { startReceive, startSend } from './internal/verbs/transfer.js';
import { LingerOption } from './options/linger-option.js';
import { operationOf, SocketAsyncEventArgs } from './socket-async-event-args.js';

const { Socket: SocketLevel, IP: IPLevel, IPv6: IPv6Level, Tcp: TcpLevel } = SocketOptionLevel;
const maxTtl = 255;
const maxLingerSeconds = 65_535;

startDispatching();

/**
 * A socket whose operations are described by reusable {@link SocketAsyncEventArgs}.
 *
 * Every `...Async(e)` method returns `true` if the operation is pending and the `completed` event of
 * `e` will be raised, and `false` if it finished at once, with the results on `e`. Network failures
 * are reported in `e.socketError`; only misuse is thrown.
 *
 * A socket keeps the process alive while operations wait on it, unless `unref()` was called.
 *
 * **Differs from .NET:** calls that would block the thread (`Connect`, `Receive`, …) do not exist.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket
 */
export class Socket {
  readonly #core: SocketCore;

  static {
    upcalls.wrapSocket = core => new Socket(core as never, 0);
    upcalls.coreOf = socket => socket.#core;
    upcalls.isSocket = value => typeof value === 'object' && value !== null && #core in value;
  }

  /**
   * Creates an IPv6 socket in dual mode, which reaches IPv4 too; an IPv4 socket where the system has
   * no IPv6.
   *
   * @param socketType The kind of socket.
   * @param protocolType The protocol.
   * @throws {SocketException} if the system has no such socket.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.-ctor
   */
  constructor(socketType: SocketType, protocolType: ProtocolType);
  /**
   * Creates a socket. IPv6 sockets start without dual mode.
   *
   * @param addressFamily The family of its addresses.
   * @param socketType The kind of socket.
   * @param protocolType The protocol.
   * @throws {SocketException} if the system has no such socket: `AddressFamilyNotSupported`,
   *   `ProtocolType`, `ProtocolNotSupported`, `AccessDenied`, `TooManyOpenSockets`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.-ctor
   */
  constructor(addressFamily: AddressFamily, socketType: SocketType, protocolType: ProtocolType);
  constructor(first: number | SocketCore, second: number, third?: number) {
    this.#core = first instanceof SocketCore ? first : createCore(first, second, third);
    watchSocket(this, this.#core);
  }

  // ---------------------------------------------------------------------------------------------
  // Operations

  /**
   * Accepts a connection into `e.acceptSocket`, which must be `null` or an unused socket. A closed
   * socket comes to life again by it, as in .NET.
   *
   * @param e The event args; without a buffer.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if a `bufferList` is set; "Count" if a buffer is set and small.
   * @throws {InvalidOperationException} if the socket is not bound, or does not listen; if
   *   `e.acceptSocket` is in use; if an operation is in progress with `e`.
   * @throws {PlatformNotSupportedException} if a buffer is set.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.acceptasync
   */
  acceptAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startAccept(core, operationIn(e), this);
  }

  /**
   * Connects to `e.remoteEndPoint`, and sends the buffer of `e` if it has one. A `DnsEndPoint` is
   * resolved, and its addresses are tried in order.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e"; "remoteEP" if there is no endpoint.
   * @throws {ArgumentException} "BufferList" if one is set; "hostName" if the host is 0.0.0.0 or ::.
   * @throws {InvalidOperationException} if the socket listens; if an operation is in progress with
   *   `e`.
   * @throws {NotSupportedException} if the socket cannot use the address family.
   * @throws {SocketException} `IsConnected` if a stream socket is connected already.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.connectasync
   */
  connectAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startConnect(core, operationIn(e), this);
  }

  /**
   * Makes a socket for `e.remoteEndPoint` and connects it. It is in `e.connectSocket` afterwards, or
   * disposed if connecting failed.
   *
   * @param socketType The kind of socket to make.
   * @param protocolType Its protocol.
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if there is no endpoint, or a `bufferList` is set; "hostName" if
   *   the host is 0.0.0.0 or ::.
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @throws {ObjectDisposedException} if `e` is disposed.
   * @throws {SocketException} if the system has no such socket.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.connectasync
   */
  static connectAsync(
    socketType: SocketType,
    protocolType: ProtocolType,
    e: SocketAsyncEventArgs,
  ): boolean {
    const operation = operationIn(e);
    requireInt32(socketType, 'socketType');
    requireInt32(protocolType, 'protocolType');
    return startStaticConnect(socketType, protocolType, operation);
  }

  /**
   * Ends a connect that is in progress with `e`: it completes with `OperationAborted`, and its
   * socket is disposed. Does nothing if there is none.
   *
   * @param e The event args that the connect was started with.
   * @throws {ArgumentNullException} "e".
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.cancelconnectasync
   */
  static cancelConnectAsync(e: SocketAsyncEventArgs): void {
    cancelConnect(operationIn(e));
  }

  /**
   * Ends the connection in both directions. With `e.disconnectReuseSocket` the socket can connect
   * again afterwards. Finishes at once.
   *
   * @param e The event args.
   * @returns `false`: the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @throws {SocketException} `NotConnected` if the socket was never connected.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.disconnectasync
   */
  disconnectAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startDisconnect(core, operationIn(e), this);
  }

  /**
   * Receives what has arrived, at most `e.count` bytes. The end of a stream is success with 0 bytes.
   * Without a buffer it waits for data and takes none.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receiveasync
   */
  receiveAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startReceive(core, operationIn(e), this);
  }

  /**
   * Sends the buffer of `e`. On a stream it completes when all of it was taken by the system.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sendasync
   */
  sendAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startSend(core, operationIn(e), this);
  }

  /**
   * Receives, and tells whom it came from in `e.remoteEndPoint`, which must be set before to any
   * endpoint of the socket's family.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if there is no endpoint, or the socket cannot use it.
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receivefromasync
   */
  receiveFromAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startReceiveFrom(core, operationIn(e), this);
  }

  /**
   * As `receiveFromAsync`, and tells where the packet was addressed to and how it came in, in
   * `e.receiveMessageFromPacketInfo`.
   *
   * **Differs from .NET:** sockets in dual mode tell the interface too, and the address of IPv6
   * packets; .NET on Linux leaves them empty.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if there is no endpoint, or the socket cannot use it.
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receivemessagefromasync
   */
  receiveMessageFromAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startReceiveMessageFrom(core, operationIn(e), this);
  }

  /**
   * Sends the buffer of `e` to `e.remoteEndPoint`. A socket that is not bound is bound by it.
   *
   * While several operations of a datagram socket complete together, what their handlers send leaves
   * together too, when they have run, or before anything else is done with the socket.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if there is no endpoint; "remoteEP" if it is a `DnsEndPoint`.
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sendtoasync
   */
  sendToAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startSendTo(core, operationIn(e), this);
  }

  /**
   * Sends the files and buffers in `e.sendPacketsElements`, one after another; the bytes of files go
   * from the file to the socket inside the system. Files are opened before anything is sent, and
   * closed when the operation is complete.
   *
   * @param e The event args.
   * @returns `true` if pending; `false` if the results are on `e`.
   * @throws {ObjectDisposedException} if the socket or `e` is disposed, or a `FileHandle` closed.
   * @throws {ArgumentNullException} "e".
   * @throws {ArgumentException} "e" if there are no elements; "path" if a path is empty.
   * @throws {NotSupportedException} if the socket is not connected.
   * @throws {InvalidOperationException} if an operation is in progress with `e`.
   * @throws {FileNotFoundException} {@link DirectoryNotFoundException},
   *   {@link UnauthorizedAccessException} and {@link IOException} if a file cannot be opened.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sendpacketsasync
   */
  sendPacketsAsync(e: SocketAsyncEventArgs): boolean {
    const core = this.#openCore();
    return startSendPackets(core, operationIn(e), this);
  }

  // ---------------------------------------------------------------------------------------------
  // Life

  /**
   * Gives the socket a local endpoint. A stream socket may take a port that is in TIME_WAIT.
   *
   * @param localEP The endpoint; port 0 lets the system choose one.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentNullException} "localEP".
   * @throws {ArgumentException} "localEP" if it is no endpoint; "remoteEP" (sic, as in .NET) if it is
   *   a `DnsEndPoint`.
   * @throws {SocketException} `AddressAlreadyInUse`, `AddressNotAvailable`, `AccessDenied`, ….
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.bind
   */
  bind(localEP: EndPoint): void {
    const core = this.#openCore();
    requireInstance(localEP, EndPoint, 'localEP');
    if (localEP instanceof DnsEndPoint) {
      throw new ArgumentException('A name cannot be bound to; resolve it first.', 'remoteEP');
    }
    writeEndPoint(mapForSocket(core, localEP), mailboxAddress);
    if (!binding.bind(core.handle)) throw failure(core, 'bind');
    core.isBound = true;
    core.localEndPoint = null;
  }

  /**
   * Starts to listen for connections.
   *
   * @param backlog How many connections may wait to be accepted; as many as the system allows, if
   *   left out.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentException} "backlog" if it is no 32-bit integer.
   * @throws {SocketException} if the system refuses.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.listen
   */
  listen(backlog: number = maxInt32): void {
    const core = this.#openCore();
    requireInt32(backlog, 'backlog');
    if (!binding.listen(core.handle, backlog)) throw failure(core, 'listen');
    core.isListening = true;
  }

  /**
   * Ends sending, receiving or both, and leaves the socket open.
   *
   * @param how What to end.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentException} "how" if it is no integer.
   * @throws {SocketException} `NotConnected` if the socket was never connected.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.shutdown
   */
  shutdown(how: SocketShutdown): void {
    const core = this.#openCore();
    requireInt32(how, 'how');
    core.shutdown(how);
  }

  /**
   * Closes the socket. Operations in progress complete with `OperationAborted`, later; if there are
   * any, and the socket was not shut down for sending, the peer sees a reset.
   *
   * @param timeout Milliseconds that the peer has to end its side too: 0 resets the connection at
   *   once; -1, and no timeout, close in order without waiting. The call itself never waits.
   * @throws {ArgumentOutOfRangeException} "timeout" if it is less than -1.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.close
   */
  close(timeout = -1): void {
    requireInteger(timeout, 'timeout', -1, maxInt32);
    if (timeout > 0) this.#core.closeAfter(timeout);
    else this.#core.close(timeout === 0);
  }

  /**
   * The same as `close()`. May be called again.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.dispose
   */
  dispose(): void {
    this.#core.close(false);
  }

  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Lets operations that wait on this socket keep the process alive; so it is to begin with. */
  ref(): this {
    this.#core.setReferenced(true);
    return this;
  }

  /** Lets the process end even while operations wait on this socket. */
  unref(): this {
    this.#core.setReferenced(false);
    return this;
  }

  /** Whether operations that wait on this socket keep the process alive. */
  hasRef(): boolean {
    return this.#core.isReferenced;
  }

  // ---------------------------------------------------------------------------------------------
  // State

  /** @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.addressfamily */
  get addressFamily(): AddressFamily {
    return this.#core.addressFamily;
  }

  /** @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sockettype */
  get socketType(): SocketType {
    return this.#core.socketType;
  }

  /** @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.protocoltype */
  get protocolType(): ProtocolType {
    return this.#core.protocolType;
  }

  /**
   * The system's descriptor; -1 once the socket is closed. It stays this object's: do not close it.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.handle
   */
  get handle(): number {
    return this.#core.isClosed ? -1 : binding.getDescriptor(this.#core.handle);
  }

  /**
   * Whether the socket was connected when it was last used. A peer that has gone is noticed by the
   * next operation only.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.connected
   */
  get connected(): boolean {
    return this.#core.isConnected;
  }

  /** @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.isbound */
  get isBound(): boolean {
    return this.#core.isBound;
  }

  /**
   * Bytes that can be received without waiting.
   *
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.available
   */
  get available(): number {
    const core = this.#openCore();
    const available = binding.getAvailable(core.handle);
    if (available < 0) throw failure(core, 'ioctl');
    return available;
  }

  /**
   * The local endpoint; `null` if the socket is not bound. The same object every time.
   *
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.localendpoint
   */
  get localEndPoint(): EndPoint | null {
    return localEndPointOf(this.#openCore());
  }

  /**
   * The endpoint of the peer; `null` if the socket is not connected. The same object every time. If
   * the connection fails or is shut down, an endpoint that was known stays, until `disconnectAsync`.
   *
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.remoteendpoint
   */
  get remoteEndPoint(): EndPoint | null {
    return remoteEndPointOf(this.#openCore());
  }

  // ---------------------------------------------------------------------------------------------
  // Options. All throw ObjectDisposedException if the socket is disposed, SocketException if the
  // system refuses, and ArgumentException "value" for a value of the wrong type. Where .NET looks at
  // the value or at the address family first, so do these: then the core is not asked to be open.

  /**
   * Kept for calls that block in .NET, of which there are none here; operations do not heed it.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.blocking
   */
  get blocking(): boolean {
    return this.#core.isBlocking;
  }

  set blocking(value: boolean) {
    const core = this.#openCore();
    requireBoolean(value, 'value');
    core.isBlocking = value;
  }

  /**
   * Whether small sends go out at once instead of being gathered (TCP_NODELAY).
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.nodelay
   */
  get noDelay(): boolean {
    return getIntOption(this.#openCore(), TcpLevel, SocketOptionName.NoDelay) !== 0;
  }

  set noDelay(value: boolean) {
    setBoolOption(this.#openCore(), TcpLevel, SocketOptionName.NoDelay, value);
  }

  /**
   * What happens to unsent data when the socket closes.
   *
   * @throws {ArgumentNullException} "optionValue".
   * @throws {ArgumentException} "optionValue" if its time is outside 0 to 65,535 seconds.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.lingerstate
   */
  get lingerState(): LingerOption {
    return getLingerOption(this.#openCore(), SocketLevel, SocketOptionName.Linger);
  }

  set lingerState(value: LingerOption) {
    const core = this.#openCore();
    requireInstance(value, LingerOption, 'optionValue');
    if (value.lingerTime < 0 || value.lingerTime > maxLingerSeconds) {
      throw new ArgumentException('The time must be 0 to 65,535 seconds.', 'optionValue');
    }
    setLingerOption(core, SocketLevel, SocketOptionName.Linger, value);
  }

  /**
   * Bytes that the system buffers for receiving. Linux doubles what is set.
   *
   * @throws {ArgumentOutOfRangeException} "value" if it is negative.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receivebuffersize
   */
  get receiveBufferSize(): number {
    return getIntOption(this.#openCore(), SocketLevel, SocketOptionName.ReceiveBuffer);
  }

  set receiveBufferSize(value: number) {
    setSizeOption(this.#core, SocketOptionName.ReceiveBuffer, value);
  }

  /**
   * Bytes that the system buffers for sending. Linux doubles what is set.
   *
   * @throws {ArgumentOutOfRangeException} "value" if it is negative.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sendbuffersize
   */
  get sendBufferSize(): number {
    return getIntOption(this.#openCore(), SocketLevel, SocketOptionName.SendBuffer);
  }

  set sendBufferSize(value: number) {
    setSizeOption(this.#core, SocketOptionName.SendBuffer, value);
  }

  /**
   * Milliseconds, 0 for no limit, of calls that block in .NET; operations do not heed it.
   *
   * @throws {ArgumentOutOfRangeException} "value" if it is less than -1.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receivetimeout
   */
  get receiveTimeout(): number {
    return getIntOption(this.#openCore(), SocketLevel, SocketOptionName.ReceiveTimeout);
  }

  set receiveTimeout(value: number) {
    setTimeoutOption(this.#core, SocketOptionName.ReceiveTimeout, value);
  }

  /**
   * Milliseconds, 0 for no limit, of calls that block in .NET; operations do not heed it.
   *
   * @throws {ArgumentOutOfRangeException} "value" if it is less than -1.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.sendtimeout
   */
  get sendTimeout(): number {
    return getIntOption(this.#openCore(), SocketLevel, SocketOptionName.SendTimeout);
  }

  set sendTimeout(value: number) {
    setTimeoutOption(this.#core, SocketOptionName.SendTimeout, value);
  }

  /**
   * How many routers a packet may pass: 0 to 255.
   *
   * @throws {ArgumentOutOfRangeException} "value".
   * @throws {NotSupportedException} if the socket is not IPv4 or IPv6.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.ttl
   */
  get ttl(): number {
    const core = this.#core;
    return getIntOption(core, requireIPLevel(core), SocketOptionName.IpTimeToLive);
  }

  set ttl(value: number) {
    const core = this.#core;
    requireInteger(value, 'value', 0, maxTtl);
    setIntOption(core, requireIPLevel(core), SocketOptionName.IpTimeToLive, value);
  }

  /**
   * Whether routers are forbidden to cut IPv4 packets into pieces.
   *
   * @throws {NotSupportedException} if the socket is neither IPv4 nor in dual mode.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.dontfragment
   */
  get dontFragment(): boolean {
    const core = this.#core;
    requireIPv4(core);
    return getIntOption(core, IPLevel, SocketOptionName.DontFragment) !== 0;
  }

  set dontFragment(value: boolean) {
    const core = this.#core;
    requireIPv4(core);
    setBoolOption(core, IPLevel, SocketOptionName.DontFragment, value);
  }

  /**
   * Whether what is sent to a multicast group comes back to this host.
   *
   * @throws {NotSupportedException} if the socket is not IPv4 or IPv6.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.multicastloopback
   */
  get multicastLoopback(): boolean {
    const core = this.#core;
    return getIntOption(core, requireIPLevel(core), SocketOptionName.MulticastLoopback) !== 0;
  }

  set multicastLoopback(value: boolean) {
    const core = this.#core;
    setBoolOption(core, requireIPLevel(core), SocketOptionName.MulticastLoopback, value);
  }

  /**
   * Whether broadcasts may be sent; `false` for all stream sockets.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.enablebroadcast
   */
  get enableBroadcast(): boolean {
    if (this.#core.socketType === SocketType.Stream) return false;
    return getIntOption(this.#core, SocketLevel, SocketOptionName.Broadcast) !== 0;
  }

  set enableBroadcast(value: boolean) {
    setBoolOption(this.#core, SocketLevel, SocketOptionName.Broadcast, value);
  }

  /**
   * Whether an IPv6 socket reaches IPv4 too; `false` for all other sockets. To be set before the
   * socket is bound.
   *
   * @throws {NotSupportedException} if it is set on a socket that is not IPv6.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.dualmode
   */
  get dualMode(): boolean {
    return isDualMode(this.#core);
  }

  set dualMode(value: boolean) {
    const core = this.#core;
    requireBoolean(value, 'value');
    if (core.addressFamily !== AddressFamily.InterNetworkV6) {
      throw new NotSupportedException('Only IPv6 sockets have a dual mode.');
    }
    setIntOption(core, IPv6Level, SocketOptionName.IPv6Only, value ? 0 : 1);
  }

  /**
   * Whether the address is this socket's alone. On Unix it is, until `ReuseAddress` is set.
   *
   * @throws {InvalidOperationException} if it is set after the socket is bound.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.exclusiveaddressuse
   */
  get exclusiveAddressUse(): boolean {
    return getIntOption(this.#core, SocketLevel, SocketOptionName.ExclusiveAddressUse) !== 0;
  }

  set exclusiveAddressUse(value: boolean) {
    const core = this.#core;
    if (core.isBound) {
      throw new InvalidOperationException('The socket must not be bound or connected.');
    }
    setBoolOption(core, SocketLevel, SocketOptionName.ExclusiveAddressUse, value);
  }

  // ---------------------------------------------------------------------------------------------
  // Object

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
  toString(): string {
    return this.constructor.name;
  }

  /** What `console.log` shows: the kind of socket, and its state. */
  [inspect.custom](): string {
    const core = this.#core;
    const kind = [
      enumName(AddressFamily, core.addressFamily),
      enumName(SocketType, core.socketType),
      enumName(ProtocolType, core.protocolType),
    ].join('/');
    return `${this.constructor.name} { ${kind}, ${core.stateName} }`;
  }

  #openCore(): SocketCore {
    if (this.#core.isClosed) this.#core.throwClosed();
    return this.#core;
  }
}

function operationIn(e: SocketAsyncEventArgs): Operation {
  requireInstance(e, SocketAsyncEventArgs, 'e');
  return operationOf(e);
}

function createCore(first: number, second: number, third: number | undefined): SocketCore {
  if (third !== undefined) {
    requireInt32(first, 'addressFamily');
    requireInt32(second, 'socketType');
    requireInt32(third, 'protocolType');
    return SocketCore.create(first as AddressFamily, second as SocketType, third as ProtocolType);
  }
  requireInt32(first, 'socketType');
  requireInt32(second, 'protocolType');
  return createDualCore(first as SocketType, second as ProtocolType);
}

/** IPv6 in dual mode where there is IPv6, IPv4 elsewhere. */
function createDualCore(socketType: SocketType, protocolType: ProtocolType): SocketCore {
  try {
    const core = SocketCore.create(AddressFamily.InterNetworkV6, socketType, protocolType);
    setIntOption(core, IPv6Level, SocketOptionName.IPv6Only, 0);
    return core;
  } catch (error) {
    const hasNoIPv6 =
      error instanceof SocketException &&
      error.socketErrorCode === SocketError.AddressFamilyNotSupported;
    if (!hasNoIPv6) throw error;
    return SocketCore.create(AddressFamily.InterNetwork, socketType, protocolType);
  }
}

function failure(core: SocketCore, syscall: string): SocketException {
  core.noteFailure(lastError());
  return lastException(syscall);
}

function setBoolOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
  value: boolean,
): void {
  requireBoolean(value, 'value');
  setIntOption(core, level, name, value ? 1 : 0);
}

function setSizeOption(core: SocketCore, name: SocketOptionName, value: number): void {
  requireInteger(value, 'value', 0, maxInt32);
  setIntOption(core, SocketLevel, name, value);
}

function setTimeoutOption(core: SocketCore, name: SocketOptionName, value: number): void {
  requireInteger(value, 'value', -1, maxInt32);
  setIntOption(core, SocketLevel, name, Math.max(value, 0));
}

function requireIPLevel(core: SocketCore): SocketOptionLevel {
  switch (core.addressFamily) {
    case AddressFamily.InterNetwork:
      return IPLevel;
    case AddressFamily.InterNetworkV6:
      return IPv6Level;
    default:
      throw new NotSupportedException('Only IP sockets have this option.');
  }
}

function requireIPv4(core: SocketCore): void {
  if (canUseFamily(core, AddressFamily.InterNetwork)) return;
  throw new NotSupportedException('Only sockets that can use IPv4 have this option.');
}
