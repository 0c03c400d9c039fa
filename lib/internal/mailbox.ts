// The mailbox: where calls that are not operations take addresses and option values from, and leave
// results and the reasons of failures. Valid until the next call.

import type { SocketError } from '../enums/socket-error.js';
import { SocketException } from '../errors/socket-exception.js';
import {
  MAILBOX_ADDRESS,
  MAILBOX_DATA,
  MAILBOX_DATA_BYTES,
  MAILBOX_NATIVE_ERROR,
  MAILBOX_SOCKET_ERROR,
} from './abi.js';
import { binding } from './binding.js';
import type { AddressBlock } from './endpoint-codec.js';

const words = new Int32Array(binding.mailbox);
const bytes = new Uint8Array(binding.mailbox);

/** The address of the last call, or for the next one. */
export const mailboxAddress: AddressBlock = { words, bytes, address: MAILBOX_ADDRESS };

/** The option value of the last call, or for the next one. */
export const mailboxData = new DataView(binding.mailbox, MAILBOX_DATA * 4, MAILBOX_DATA_BYTES);

/** The integers that the last call left. */
export function readInts(count: number): Int32Array {
  return words.slice(MAILBOX_DATA, MAILBOX_DATA + count);
}

/** Why the last call failed. */
export function lastError(): SocketError {
  return words[MAILBOX_SOCKET_ERROR] as SocketError;
}

/** Why the last call failed, to be thrown. `syscall` is the call as Node names it. */
export function lastException(syscall: string): SocketException {
  const nativeErrorCode = words[MAILBOX_NATIVE_ERROR];
  return new SocketException(lastError(), { syscall, nativeErrorCode });
}
