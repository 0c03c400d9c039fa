// The inside of one SocketAsyncEventArgs: its configuration, its results, its state, and where its
// record lies. The public class is a shell around it; the modules of lib/internal work on it.
//
//   Free ── begin ──► InProgress ── end ──► Free          (the event is raised after that)
//    │                    ╎ dispose: remembered, and carried out by end
//    └──── dispose ──► Disposed
//
// It has a slot of its own from the moment when something is put there that outlasts an operation, a
// buffer or an endpoint, and from its first accept. Until then it borrows one from begin to end, so
// that what waits for data without a buffer needs no bookkeeping of the garbage collector's.

import type { AsyncResource } from 'node:async_hooks';

import type { AddressFamily } from '../enums/address-family.js';
import { SocketAsyncOperation } from '../enums/socket-async-operation.js';
import { SocketError } from '../enums/socket-error.js';
import { SocketFlags } from '../enums/socket-flags.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { ObjectDisposedException } from '../errors/object-disposed-exception.js';
import type { IPPacketInformation } from '../options/ip-packet-information.js';
import type { SocketAsyncEventArgs } from '../socket-async-event-args.js';
import type { Socket } from '../socket.js';
import {
  ADDRESS_FAMILY,
  ADDRESS_WORDS,
  CHUNK_ADDRESSES,
  CHUNK_PACKET_INFORMATIONS,
  CHUNK_SLOTS,
  PACKET_INFORMATION_WORDS,
  RECORD_WORDS,
} from './abi.js';
import type { Slot } from './binding.js';
import { readEndPoint, readPacketInformation } from './endpoint-codec.js';
import { forgetArgs, watchArgs } from './finalization.js';
import { Extras, initialExtras, noInformation } from './operation-extras.js';
import { chunkOf, claimSlot, NO_SLOT, noWords, releaseBorrowedSlot, releaseSlot } from './slots.js';
import type { SocketCore } from './socket-core.js';

// What is true of an operation, as bits of one number: seven fields would be 56 bytes per event args.
// Free is what is neither of the first two.
const IN_PROGRESS = 1;
const DISPOSED = 2;
/** It will be when the operation in progress ends. */
const DISPOSE_REQUESTED = 4;
const SUPPRESSES_CONTEXT = 8;
const POOLED = 16;
/** The record has an endpoint that is newer than `#remoteEndPoint`, which is of its class. */
const HAS_RECEIVED_END_POINT = 32;
const OWNS_SLOT = 64;
/** `memory` was given as .NET's array with a window, which may be moved, and not as memory. */
const HAS_ARRAY = 128;

function throwNotFree(state: number): never {
  if ((state & DISPOSED) !== 0) throw new ObjectDisposedException('SocketAsyncEventArgs');
  throw new InvalidOperationException(
    'An asynchronous operation is already in progress with this SocketAsyncEventArgs.',
  );
}

function takeSlot(operation: Operation): void {
  operation.slot = claimSlot();
  operation.words = chunkOf(operation.slot).words;
}

function dropSlot(operation: Operation): void {
  operation.slot = NO_SLOT;
  operation.words = noWords;
}

export class Operation {
  /** Whom to raise the event on. */
  readonly args: SocketAsyncEventArgs;

  // Where the record lies, while there is one: its slot, and its chunk.
  slot: Slot = NO_SLOT;
  words: Int32Array = noWords;

  #state: number;

  // Configuration.
  memory: Uint8Array | null = null;
  /** Of `memory`, when it was registered: what native checks the window against. */
  memoryLength = 0;
  offset = 0;
  count = 0;
  userToken: unknown = null;

  // Configuration and results at once.
  socketError: SocketError = SocketError.Success;
  socketFlags: SocketFlags = SocketFlags.None;

  // Results.
  lastOperation: SocketAsyncOperation = SocketAsyncOperation.None;
  bytesTransferred = 0;

  // What a receive-from has left in the record is read when somebody asks for it, and not at all by
  // those who only send back to the same address.
  #remoteEndPoint: EndPoint | null = null;

  // The operation in progress, and after it the last one.
  /** The socket as the user knows it: the sender of the event. */
  sender: Socket | null = null;
  core: SocketCore | null = null;
  /** The async context of the start, to be restored around the event. */
  context: AsyncResource | null = null;

  #extras: Readonly<Extras> = initialExtras;

  constructor(args: SocketAsyncEventArgs, suppressesContext: boolean) {
    this.args = args;
    this.#state = suppressesContext ? SUPPRESSES_CONTEXT : 0;
  }

  /** Makes sure that there is a slot which stays, until `dispose`. */
  ownSlot(): void {
    if ((this.#state & OWNS_SLOT) !== 0) return;
    if (this.slot === NO_SLOT) takeSlot(this);
    this.#state |= OWNS_SLOT;
    watchArgs(this.args, this.slot, this);
  }

  // Where things lie in the chunk: the record and what is beside it, as word offsets.

  get record(): number {
    return (this.slot & (CHUNK_SLOTS - 1)) * RECORD_WORDS;
  }

  get bytes(): Uint8Array {
    return chunkOf(this.slot).bytes;
  }

  get address(): number {
    return CHUNK_ADDRESSES + (this.slot & (CHUNK_SLOTS - 1)) * ADDRESS_WORDS;
  }

  get information(): number {
    return CHUNK_PACKET_INFORMATIONS + (this.slot & (CHUNK_SLOTS - 1)) * PACKET_INFORMATION_WORDS;
  }

  /** For reading: the fields that few event args set. */
  get extras(): Readonly<Extras> {
    return this.#extras;
  }

  /** For writing, unless what is written is there already. */
  get ownExtras(): Extras {
    if (this.#extras === initialExtras) this.#extras = new Extras();
    return this.#extras;
  }

  get isInProgress(): boolean {
    return (this.#state & IN_PROGRESS) !== 0;
  }

  get suppressesContext(): boolean {
    return (this.#state & SUPPRESSES_CONTEXT) !== 0;
  }

  get isPooled(): boolean {
    return (this.#state & POOLED) !== 0;
  }

  set isPooled(value: boolean) {
    this.#state = value ? this.#state | POOLED : this.#state & ~POOLED;
  }

  get hasArray(): boolean {
    return (this.#state & HAS_ARRAY) !== 0;
  }

  set hasArray(value: boolean) {
    this.#state = value ? this.#state | HAS_ARRAY : this.#state & ~HAS_ARRAY;
  }

  /** For people. */
  get stateName(): string {
    if (this.isInProgress) return 'in progress';
    return (this.#state & DISPOSED) !== 0 ? 'disposed' : 'free';
  }

  get remoteEndPoint(): EndPoint | null {
    this.readReceived();
    return this.#remoteEndPoint;
  }

  set remoteEndPoint(value: EndPoint | null) {
    this.#state &= ~HAS_RECEIVED_END_POINT;
    this.#remoteEndPoint = value;
  }

  get packetInformation(): IPPacketInformation {
    this.readReceived();
    return this.#extras.packetInformation;
  }

  /** The address in the record is that of `remoteEndPoint`, and of this family. */
  hasReceivedEndPointOf(family: AddressFamily): boolean {
    return (
      (this.#state & HAS_RECEIVED_END_POINT) !== 0 &&
      this.words[this.address + ADDRESS_FAMILY] === family
    );
  }

  /** A receive-from has put the sender's endpoint into the record; the slot is its own. */
  noteReceivedEndPoint(): void {
    this.#state |= HAS_RECEIVED_END_POINT;
  }

  forgetPacketInformation(): void {
    this.ownExtras.hasReceivedInformation = false;
    this.ownExtras.packetInformation = noInformation;
  }

  noteReceivedInformation(): void {
    this.ownExtras.hasReceivedInformation = true;
  }

  /** Refuses to be changed or started unless free. */
  requireFree(): void {
    if ((this.#state & (IN_PROGRESS | DISPOSED)) !== 0) throwNotFree(this.#state);
  }

  /**
   * Free → InProgress: from here on the operation owns this object.
   *
   * @throws {InvalidOperationException} if it is not free, or if there are no slots left.
   */
  begin(kind: SocketAsyncOperation, core: SocketCore | null, sender: Socket | null): void {
    if ((this.#state & (IN_PROGRESS | DISPOSED)) !== 0) throwNotFree(this.#state);
    // Endpoints of the user's own class may have closed the socket meanwhile.
    if (core?.isClosed === true) core.throwClosed();
    if (this.slot === NO_SLOT) takeSlot(this);
    this.#state |= IN_PROGRESS;
    this.lastOperation = kind;
    this.core = core;
    this.sender = sender;
  }

  /** InProgress → Free, or Disposed if that was asked for meanwhile. */
  end(): void {
    this.#state &= ~IN_PROGRESS;
    if (this.#extras.packets !== null) this.ownExtras.packets = null;
    if ((this.#state & OWNS_SLOT) === 0) {
      releaseBorrowedSlot(this.slot);
      dropSlot(this);
    }
    if ((this.#state & DISPOSE_REQUESTED) !== 0) this.dispose();
  }

  dispose(): void {
    if ((this.#state & DISPOSED) !== 0) return;
    if ((this.#state & IN_PROGRESS) !== 0) {
      this.#state |= DISPOSE_REQUESTED;
      return;
    }
    this.#state |= DISPOSED;
    if ((this.#state & OWNS_SLOT) === 0) return;
    this.readReceived(); // the record will be another's
    forgetArgs(this);
    releaseSlot(this.slot);
    this.#state &= ~OWNS_SLOT;
    dropSlot(this);
  }

  /** Reads what the last receive-from has left in the record, before something else is put there. */
  readReceived(): void {
    if ((this.#state & HAS_RECEIVED_END_POINT) !== 0) {
      this.#state &= ~HAS_RECEIVED_END_POINT;
      this.#replaceEndPoint();
    }
    if (this.#extras.hasReceivedInformation) {
      this.ownExtras.hasReceivedInformation = false;
      this.ownExtras.packetInformation = readPacketInformation(this);
    }
  }

  /** As in .NET the object stays if it says the same, and if its class cannot make another one. */
  #replaceEndPoint(): void {
    try {
      const received = readEndPoint(this, this.#remoteEndPoint);
      if (this.#remoteEndPoint?.equals(received) !== true) this.#remoteEndPoint = received;
    } catch {
      // A class of the user's: what it throws would reach whoever reads, disposes or goes on.
    }
  }
}
