// Which form of an option the user means by the value that is given: the overloads of .NET's
// SetSocketOption and GetSocketOption.

import { types } from 'node:util';

import { SocketOptionLevel } from '../enums/socket-option-level.js';
import { SocketOptionName } from '../enums/socket-option-name.js';
import { ArgumentException } from '../errors/argument-exceptions.js';
import { OverflowException } from '../errors/overflow-exception.js';
import { IPv6MulticastOption } from '../options/ipv6-multicast-option.js';
import { LingerOption } from '../options/linger-option.js';
import { MulticastOption } from '../options/multicast-option.js';
import type { SocketCore } from './socket-core.js';
import {
  getIntOption,
  getLingerOption,
  getOptionBytes,
  setIntOption,
  setIPv6Membership,
  setLingerOption,
  setMembership,
  setOptionBytes,
  type OptionName,
} from './socket-options.js';
import {
  requireBytes,
  requireInstance,
  requireInt32,
  requireNotNull,
  wrongType,
} from './validate.js';

const maxLingerSeconds = 65_535;

function isLinger(level: number, name: number): boolean {
  return level === SocketOptionLevel.Socket && name === SocketOptionName.Linger;
}

function isMembership(name: number): boolean {
  return name === SocketOptionName.AddMembership || name === SocketOptionName.DropMembership;
}

/** Every value that an option can be set to. */
export type OptionValue =
  number | boolean | Uint8Array | LingerOption | MulticastOption | IPv6MulticastOption;

/** .NET's SetSocketOption. */
export function setOptionValue(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: OptionValue,
): void {
  requireInt32(level, 'optionLevel');
  requireInt32(name, 'optionName');
  if (typeof value === 'number') {
    requireInt32(value, 'optionValue');
    setIntOption(core, level, name, value);
  } else if (typeof value === 'boolean') {
    setIntOption(core, level, name, value ? 1 : 0);
  } else if (types.isUint8Array(value)) {
    setOptionBytes(core, level, name, value);
  } else {
    setOptionObject(core, level, name, value);
  }
}

function setOptionObject(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  value: unknown,
): void {
  requireNotNull(value, 'optionValue');
  if (isLinger(level, name)) {
    requireInstance(value, LingerOption, 'optionValue');
    setLinger(core, value);
  } else if (level === SocketOptionLevel.IP && isMembership(name)) {
    requireInstance(value, MulticastOption, 'optionValue');
    setMembership(core, level, name, value);
  } else if (level === SocketOptionLevel.IPv6 && isMembership(name)) {
    requireInstance(value, IPv6MulticastOption, 'optionValue');
    setIPv6Membership(core, level, name, value);
  } else {
    throw wrongType(value, 'optionValue', 'number, boolean or Uint8Array');
  }
}

/** Sets the linger option, once its time is known to be one. */
export function setLinger(core: SocketCore, value: LingerOption): void {
  if (value.lingerTime < 0 || value.lingerTime > maxLingerSeconds) {
    throw new ArgumentException('The time must be 0 to 65,535 seconds.', 'optionValue');
  }
  setLingerOption(core, SocketOptionLevel.Socket, SocketOptionName.Linger, value);
}

/** .NET's GetSocketOption without a buffer or length. */
export function getOptionValue(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
): number | LingerOption {
  requireInt32(level, 'optionLevel');
  requireInt32(name, 'optionName');
  // What multicast groups a socket has joined no system tells; it says so itself.
  const read = isLinger(level, name) ? getLingerOption : getIntOption;
  return read(core, level, name);
}

/** .NET's GetSocketOption with a buffer, which it fills, or a length, for bytes of its own. */
export function getOptionContent(
  core: SocketCore,
  level: SocketOptionLevel,
  name: OptionName,
  target: Uint8Array | number | null,
): Uint8Array | undefined {
  requireInt32(level, 'optionLevel');
  requireInt32(name, 'optionName');
  if (typeof target !== 'number') {
    if (target !== null) requireBytes(target, 'optionValue');
    getOptionBytes(core, level, name, target ?? new Uint8Array());
    return undefined;
  }
  requireInt32(target, 'optionLength');
  if (target < 0) throw new OverflowException('A length cannot be negative.');
  const bytes = new Uint8Array(target);
  return bytes.subarray(0, getOptionBytes(core, level, name, bytes));
}
