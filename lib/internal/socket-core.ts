// The inside of one Socket: its native handle and what .NET lets a user see of its state. The
// public class is a shell around it; the modules of lib/internal work on it.

import { AddressFamily } from '../enums/address-family.js';
import type { ProtocolType } from '../enums/protocol-type.js';
import { SocketError } from '../enums/socket-error.js';
import { SocketShutdown } from '../enums/socket-shutdown.js';
import type { SocketType } from '../enums/socket-type.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { ObjectDisposedException } from '../errors/object-disposed-exception.js';
import { binding, type Handle } from './binding.js';
import { keepFileFor, removeFileOf, type BoundFile } from './bound-file.js';
import { forgetSocket } from './finalization.js';
import { lastError, lastException, readInts } from './mailbox.js';

/** The handle of a closed socket. */
const NONE: Handle = -1;

// What is true of a socket, as bits of one number: seven fields would be 56 bytes per connection.
const BOUND = 1;
const CONNECTED = 2;
const DISCONNECTED = 4;
const LISTENING = 8;
const SHUT_FOR_SENDING = 16;
const REFERENCED = 32;
const BLOCKING = 64;
const HAS_FILE = 128;
const DRAINED = 256;

/** Failures that say nothing about the connection; all others end `connected`. */
const harmless: ReadonlySet<SocketError> = new Set([
  SocketError.Success,
  SocketError.WouldBlock,
  SocketError.IOPending,
  SocketError.NoBufferSpaceAvailable,
  SocketError.TimedOut,
  // It ended with the descriptor that it waited on; the socket may be connected anew by now. (.NET
  // does not spare it.)
  SocketError.OperationAborted,
]);

/** The families whose endpoints there are classes for. */
const addressable: ReadonlySet<AddressFamily> = new Set([
  AddressFamily.InterNetwork,
  AddressFamily.InterNetworkV6,
  AddressFamily.Unix,
]);

/** What a socket was made as; a listener's is also that of the connections it accepts. */
export interface SocketKind {
  readonly addressFamily: AddressFamily;
  readonly socketType: SocketType;
  readonly protocolType: ProtocolType;
}

function withBit(state: number, bit: number, value: boolean): number {
  return value ? state | bit : state & ~bit;
}

export class SocketCore {
  #handle: Handle;
  kind: SocketKind;

  #state = REFERENCED | BLOCKING;

  /** Cached; see `localEndPointOf` and `remoteEndPointOf` in socket-addresses.ts. */
  localEndPoint: EndPoint | null = null;
  remoteEndPoint: EndPoint | null = null;
  /** An IPv4 peer whose endpoint nobody has asked for yet; the port is `null` if there is none. */
  remoteWord = 0;
  remotePort: number | null = null;

  /** Makes a new socket. @throws {SocketException} if the system has no such. */
  static create(
    addressFamily: AddressFamily,
    socketType: SocketType,
    protocolType: ProtocolType,
  ): SocketCore {
    const handle = binding.createSocket(addressFamily, socketType, protocolType);
    if (handle < 0) throw lastException('socket');
    return new SocketCore(handle, { addressFamily, socketType, protocolType });
  }

  /**
   * Takes over a descriptor from elsewhere. .NET takes every socket of a family it knows for bound,
   * whether it is or not.
   *
   * @throws {SocketException} if it is no socket; the descriptor then stays as it was.
   */
  static adopt(descriptor: number): SocketCore {
    const handle = binding.adoptSocket(descriptor);
    if (handle < 0) throw lastException('getsockopt');
    const [family, type, protocol, listening] = readInts(4);
    const core = new SocketCore(handle, {
      addressFamily: family as AddressFamily,
      socketType: type as SocketType,
      protocolType: protocol as ProtocolType,
    });
    core.isBound = addressable.has(core.addressFamily);
    core.isListening = listening !== 0;
    core.isConnected = core.isBound && binding.getRemoteAddress(handle);
    return core;
  }

  constructor(handle: Handle, kind: SocketKind) {
    this.#handle = handle;
    this.kind = kind;
  }

  get addressFamily(): AddressFamily {
    return this.kind.addressFamily;
  }

  get socketType(): SocketType {
    return this.kind.socketType;
  }

  get protocolType(): ProtocolType {
    return this.kind.protocolType;
  }

  get isClosed(): boolean {
    return this.#handle === NONE;
  }

  /** The native handle. @throws {ObjectDisposedException} if the socket is closed. */
  get handle(): Handle {
    if (this.#handle === NONE) this.throwClosed();
    return this.#handle;
  }

  get isBound(): boolean {
    return (this.#state & BOUND) !== 0;
  }

  set isBound(value: boolean) {
    this.#state = withBit(this.#state, BOUND, value);
  }

  get isConnected(): boolean {
    return (this.#state & CONNECTED) !== 0;
  }

  set isConnected(value: boolean) {
    this.#state = withBit(this.#state, CONNECTED, value);
  }

  get isDisconnected(): boolean {
    return (this.#state & DISCONNECTED) !== 0;
  }

  set isDisconnected(value: boolean) {
    this.#state = withBit(this.#state, DISCONNECTED, value);
  }

  get isListening(): boolean {
    return (this.#state & LISTENING) !== 0;
  }

  set isListening(value: boolean) {
    this.#state = withBit(this.#state, LISTENING, value);
  }

  get isShutForSending(): boolean {
    return (this.#state & SHUT_FOR_SENDING) !== 0;
  }

  set isShutForSending(value: boolean) {
    this.#state = withBit(this.#state, SHUT_FOR_SENDING, value);
  }

  get isReferenced(): boolean {
    return (this.#state & REFERENCED) !== 0;
  }

  set isReferenced(value: boolean) {
    this.#state = withBit(this.#state, REFERENCED, value);
  }

  get isBlocking(): boolean {
    return (this.#state & BLOCKING) !== 0;
  }

  set isBlocking(value: boolean) {
    this.#state = withBit(this.#state, BLOCKING, value);
  }

  /** The last receive has left nothing behind, as far as is known here. */
  get isDrained(): boolean {
    return (this.#state & DRAINED) !== 0;
  }

  set isDrained(value: boolean) {
    this.#state = withBit(this.#state, DRAINED, value);
  }

  throwClosed(): never {
    throw new ObjectDisposedException('Socket');
  }

  /** For people. */
  get stateName(): string {
    if (this.isClosed) return 'closed';
    if (this.isConnected) return 'connected';
    if (this.isListening) return 'listening';
    return this.isBound ? 'bound' : 'open';
  }

  setConnected(): void {
    this.isConnected = true;
    this.isDisconnected = false;
    this.isBound = true;
    this.forgetRemoteEndPoint();
    // The connection has made a wildcard specific; and after a failed attempt the descriptor, with
    // its binding, is another one.
    this.localEndPoint = null;
  }

  forgetRemoteEndPoint(): void {
    this.remoteEndPoint = null;
    this.remotePort = null;
  }

  setDisconnected(): void {
    if (!this.isConnected) return;
    this.isConnected = false;
    this.isDisconnected = true;
  }

  /** A fresh descriptor has taken the place of the disconnected one. */
  setRenewed(): void {
    this.isShutForSending = false;
    this.localEndPoint = null;
  }

  /** A call on this socket failed; most failures mean that it is not connected any more. */
  noteFailure(error: SocketError): void {
    if (!harmless.has(error)) this.setDisconnected();
  }

  /** Takes over the handle of an accepted connection, in place of its own. */
  becomeAccepted(handle: Handle, listener: SocketCore): void {
    if (this.#handle !== NONE) binding.close(this.#handle, false);
    this.#handle = handle;
    this.kind = listener.kind;
    this.isListening = false;
    this.isShutForSending = false;
    this.isBlocking = listener.isBlocking;
    this.setConnected();
    if (!this.isReferenced) binding.setReferenced(handle, false);
  }

  setReferenced(isReferenced: boolean): void {
    this.isReferenced = isReferenced;
    if (this.#handle !== NONE) binding.setReferenced(this.#handle, isReferenced);
  }

  /** Shuts down. A peer that has gone already is no failure; never having had one is. */
  shutdown(how: SocketShutdown): void {
    const wasConnected = this.isConnected || this.isDisconnected;
    if (!binding.shutdown(this.handle, how)) {
      const isHarmless = wasConnected && lastError() === SocketError.NotConnected;
      if (!isHarmless) {
        this.noteFailure(lastError());
        throw lastException('shutdown');
      }
    }
    if (how !== SocketShutdown.Receive) this.isShutForSending = true;
    this.setDisconnected();
  }

  /** Closes the socket; what is in flight on it completes with OperationAborted, later. */
  close(isAbortive: boolean): void {
    const handle = SocketCore.#release(this);
    if (handle !== NONE) binding.close(handle, isAbortive);
  }

  /** As `close`, but gives the peer time to end its side too. */
  closeAfter(timeoutMs: number): void {
    const handle = SocketCore.#release(this);
    if (handle !== NONE) binding.closeAfter(handle, timeoutMs);
  }

  /** Remembers the file that binding has made; closing removes it. */
  keepFile(file: BoundFile): void {
    keepFileFor(this, file);
    this.#state |= HAS_FILE;
  }

  // Static: an object of a class with private methods carries a field that says so.
  static #release(core: SocketCore): Handle {
    const handle = core.#handle;
    core.#handle = NONE;
    core.setDisconnected();
    forgetSocket(core);
    // While the descriptor is open, no other file can be taken for this one.
    if ((core.#state & HAS_FILE) !== 0) removeFileOf(core);
    return handle;
  }
}
