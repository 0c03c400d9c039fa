// The inside of one SocketAsyncEventArgs: its configuration, its results, its state, and where its
// record lies. The public class is a shell around it; the modules of lib/internal work on it.
//
//   Free ── begin ──► InProgress ── end ──► Free          (the event is raised after that)
//    │                    ╎ dispose: remembered, and carried out by end
//    └──── dispose ──► Disposed

import type { AsyncResource } from 'node:async_hooks';

import type { AddressFamily } from '../enums/address-family.js';
import { SocketAsyncOperation } from '../enums/socket-async-operation.js';
import { SocketClientAccessPolicyProtocol } from '../enums/socket-client-access-policy-protocol.js';
import { SocketError } from '../enums/socket-error.js';
import { SocketFlags } from '../enums/socket-flags.js';
import { TransmitFileOptions } from '../enums/transmit-file-options.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { ObjectDisposedException } from '../errors/object-disposed-exception.js';
import { IPPacketInformation } from '../options/ip-packet-information.js';
import type { SendPacketsElement } from '../send-packets-element.js';
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
import { chunkOf, claimSlot, releaseSlot } from './slots.js';
import type { SocketCore } from './socket-core.js';

const FREE = 0;
const IN_PROGRESS = 1;
const DISPOSED = 2;

const noInformation = new IPPacketInformation();

/**
 * What few event args ever set. Most share one of these, which has the initial values; an object of
 * its own is made for event args when the first of them is set to something else. So a connection
 * that only sends and receives does not carry the fields of all the other operations.
 */
class Extras {
  bufferList: readonly Uint8Array[] | null = null;
  /** The views behind `bufferList`, kept here because native keeps nothing alive. */
  segments: readonly Uint8Array[] | null = null;
  disconnectReuseSocket = false;
  sendPacketsElements: readonly (SendPacketsElement | null)[] | null = null;
  sendPacketsFlags: TransmitFileOptions = TransmitFileOptions.UseDefaultWorkerThread;
  sendPacketsSendSize = 0;
  /** What a SendPackets in progress sends. */
  packets: readonly (SendPacketsElement | null)[] | null = null;
  acceptSocket: Socket | null = null;
  connectSocket: Socket | null = null;
  connectByNameError: Error | null = null;
  packetInformation: IPPacketInformation = noInformation;
  hasReceivedInformation = false;
  accessPolicyProtocol: SocketClientAccessPolicyProtocol = SocketClientAccessPolicyProtocol.Tcp;
  /** Ends the operation early, where it is more than what native knows of it. */
  cancel: (() => void) | null = null;
  /** What follows a completion instead of the event, for operations of several steps. */
  nextStep: ((operation: Operation) => void) | null = null;
}

const initialExtras: Readonly<Extras> = new Extras();

export class Operation {
  /** Whom to raise the event on. */
  readonly args: SocketAsyncEventArgs;
  readonly suppressesContext: boolean;

  // Where the record lies: its slot, its chunk, and the word offset in that.
  readonly slot: Slot;
  readonly words: Int32Array;
  readonly record: number;

  #state = FREE;
  #isDisposeRequested = false;

  // Configuration.
  buffer: Uint8Array | null = null;
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
  /** The record has an endpoint that is newer than `#remoteEndPoint`, which is of its class. */
  #hasReceivedEndPoint = false;

  isPooled = false;

  // The operation in progress, and after it the last one.
  /** The socket as the user knows it: the sender of the event. */
  sender: Socket | null = null;
  core: SocketCore | null = null;
  /** The async context of the start, to be restored around the event. */
  context: AsyncResource | null = null;

  #extras: Readonly<Extras> = initialExtras;

  constructor(args: SocketAsyncEventArgs, suppressesContext: boolean) {
    this.args = args;
    this.suppressesContext = suppressesContext;
    this.slot = claimSlot();
    this.words = chunkOf(this.slot).words;
    this.record = (this.slot % CHUNK_SLOTS) * RECORD_WORDS;
    watchArgs(args, this.slot, this);
  }

  // The chunk as bytes, and the word offsets in it of what lies beside the record.

  get bytes(): Uint8Array {
    return chunkOf(this.slot).bytes;
  }

  get address(): number {
    return CHUNK_ADDRESSES + (this.slot % CHUNK_SLOTS) * ADDRESS_WORDS;
  }

  get information(): number {
    return CHUNK_PACKET_INFORMATIONS + (this.slot % CHUNK_SLOTS) * PACKET_INFORMATION_WORDS;
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
    return this.#state === IN_PROGRESS;
  }

  /** For people. */
  get stateName(): string {
    return ['free', 'in progress', 'disposed'][this.#state];
  }

  get remoteEndPoint(): EndPoint | null {
    this.readReceived();
    return this.#remoteEndPoint;
  }

  set remoteEndPoint(value: EndPoint | null) {
    this.#hasReceivedEndPoint = false;
    this.#remoteEndPoint = value;
  }

  get packetInformation(): IPPacketInformation {
    this.readReceived();
    return this.#extras.packetInformation;
  }

  /** The address in the record is that of `remoteEndPoint`, and of this family. */
  hasReceivedEndPointOf(family: AddressFamily): boolean {
    return this.#hasReceivedEndPoint && this.words[this.address + ADDRESS_FAMILY] === family;
  }

  /** A receive-from has put the sender's endpoint into the record. */
  noteReceivedEndPoint(): void {
    this.#hasReceivedEndPoint = true;
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
    if (this.#state !== FREE) this.#throwNotFree();
  }

  /** Free → InProgress: from here on the operation owns this object. */
  begin(kind: SocketAsyncOperation, core: SocketCore | null, sender: Socket | null): void {
    if (this.#state !== FREE) this.#throwNotFree();
    // Endpoints of the user's own class may have closed the socket meanwhile.
    if (core?.isClosed === true) core.throwClosed();
    this.#state = IN_PROGRESS;
    this.lastOperation = kind;
    this.core = core;
    this.sender = sender;
  }

  /** InProgress → Free, or Disposed if that was asked for meanwhile. */
  end(): void {
    this.#state = FREE;
    if (this.#extras.packets !== null) this.ownExtras.packets = null;
    if (this.#isDisposeRequested) this.dispose();
  }

  dispose(): void {
    if (this.#state === DISPOSED) return;
    if (this.#state === IN_PROGRESS) {
      this.#isDisposeRequested = true;
      return;
    }
    this.#state = DISPOSED;
    this.readReceived(); // the record will be another's
    forgetArgs(this);
    releaseSlot(this.slot);
  }

  /** Reads what the last receive-from has left in the record, before something else is put there. */
  readReceived(): void {
    if (this.#hasReceivedEndPoint) {
      this.#hasReceivedEndPoint = false;
      const received = readEndPoint(this, this.#remoteEndPoint);
      // As in .NET, the object stays if it says the same.
      if (this.#remoteEndPoint?.equals(received) !== true) this.#remoteEndPoint = received;
    }
    if (this.#extras.hasReceivedInformation) {
      this.ownExtras.hasReceivedInformation = false;
      this.ownExtras.packetInformation = readPacketInformation(this);
    }
  }

  #throwNotFree(): never {
    if (this.#state === DISPOSED) throw new ObjectDisposedException('SocketAsyncEventArgs');
    throw new InvalidOperationException(
      'An asynchronous operation is already in progress with this SocketAsyncEventArgs.',
    );
  }
}
