// The only way down: writes the record, hands it to native, and decides from the answer whether the
// operation finished at once or is pending.

import { AsyncResource } from 'node:async_hooks';

import {
  RECORD_COUNT,
  RECORD_KIND,
  RECORD_OFFSET,
  RECORD_SOCKET_FLAGS,
  SUBMISSION_COMPLETED,
} from './abi.js';
import { applyResult } from './apply-result.js';
import { binding } from './binding.js';
import type { Operation } from './operation.js';
import { putInFlight } from './slots.js';
import type { SocketCore } from './socket-core.js';

/**
 * Submits an operation that has begun on its socket. Nothing is allocated, unless the async context
 * is to be kept.
 *
 * @returns `true` if it is pending and the event will be raised; `false` if the results are there.
 */
export function submit(core: SocketCore, operation: Operation): boolean {
  if (submitStep(core, operation)) {
    keepContext(operation);
    return true;
  }
  applyResult(operation);
  return false;
}

/** Submits without applying results: one step of an operation that has several. */
export function submitStep(core: SocketCore, operation: Operation): boolean {
  const { words, record } = operation;
  words[record + RECORD_KIND] = operation.lastOperation;
  words[record + RECORD_OFFSET] = operation.offset;
  words[record + RECORD_COUNT] = operation.count;
  words[record + RECORD_SOCKET_FLAGS] = operation.socketFlags;
  if (binding.submit(core.handle, operation.slot) === SUBMISSION_COMPLETED) return false;
  putInFlight(operation);
  return true;
}

/** Remembers the async context of the caller for the event, unless the user has declined that. */
export function keepContext(operation: Operation): void {
  if (operation.suppressesContext) return;
  // Destroyed by the garbage collector, together with the reference to it in the operation.
  operation.context = new AsyncResource('SocketAsyncEventArgs');
}
