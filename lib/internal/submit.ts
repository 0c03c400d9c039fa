// The only way down: writes the record, posts it in the submission ring, and decides from native's
// answer whether the operation finished at once or is pending.

import { AsyncResource } from 'node:async_hooks';

import { SocketAsyncOperation } from '../enums/socket-async-operation.js';
import {
  COMPLETIONS_HEAD,
  COMPLETIONS_IS_DRAINING,
  COMPLETIONS_TAIL,
  RECORD_COUNT,
  RECORD_KIND,
  RECORD_OFFSET,
  RECORD_SOCKET_FLAGS,
  RECORD_SOCKET_HANDLE,
  RING_ENTRIES,
  SUBMISSION_COMPLETED,
  SUBMISSIONS_ANSWER,
  SUBMISSIONS_FIRST_ENTRY,
  SUBMISSIONS_HEAD,
  SUBMISSIONS_SHARES_CALLS,
  SUBMISSIONS_TAIL,
} from './abi.js';
import { applyResult } from './apply-result.js';
import { binding } from './binding.js';
import type { Operation } from './operation.js';
import { putInFlight } from './slots.js';
import type { SocketCore } from './socket-core.js';

const ring = new Int32Array(binding.submissions);
const completions = new Int32Array(binding.completions);

/** Whether sends that are performed together share system calls here. */
export const sendsMayWait = ring[SUBMISSIONS_SHARES_CALLS] !== 0;

const mostBytesToWait = 4096;

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
  words[record + RECORD_SOCKET_HANDLE] = core.handle;
  const tail = ring[SUBMISSIONS_TAIL];
  // Asked first: between posting and submitting there must be no call, as the thread may be terminated
  // in one, or have no stack left for it.
  const stays = mayStay(core, operation, tail);
  ring[SUBMISSIONS_FIRST_ENTRY + (tail & (RING_ENTRIES - 1))] = operation.slot;
  ring[SUBMISSIONS_TAIL] = tail + 1;
  if (!stays) {
    binding.submit();
    if (ring[SUBMISSIONS_ANSWER] === SUBMISSION_COMPLETED) return false;
  }
  putInFlight(operation);
  return true;
}

/**
 * Whether an operation may stay where it was posted until the handlers of this turn have run, when
 * native looks there. Nobody need be asked about one that is going to wait in any case.
 */
function mayStay(core: SocketCore, operation: Operation, tail: number): boolean {
  if (completions[COMPLETIONS_IS_DRAINING] === 0) return false;
  const posted = (tail - ring[SUBMISSIONS_HEAD]) | 0; // before this one
  if (posted === RING_ENTRIES - 1) return false;
  switch (operation.lastOperation) {
    case SocketAsyncOperation.Receive:
    case SocketAsyncOperation.ReceiveFrom:
    case SocketAsyncOperation.ReceiveMessageFrom:
      return core.isDrained;
    case SocketAsyncOperation.Send:
      return sendsMayWait && isSmallSend(operation) && (posted > 0 || isBatchGoingOn());
    default:
      return false;
  }
}

/** More handlers will be called in this turn, and may start something too. */
function isBatchGoingOn(): boolean {
  return completions[COMPLETIONS_HEAD] !== completions[COMPLETIONS_TAIL];
}

/**
 * What a send gains by going together with others is small beside what many bytes cost, and what it
 * costs to be pending is much if its context must be kept.
 */
function isSmallSend(operation: Operation): boolean {
  return operation.suppressesContext && operation.count <= mostBytesToWait;
}

/** Remembers the async context of the caller for the event, unless the user has declined that. */
export function keepContext(operation: Operation): void {
  if (operation.suppressesContext) return;
  // Destroyed by the garbage collector, together with the reference to it in the operation.
  operation.context = new AsyncResource('SocketAsyncEventArgs');
}
