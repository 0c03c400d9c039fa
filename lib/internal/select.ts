// Asking whether sockets are ready: .NET's Poll and Select, as far as they can be answered without
// holding up the event loop.

import { SelectMode } from '../enums/select-mode.js';
import {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from '../errors/argument-exceptions.js';
import { NotSupportedException } from '../errors/not-supported-exception.js';
import type { Socket } from '../socket.js';
import { binding } from './binding.js';
import { lastError, lastException } from './mailbox.js';
import type { SocketCore } from './socket-core.js';
import { upcalls } from './upcalls.js';
import { requireArray, requireInt32 } from './validate.js';

/** .NET's limit for each list. */
const maxSockets = 65_536;

/** Refuses every time but 0. */
export function requireNoWaiting(microSeconds: number): void {
  requireInt32(microSeconds, 'microSeconds');
  if (microSeconds === 0) return;
  throw new NotSupportedException(
    'To wait here would stop the event loop. Give 0, or start an operation without a buffer.',
  );
}

/** @throws {SocketException} if the system does not say. */
export function isReady(core: SocketCore, mode: SelectMode): boolean {
  const answer = binding.isReady(core.handle, mode);
  if (answer >= 0) return answer === 1;
  core.noteFailure(lastError());
  throw lastException('poll');
}

type List = Socket[] | null;

/** .NET's Select: leaves in each list those that are ready. */
export function select(read: List, write: List, error: List, microSeconds: number): void {
  const lists = [
    { list: read, name: 'checkRead', mode: SelectMode.SelectRead },
    { list: write, name: 'checkWrite', mode: SelectMode.SelectWrite },
    { list: error, name: 'checkError', mode: SelectMode.SelectError },
  ];
  for (const { list, name } of lists) if (list !== null) requireArray(list, name);
  if (lists.every(({ list }) => list === null || list.length === 0)) {
    throw new ArgumentNullException(null, 'All lists are null or empty.');
  }
  for (const { list, name } of lists) requireLength(list, name);
  requireNoWaiting(microSeconds);
  // All are looked at before any list is changed: if one throws, the lists are as they were.
  const ready = lists.map(({ list, mode }) => list?.filter(each => isReady(coreIn(each), mode)));
  for (const [i, { list }] of lists.entries()) {
    if (list !== null) list.length = 0;
    for (const each of ready[i] ?? []) list?.push(each);
  }
}

function requireLength(list: List, name: string): void {
  if (list === null || list.length <= maxSockets) return;
  throw new ArgumentOutOfRangeException(name, list.length, `${maxSockets} sockets at most.`);
}

function coreIn(element: unknown): SocketCore {
  if (upcalls.isSocket(element)) return upcalls.coreOf(element as Socket);
  throw new ArgumentException('The list must contain nothing but sockets.', 'socketList');
}
