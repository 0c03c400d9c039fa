// The part of an operation that most never have.

import { SocketClientAccessPolicyProtocol } from '../enums/socket-client-access-policy-protocol.js';
import { TransmitFileOptions } from '../enums/transmit-file-options.js';
import { IPPacketInformation } from '../options/ip-packet-information.js';
import type { SendPacketsElement } from '../send-packets-element.js';
import type { Socket } from '../socket.js';
import type { Operation } from './operation.js';

export const noInformation = new IPPacketInformation();

/**
 * What few event args ever set. Most share one of these, which has the initial values; an object of
 * its own is made for event args when the first of them is set to something else. So a connection
 * that only sends and receives does not carry the fields of all the other operations.
 */
export class Extras {
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

export const initialExtras: Readonly<Extras> = new Extras();
