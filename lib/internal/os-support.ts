// What kinds of sockets the operating system has; asked once.

import { type AddressFamily } from '../enums/address-family.js';
import { ProtocolType } from '../enums/protocol-type.js';
import { SocketError } from '../enums/socket-error.js';
import { SocketType } from '../enums/socket-type.js';
import { binding } from './binding.js';
import { lastError } from './mailbox.js';

const known = new Map<AddressFamily, boolean>();

/** Whether there are sockets of a family. */
export function isFamilySupported(family: AddressFamily): boolean {
  const answer = known.get(family) ?? probe(family);
  known.set(family, answer);
  return answer;
}

/**
 * Every family has streams; Windows has nothing else for Unix-domain sockets. Another failure, such
 * as too many open sockets, says nothing about the family.
 */
function probe(family: AddressFamily): boolean {
  const handle = binding.createSocket(family, SocketType.Stream, ProtocolType.Unspecified);
  if (handle < 0) return lastError() !== SocketError.AddressFamilyNotSupported;
  binding.close(handle, false);
  return true;
}
