// Socket options by level and name, for which there are no public members.

import type { Socket, SocketOptionLevel, SocketOptionName } from 'socket-async-event-args';

import { getIntOption, setIntOption } from '../../lib/internal/socket-options.js';
import { upcalls } from '../../lib/internal/upcalls.js';

export function getOption(
  socket: Socket,
  level: SocketOptionLevel,
  name: SocketOptionName,
): number {
  return getIntOption(upcalls.coreOf(socket), level, name);
}

export function setOption(
  socket: Socket,
  level: SocketOptionLevel,
  name: SocketOptionName,
  value: number,
): void {
  setIntOption(upcalls.coreOf(socket), level, name, value);
}
