// Getting and setting socket options by .NET's level and name.

import type { SocketOptionLevel } from '../enums/socket-option-level.js';
import type { SocketOptionName } from '../enums/socket-option-name.js';
import { SocketError } from '../enums/socket-error.js';
import { LingerOption } from '../options/linger-option.js';
import { binding } from './binding.js';
import { lastError, lastException, mailboxData } from './mailbox.js';
import type { SocketCore } from './socket-core.js';

const intLength = 4;
const lingerLength = 8;

// Both languages run on the same machine, but DataView would write big-endian unless told.
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** An option that cannot be had or set says nothing about the connection. */
const harmless: ReadonlySet<SocketError> = new Set([
  SocketError.ProtocolOption,
  SocketError.OperationNotSupported,
]);

function failure(core: SocketCore, syscall: string): Error {
  if (!harmless.has(lastError())) core.noteFailure(lastError());
  return lastException(syscall);
}

function get(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
  capacity: number,
): void {
  if (binding.getOption(core.handle, level, name, capacity) < 0) throw failure(core, 'getsockopt');
}

function set(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
  length: number,
): void {
  if (!binding.setOption(core.handle, level, name, length)) throw failure(core, 'setsockopt');
}

/** @throws {SocketException} if the system refuses. */
export function getIntOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
): number {
  mailboxData.setInt32(0, 0, isLittleEndian); // some options have fewer bytes
  get(core, level, name, intLength);
  return mailboxData.getInt32(0, isLittleEndian);
}

/** @throws {SocketException} if the system refuses. */
export function setIntOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
  value: number,
): void {
  mailboxData.setInt32(0, value, isLittleEndian);
  set(core, level, name, intLength);
}

/** @throws {SocketException} if the system refuses. */
export function getLingerOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
): LingerOption {
  get(core, level, name, lingerLength);
  const isEnabled = mailboxData.getInt32(0, isLittleEndian) !== 0;
  return new LingerOption(isEnabled, mailboxData.getInt32(intLength, isLittleEndian));
}

/** @throws {SocketException} if the system refuses. */
export function setLingerOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: SocketOptionName,
  value: LingerOption,
): void {
  mailboxData.setInt32(0, value.enabled ? 1 : 0, isLittleEndian);
  mailboxData.setInt32(intLength, value.lingerTime, isLittleEndian);
  set(core, level, name, lingerLength);
}
