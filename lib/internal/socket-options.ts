// Getting and setting socket options by level and name, in each of the forms that a value can have.
// All throw SocketException if the system refuses.

import { AddressFamily } from '../enums/address-family.js';
import type { ExtraSocketOptionName } from '../enums/extra-socket-option-name.js';
import { SocketError } from '../enums/socket-error.js';
import type { SocketOptionLevel } from '../enums/socket-option-level.js';
import type { SocketOptionName } from '../enums/socket-option-name.js';
import { IPAddress } from '../endpoints/ip-address.js';
import { SocketException } from '../errors/socket-exception.js';
import type { IPv6MulticastOption } from '../options/ipv6-multicast-option.js';
import { LingerOption } from '../options/linger-option.js';
import type { MulticastOption } from '../options/multicast-option.js';
import { binding } from './binding.js';
import { lastError, lastException, mailboxData } from './mailbox.js';
import type { SocketCore } from './socket-core.js';

/** Any name that the system may know. */
export type OptionName = SocketOptionName | ExtraSocketOptionName;

const intLength = 4;
const lingerLength = 8;
const ipMembershipLength = 12;
const ipv6MembershipLength = 20;

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

function get(core: SocketCore, level: SocketOptionLevel, name: OptionName, capacity: number): void {
  if (binding.getOption(core.handle, level, name, capacity) < 0) throw failure(core, 'getsockopt');
}

function set(core: SocketCore, level: SocketOptionLevel, name: OptionName, length: number): void {
  if (!binding.setOption(core.handle, level, name, length)) throw failure(core, 'setsockopt');
}

export function getIntOption(core: SocketCore, level: SocketOptionLevel, name: OptionName): number {
  mailboxData.setInt32(0, 0, isLittleEndian); // some options have fewer bytes
  get(core, level, name, intLength);
  return mailboxData.getInt32(0, isLittleEndian);
}

export function setIntOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: number,
): void {
  mailboxData.setInt32(0, value, isLittleEndian);
  set(core, level, name, intLength);
}

export function getLingerOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
): LingerOption {
  get(core, level, name, lingerLength);
  const isEnabled = mailboxData.getInt32(0, isLittleEndian) !== 0;
  return new LingerOption(isEnabled, mailboxData.getInt32(intLength, isLittleEndian));
}

export function setLingerOption(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: LingerOption,
): void {
  mailboxData.setInt32(0, value.enabled ? 1 : 0, isLittleEndian);
  mailboxData.setInt32(intLength, value.lingerTime, isLittleEndian);
  set(core, level, name, lingerLength);
}

/** Joins or leaves an IPv4 group, as the name says. */
export function setMembership(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  { group, localAddress, interfaceIndex }: MulticastOption,
): void {
  const local = localAddress ?? IPAddress.Any;
  for (const address of [group, local]) {
    if (address.addressFamily !== AddressFamily.InterNetwork) {
      throw new SocketException(SocketError.OperationNotSupported, { syscall: 'setsockopt' });
    }
  }
  mailboxData.setInt32(0, group.wordAt(3)); // network order
  mailboxData.setInt32(4, local.wordAt(3));
  mailboxData.setInt32(8, interfaceIndex, isLittleEndian);
  set(core, level, name, ipMembershipLength);
}

/** Joins or leaves an IPv6 group, as the name says. */
export function setIPv6Membership(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  { group, interfaceIndex }: IPv6MulticastOption,
): void {
  for (const i of [0, 1, 2, 3] as const) mailboxData.setInt32(i * 4, group.wordAt(i)); // network order
  mailboxData.setUint32(16, interfaceIndex, isLittleEndian);
  set(core, level, name, ipv6MembershipLength);
}

export function setOptionBytes(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: Uint8Array,
): void {
  if (!binding.setOptionBytes(core.handle, level, name, value)) throw failure(core, 'setsockopt');
}

/** Answers how many bytes there were. */
export function getOptionBytes(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: Uint8Array,
): number {
  const length = binding.getOptionBytes(core.handle, level, name, value);
  if (length < 0) throw failure(core, 'getsockopt');
  return length;
}

/** Level and name are the system's own numbers. */
export function setRawOption(
  core: SocketCore,
  level: number,
  name: number,
  value: Uint8Array,
): void {
  if (!binding.setRawOption(core.handle, level, name, value)) throw failure(core, 'setsockopt');
}

/** Level and name are the system's own numbers. Answers how many bytes there were. */
export function getRawOption(
  core: SocketCore,
  level: number,
  name: number,
  value: Uint8Array,
): number {
  const length = binding.getRawOption(core.handle, level, name, value);
  if (length < 0) throw failure(core, 'getsockopt');
  return length;
}
