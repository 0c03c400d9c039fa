// The only way up: native calls `dispatch` once per batch, and every operation that has
// finished gets its results and its event, in the order in which they finished.

import {
  COMPLETIONS_FIRST_ENTRY,
  COMPLETIONS_HEAD,
  COMPLETIONS_TAIL,
  RING_ENTRIES,
} from './abi.js';
import { applyResult } from './apply-result.js';
import { binding } from './binding.js';
import {
  beginTurn,
  cleanDispatchResource,
  dispatchResource,
  runClean,
  runOutside,
} from './dispatch-resource.js';
import type { Operation } from './operation.js';
import { takeInFlight } from './slots.js';
import { upcalls } from './upcalls.js';

const ring = new Int32Array(binding.completions);

/**
 * Drains the ring. A handler may throw: the exception leaves to native, which reports it as uncaught
 * and calls again for the rest. That works because an entry counts as read before its event.
 */
function dispatch(): void {
  const tail = ring[COMPLETIONS_TAIL];
  let head = ring[COMPLETIONS_HEAD];
  let isFirst = true;
  beginTurn();
  while (head !== tail) {
    const slot = ring[COMPLETIONS_FIRST_ENTRY + (head & (RING_ENTRIES - 1))];
    head = (head + 1) | 0;
    ring[COMPLETIONS_HEAD] = head;
    cleanDispatchResource();
    const operation = takeInFlight(slot);
    if (isFirst) complete(operation);
    else runClean(complete, operation);
    isFirst = false;
  }
}

function complete(operation: Operation): void {
  const { nextStep } = operation.extras;
  if (nextStep === null) {
    applyResult(operation);
    raise(operation);
  } else {
    operation.ownExtras.nextStep = null;
    nextStep(operation);
  }
}

/** Raises the event of an operation whose results are applied, in the async context of its start. */
export function raise(operation: Operation): void {
  const { context } = operation;
  if (context === null) {
    upcalls.raiseCompleted(operation.args);
  } else {
    // Dropped before the event, or it would be kept alive by event args that lie in a pool.
    operation.context = null;
    context.runInAsyncScope(upcalls.raiseCompleted, undefined, operation.args);
  }
}

/** The same, called from elsewhere than a dispatch, where a context may be current. */
export function raiseApart(operation: Operation): void {
  if (operation.context === null) runOutside(raise, operation);
  else raise(operation);
}

/** Connects native to this module. Called once, when the package loads. */
export function startDispatching(): void {
  binding.setDispatch(dispatch, dispatchResource);
}
