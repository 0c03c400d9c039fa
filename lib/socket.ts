import { inspect } from 'node:util';

import { AddressFamily } from './enums/address-family.js';
import { enumName } from './enums/enum-name.js';
import type { ExtraSocketOptionName } from './enums/extra-socket-option-name.js';
import { IPProtectionLevel } from './enums/ip-protection-level.js';
import { ProtocolType } from './enums/protocol-type.js';
import type { SelectMode } from './enums/select-mode.js';
import { SocketError } from './enums/socket-error.js';
import { SocketOptionLevel } from './enums/socket-option-level.js';
import { SocketOptionName } from './enums/socket-option-name.js';
import type { SocketShutdown } from './enums/socket-shutdown.js';
import { SocketType } from './enums/socket-type.js';
import { DnsEndPoint } from './endpoints/dns-end-point.js';
import { EndPoint } from './endpoints/end-point.js';
import { ArgumentException } from './errors/argument-exceptions.js';
import { InvalidOperationException } from './errors/invalid-operation-exception.js';
import {
  NotSupportedException,
  PlatformNotSupportedException,
} from './errors/not-supported-exception.js';
import { SocketException } from './errors/socket-exception.js';
import { binding } from './internal/binding.js';
import { fileToBind, identify } from './internal/bound-file.js';
import { startDispatching } from './internal/dispatch.js';
import { writeEndPoint } from './internal/endpoint-codec.js';
import { watchSocket } from './internal/finalization.js';
import { identityHash } from './internal/identity-hash.js';
import { availableIn, ioControl } from './internal/io-control.js';
import { lastError, lastException, mailboxAddress } from './internal/mailbox.js';
import {
  getOptionContent,
  getOptionValue,
  setLinger,
  setOptionValue,
  type OptionValue,
} from './internal/option-values.js';
import { isFamilySupported } from './internal/os-support.js';
import { isReady, requireNoWaiting, select } from './internal/select.js';
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
  getRawOption,
  setIntOption,
  setRawOption,
} from './internal/socket-options.js';
import { upcalls } from './internal/upcalls.js';
import {
  maxInt32,
  requireBoolean,
  requireBytes,
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
import type { IPv6MulticastOption } from './options/ipv6-multicast-option.js';
import { LingerOption } from './options/linger-option.js';
import type { MulticastOption } from './options/multicast-option.js';
import { operationOf, type SocketAsyncEventArgs } from './socket-async-event-args.js';

const { Socket: SocketLevel, IP: IPLevel, IPv6: IPv6Level, Tcp: TcpLevel } = SocketOptionLevel;
const maxTtl = 255;

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
    upcalls.wrapSocket = core => new Socket(core as never);
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
  /**
   * Takes over a socket of the system: one that this process was started with, or got from native
   * code. What it is, and whether it is connected or listens, is read from it; as in .NET, `isBound`
   * is `true`. It becomes non-blocking and is not passed on to child processes, and is closed with
   * this object: nothing else may watch or close it.
   *
   * **Differs from .NET:** there it is passed on to child processes as before, and may be a file.
   *
   * @param handle The descriptor. If the constructor throws it stays the caller's.
   * @throws {ArgumentNullException} "handle".
   * @throws {ArgumentException} "handle" if it is -1, or belongs to a `Socket` of this thread.
   * @throws {SocketException} `NotSocket` if it is no socket, or is not open.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.-ctor
   */
  constructor(handle: number);
  constructor(...given: readonly [SocketCore] | readonly number[]) {
    this.#core = given[0] instanceof SocketCore ? given[0] : makeCore(given as readonly number[]);
    watchSocket(this, this.#core);
  }

  /**
   * Whether the system has IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.ossupportsipv4
   */
  static get osSupportsIPv4(): boolean {
    return isFamilySupported(AddressFamily.InterNetwork);
  }

  /**
   * Whether the system has IPv6.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.ossupportsipv6
   */
  static get osSupportsIPv6(): boolean {
    return isFamilySupported(AddressFamily.InterNetworkV6);
  }

  /**
   * Whether the system has Unix-domain sockets.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.ossupportsunixdomainsockets
   */
  static get osSupportsUnixDomainSockets(): boolean {
    return isFamilySupported(AddressFamily.Unix);
  }

  /** @deprecated in .NET as here; the same as `osSupportsIPv4`. */
  static get supportsIPv4(): boolean {
    return Socket.osSupportsIPv4;
  }

  /** @deprecated in .NET as here; the same as `osSupportsIPv6`. */
  static get supportsIPv6(): boolean {
    return Socket.osSupportsIPv6;
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
    const core = requireOpen(this.#core);
    return startAccept(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startConnect(core, operationOf(e, 'e'), this);
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
    const operation = operationOf(e, 'e');
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
    cancelConnect(operationOf(e, 'e'));
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
    const core = requireOpen(this.#core);
    return startDisconnect(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startReceive(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startSend(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startReceiveFrom(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startReceiveMessageFrom(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startSendTo(core, operationOf(e, 'e'), this);
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
    const core = requireOpen(this.#core);
    return startSendPackets(core, operationOf(e, 'e'), this);
  }

  // ---------------------------------------------------------------------------------------------
  // Life

  /**
   * Gives the socket a local endpoint. A stream socket may take a port that is in TIME_WAIT. The file
   * that a `UnixDomainSocketEndPoint` makes goes when the socket is closed.
   *
   * **Differs from .NET:** if that file was replaced by another meanwhile, the other one stays.
   *
   * @param localEP The endpoint; port 0 lets the system choose one.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentNullException} "localEP".
   * @throws {ArgumentException} "localEP" if it is no endpoint; "remoteEP" (sic, as in .NET) if it is
   *   a `DnsEndPoint`; "path" if it has no path, or one with a NUL inside.
   * @throws {SocketException} `AddressAlreadyInUse`, `AddressNotAvailable`, `AccessDenied`, ….
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.bind
   */
  bind(localEP: EndPoint): void {
    const core = requireOpen(this.#core);
    requireInstance(localEP, EndPoint, 'localEP');
    if (localEP instanceof DnsEndPoint) {
      throw new ArgumentException('A name cannot be bound to; resolve it first.', 'remoteEP');
    }
    const file = fileToBind(localEP);
    writeEndPoint(mapForSocket(core, localEP), mailboxAddress);
    if (!binding.bind(core.handle)) throw failure(core, 'bind');
    const made = file === null ? null : identify(file);
    if (made !== null) core.keepFile(made);
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
    const core = requireOpen(this.#core);
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
    const core = requireOpen(this.#core);
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
    return availableIn(requireOpen(this.#core));
  }

  /**
   * The local endpoint; `null` if the socket is not bound. The same object every time.
   *
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.localendpoint
   */
  get localEndPoint(): EndPoint | null {
    return localEndPointOf(requireOpen(this.#core));
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
    return remoteEndPointOf(requireOpen(this.#core));
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
    const core = requireOpen(this.#core);
    requireBoolean(value, 'value');
    core.isBlocking = value;
  }

  /**
   * Whether small sends go out at once instead of being gathered (TCP_NODELAY).
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.nodelay
   */
  get noDelay(): boolean {
    return getIntOption(requireOpen(this.#core), TcpLevel, SocketOptionName.NoDelay) !== 0;
  }

  set noDelay(value: boolean) {
    setBoolOption(requireOpen(this.#core), TcpLevel, SocketOptionName.NoDelay, value);
  }

  /**
   * What happens to unsent data when the socket closes: with a time of 0 it is discarded and the peer
   * sees a reset. With any other the system goes on sending, as it does without the option; `close()`
   * does not wait for it, as .NET's does, since everything else would wait too.
   *
   * @throws {ArgumentNullException} "optionValue".
   * @throws {ArgumentException} "optionValue" if its time is outside 0 to 65,535 seconds.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.lingerstate
   */
  get lingerState(): LingerOption {
    return getLingerOption(requireOpen(this.#core), SocketLevel, SocketOptionName.Linger);
  }

  set lingerState(value: LingerOption) {
    const core = requireOpen(this.#core);
    requireInstance(value, LingerOption, 'optionValue');
    setLinger(core, value);
  }

  /**
   * Bytes that the system buffers for receiving. Linux doubles what is set.
   *
   * @throws {ArgumentOutOfRangeException} "value" if it is negative.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.receivebuffersize
   */
  get receiveBufferSize(): number {
    return getIntOption(requireOpen(this.#core), SocketLevel, SocketOptionName.ReceiveBuffer);
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
    return getIntOption(requireOpen(this.#core), SocketLevel, SocketOptionName.SendBuffer);
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
    return getIntOption(requireOpen(this.#core), SocketLevel, SocketOptionName.ReceiveTimeout);
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
    return getIntOption(requireOpen(this.#core), SocketLevel, SocketOptionName.SendTimeout);
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

  /**
   * Always `false`; setting it has no effect. Windows alone ever had a choice.
   *
   * @deprecated in .NET as here.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.useonlyoverlappedio
   */
  get useOnlyOverlappedIO(): boolean {
    return false;
  }

  set useOnlyOverlappedIO(value: boolean) {
    requireBoolean(value, 'value');
  }

  // ---------------------------------------------------------------------------------------------
  // Options by level and name

  /**
   * Sets an option: a number or a boolean, or the option's bytes in the form of the system.
   *
   * @param optionLevel The layer that the option belongs to.
   * @param optionName Which option.
   * @param optionValue A 32-bit integer, a boolean for 1 or 0, or at least one byte.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentNullException} "optionValue".
   * @throws {ArgumentException} "optionValue" if the option has no value of this type.
   * @throws {ArgumentOutOfRangeException} "optionLevel", "optionName" or "optionValue" if it is no
   *   32-bit integer.
   * @throws {SocketException} if the system refuses: `OperationNotSupported` if it does not have the
   *   option, `ProtocolOption` if this socket does not, `InvalidArgument` for a wrong value, `Fault`
   *   for no bytes.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.setsocketoption
   */
  setSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
    optionValue: number | boolean | Uint8Array,
  ): void;
  /**
   * Sets what closing does with unsent data; the same as `lingerState`.
   *
   * @param optionLevel `SocketOptionLevel.Socket`.
   * @param optionName `SocketOptionName.Linger`.
   * @param optionValue The time must be 0 to 65,535 seconds, or ArgumentException is thrown.
   */
  setSocketOption(
    optionLevel: typeof SocketOptionLevel.Socket,
    optionName: typeof SocketOptionName.Linger,
    optionValue: LingerOption,
  ): void;
  /**
   * Joins or leaves an IPv4 multicast group.
   *
   * @param optionLevel `SocketOptionLevel.IP`.
   * @param optionName `AddMembership` or `DropMembership`.
   * @param optionValue The group, and the interface.
   * @throws {SocketException} `AddressAlreadyInUse` if the socket is in the group,
   *   `AddressNotAvailable` if it is not, `OperationNotSupported` if an address is not IPv4,
   *   `SocketError` if there is no such interface or the socket is a stream.
   */
  setSocketOption(
    optionLevel: typeof SocketOptionLevel.IP,
    optionName: typeof SocketOptionName.AddMembership | typeof SocketOptionName.DropMembership,
    optionValue: MulticastOption,
  ): void;
  /**
   * Joins or leaves an IPv6 multicast group.
   *
   * @param optionLevel `SocketOptionLevel.IPv6`.
   * @param optionName `AddMembership` or `DropMembership`.
   * @param optionValue The group, and the interface.
   * @throws {SocketException} as for IPv4; `InvalidArgument` if the group is not IPv6.
   */
  setSocketOption(
    optionLevel: typeof SocketOptionLevel.IPv6,
    optionName: typeof SocketOptionName.AddMembership | typeof SocketOptionName.DropMembership,
    optionValue: IPv6MulticastOption,
  ): void;
  setSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
    optionValue: OptionValue,
  ): void {
    setOptionValue(requireOpen(this.#core), optionLevel, optionName, optionValue);
  }

  /**
   * What closing does with unsent data; the same as `lingerState`.
   *
   * @param optionLevel `SocketOptionLevel.Socket`.
   * @param optionName `SocketOptionName.Linger`.
   */
  getSocketOption(
    optionLevel: typeof SocketOptionLevel.Socket,
    optionName: typeof SocketOptionName.Linger,
  ): LingerOption;
  /**
   * The value of an option. `Error` is a `SocketError`, and is cleared by being read.
   *
   * @param optionLevel The layer that the option belongs to.
   * @param optionName Which option.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentOutOfRangeException} "optionLevel" or "optionName" if it is no 32-bit integer.
   * @throws {SocketException} if the system refuses: `OperationNotSupported` if it does not have the
   *   option, `ProtocolOption` if this socket does not, or it cannot be read.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.getsocketoption
   */
  getSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: Exclude<SocketOptionName | ExtraSocketOptionName, typeof SocketOptionName.Linger>,
  ): number;
  /** The value of an option that is known only when the program runs. */
  getSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
  ): number | LingerOption;
  /**
   * Reads an option in the form of the system, into bytes of the caller.
   *
   * @param optionLevel The layer that the option belongs to.
   * @param optionName Which option.
   * @param optionValue What the option does not fill is left alone, what does not fit is cut off.
   *   `null` is taken for no bytes.
   * @throws {SocketException} `InvalidArgument` too, if `ReuseAddress` or `ExclusiveAddressUse` is
   *   not given 4 bytes.
   */
  getSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
    optionValue: Uint8Array | null,
  ): void;
  /**
   * Reads an option in the form of the system.
   *
   * @param optionLevel The layer that the option belongs to.
   * @param optionName Which option.
   * @param optionLength How many bytes are wanted at most.
   * @returns Its bytes, which may be fewer.
   * @throws {OverflowException} if the length is negative.
   */
  getSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
    optionLength: number,
  ): Uint8Array;
  getSocketOption(
    optionLevel: SocketOptionLevel,
    optionName: SocketOptionName | ExtraSocketOptionName,
    target?: Uint8Array | number | null,
  ): number | LingerOption | Uint8Array | undefined {
    const core = requireOpen(this.#core);
    if (target === undefined) return getOptionValue(core, optionLevel, optionName);
    return getOptionContent(core, optionLevel, optionName, target);
  }

  /**
   * Sets an option by the system's own numbers, which differ from system to system. It stays set
   * when the socket connects again after a failure or a disconnect.
   *
   * @param optionLevel The level, such as 6 for TCP.
   * @param optionName The name, from the header files of the system.
   * @param optionValue At least one byte, in the form of the system.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentException} "optionValue" if it is no `Uint8Array`.
   * @throws {ArgumentOutOfRangeException} "optionLevel" or "optionName" if it is no 32-bit integer.
   * @throws {SocketException} if the system refuses; `Fault` for no bytes.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.setrawsocketoption
   */
  setRawSocketOption(optionLevel: number, optionName: number, optionValue: Uint8Array): void {
    const core = requireOpen(this.#core);
    requireInt32(optionLevel, 'optionLevel');
    requireInt32(optionName, 'optionName');
    requireBytes(optionValue, 'optionValue');
    setRawOption(core, optionLevel, optionName, optionValue);
  }

  /**
   * Reads an option by the system's own numbers.
   *
   * @param optionLevel The level, such as 6 for TCP.
   * @param optionName The name, from the header files of the system.
   * @param optionValue Where the bytes go, in the form of the system.
   * @returns How many bytes there were.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentException} "optionValue" if it is no `Uint8Array`.
   * @throws {ArgumentOutOfRangeException} "optionLevel" or "optionName" if it is no 32-bit integer.
   * @throws {SocketException} if the system refuses.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.getrawsocketoption
   */
  getRawSocketOption(optionLevel: number, optionName: number, optionValue: Uint8Array): number {
    const core = requireOpen(this.#core);
    requireInt32(optionLevel, 'optionLevel');
    requireInt32(optionName, 'optionName');
    requireBytes(optionValue, 'optionValue');
    return getRawOption(core, optionLevel, optionName, optionValue);
  }

  /**
   * Asks for `IOControlCode.DataToRead` (the same as `available`) or `OobDataRead` (1 if all that
   * came before the urgent byte has been read, else 0).
   *
   * @param ioControlCode The code; of a larger number the lower 32 bits.
   * @param optionInValue Not looked at.
   * @param optionOutValue Where the answer goes, as a 32-bit integer: at least 4 bytes.
   * @returns How many bytes were written.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {ArgumentException} "optionInValue" or "optionOutValue" if it is neither a `Uint8Array`
   *   nor `null`.
   * @throws {InvalidOperationException} for `NonBlockingIO`.
   * @throws {PlatformNotSupportedException} for all other codes.
   * @throws {SocketException} `Fault` if there is no room for the answer; or if the system refuses.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.iocontrol
   */
  ioControl(
    ioControlCode: number,
    optionInValue: Uint8Array | null,
    optionOutValue: Uint8Array | null,
  ): number {
    const core = requireOpen(this.#core);
    const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;
    requireInteger(ioControlCode, 'ioControlCode', MIN_SAFE_INTEGER, MAX_SAFE_INTEGER);
    if (optionInValue !== null) requireBytes(optionInValue, 'optionInValue');
    if (optionOutValue !== null) requireBytes(optionOutValue, 'optionOutValue');
    return ioControl(core, ioControlCode, optionOutValue);
  }

  /**
   * Not to be had outside Windows.
   *
   * @param level How far the socket may be reached.
   * @throws {ArgumentException} "level" if it is `Unspecified`.
   * @throws {PlatformNotSupportedException} otherwise.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.setipprotectionlevel
   */
  setIPProtectionLevel(level: IPProtectionLevel): never {
    requireInt32(level, 'level');
    if (level === IPProtectionLevel.Unspecified) {
      throw new ArgumentException('A level is needed.', 'level');
    }
    throw new PlatformNotSupportedException('Only Windows has protection levels.');
  }

  /**
   * Not to be had outside Windows. To hand a socket over, let the child process inherit its handle.
   *
   * @param targetProcessId The process that shall have the socket.
   * @throws {PlatformNotSupportedException} always; the socket stays open.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.duplicateandclose
   */
  duplicateAndClose(targetProcessId: number): never {
    requireInt32(targetProcessId, 'targetProcessId');
    throw new PlatformNotSupportedException('Only Windows hands sockets over.');
  }

  // ---------------------------------------------------------------------------------------------
  // Readiness

  /**
   * Whether the socket is ready, now.
   *
   * **Differs from .NET:** there is no waiting, as it would stop the event loop. To wait until there
   * is data, receive without a buffer.
   *
   * @param microSeconds 0.
   * @param mode What it shall be ready for: `SelectRead` to receive, to accept, or to see the end;
   *   `SelectWrite` to send; `SelectError` to report an error or urgent data. A fresh TCP socket
   *   reads and writes, as it would fail at once. For any other mode the answer is `false`.
   * @throws {ObjectDisposedException} if the socket is disposed.
   * @throws {NotSupportedException} if there is a time to wait.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.poll
   */
  poll(microSeconds: number, mode: SelectMode): boolean {
    const core = requireOpen(this.#core);
    requireInt32(mode, 'mode');
    requireNoWaiting(microSeconds);
    return isReady(core, mode);
  }

  /**
   * Leaves in each list those of its sockets that are ready, now.
   *
   * **Differs from .NET:** there is no waiting, as it would stop the event loop.
   *
   * @param checkRead Sockets that may be ready to receive or to accept, or `null`; 65,536 at most.
   * @param checkWrite Sockets that may be ready to send, or `null`; 65,536 at most.
   * @param checkError Sockets that may have an error or urgent data, or `null`; 65,536 at most.
   * @param microSeconds 0.
   * @throws {ArgumentNullException} without a name if all lists are `null` or empty.
   * @throws {ArgumentOutOfRangeException} "checkRead", "checkWrite" or "checkError" if it is longer.
   * @throws {ArgumentException} "socketList" if something in a list is no socket.
   * @throws {NotSupportedException} if there is a time to wait.
   * @throws {ObjectDisposedException} if a socket is disposed; the lists are then unchanged.
   * @throws {SocketException} if the system does not say.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.select
   */
  static select(
    checkRead: Socket[] | null,
    checkWrite: Socket[] | null,
    checkError: Socket[] | null,
    microSeconds: number,
  ): void {
    select(checkRead, checkWrite, checkError, microSeconds);
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
}

function requireOpen(core: SocketCore): SocketCore {
  if (core.isClosed) core.throwClosed();
  return core;
}

/** From a handle; from type and protocol; from family, type and protocol. */
function makeCore(given: readonly number[]): SocketCore {
  return given.length === 1 ? adoptCore(given[0]) : createCore(given[0], given[1], given[2]);
}

function adoptCore(descriptor: number): SocketCore {
  requireInt32(descriptor, 'handle');
  if (descriptor === -1) throw new ArgumentException('The handle is not valid.', 'handle');
  if (binding.ownsDescriptor(descriptor)) {
    throw new ArgumentException('The handle belongs to a Socket.', 'handle');
  }
  return SocketCore.adopt(descriptor);
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
