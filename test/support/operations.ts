// Starting operations and waiting for their ends.

import { SocketError, type Socket, type SocketAsyncEventArgs } from 'socket-async-event-args';

import { withDeadline } from './deadline.js';

/** What came of an operation: its event args, and whether it was pending at first. */
export interface Outcome {
  readonly e: SocketAsyncEventArgs;
  readonly wasPending: boolean;
  /** The sender of the event; `undefined` if none was raised. */
  readonly sender: Socket | null | undefined;
}

/** Starts an operation and waits for its end, which may have come at once. */
export async function finish(
  e: SocketAsyncEventArgs,
  start: (e: SocketAsyncEventArgs) => boolean,
): Promise<Outcome> {
  const operation = begin(e, start);
  return withDeadline(operation.outcome, 'the operation to complete');
}

/** As `finish`, and expects success. */
export async function succeed(
  e: SocketAsyncEventArgs,
  start: (e: SocketAsyncEventArgs) => boolean,
): Promise<Outcome> {
  const outcome = await finish(e, start);
  expect(e.socketError).toBe(SocketError.Success);
  return outcome;
}

/** An operation that has been started. */
export interface Begun {
  readonly isPending: boolean;
  /** Fails if the event is raised after a synchronous finish, or a second time. */
  readonly outcome: Promise<Outcome>;
}

/** Starts an operation, to look at what holds while it is pending. */
export function begin(e: SocketAsyncEventArgs, start: (e: SocketAsyncEventArgs) => boolean): Begun {
  let isPending = false;
  let raised = 0;
  const outcome = new Promise<Outcome>((resolve, reject) => {
    const handler = (sender: Socket | null, raisedOn: SocketAsyncEventArgs): void => {
      raised++;
      if (!isPending || raised > 1) reject(new Error('An event that nobody waits for.'));
      e.off('completed', handler);
      resolve({ e: raisedOn, wasPending: true, sender });
    };
    e.on('completed', handler);
    try {
      isPending = start(e);
    } catch (error) {
      e.off('completed', handler);
      throw error; // rejects the outcome too
    }
    if (!isPending) {
      e.off('completed', handler);
      resolve({ e, wasPending: false, sender: undefined });
    }
  });
  return { isPending, outcome };
}
