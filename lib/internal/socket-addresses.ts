// Where a socket is and whom it talks to: which endpoints it can use, and its own two, cached.

import { AddressFamily } from '../enums/address-family.js';
import { SocketOptionLevel } from '../enums/socket-option-level.js';
import { SocketOptionName } from '../enums/socket-option-name.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { IPAddress } from '../endpoints/ip-address.js';
import { IPEndPoint } from '../endpoints/ip-end-point.js';
import { UnixDomainSocketEndPoint } from '../endpoints/unix-domain-socket-end-point.js';
import { ADDRESS_FAMILY, ADDRESS_PORT } from './abi.js';
import { binding } from './binding.js';
import { readEndPoint, readIPv4Word, type AddressBlock } from './endpoint-codec.js';
import { lastError, lastException, mailboxAddress } from './mailbox.js';
import type { SocketCore } from './socket-core.js';
import { getIntOption } from './socket-options.js';

/** Any endpoint of the class that belongs to a family; what `readEndPoint` wants. */
export function templateOf(family: AddressFamily): EndPoint | null {
  return family === AddressFamily.Unix ? new UnixDomainSocketEndPoint('/') : null;
}

export function isDualMode(core: SocketCore): boolean {
  return (
    core.addressFamily === AddressFamily.InterNetworkV6 &&
    getIntOption(core, SocketOptionLevel.IPv6, SocketOptionName.IPv6Only) === 0
  );
}

/** Whether the socket can talk to endpoints of a family. */
export function canUseFamily(core: SocketCore, family: AddressFamily): boolean {
  return (
    family === core.addressFamily || (family === AddressFamily.InterNetwork && isDualMode(core))
  );
}

/** The endpoint as the socket needs it: an IPv4 endpoint on a dual-mode socket becomes IPv6. */
export function mapForSocket(core: SocketCore, endPoint: EndPoint): EndPoint {
  const needsMapping =
    core.addressFamily === AddressFamily.InterNetworkV6 &&
    endPoint instanceof IPEndPoint &&
    endPoint.addressFamily === AddressFamily.InterNetwork &&
    isDualMode(core);
  return needsMapping ? new IPEndPoint(endPoint.address.mapToIPv6(), endPoint.port) : endPoint;
}

/** .NET's LocalEndPoint. @throws {SocketException} if the system does not say. */
export function localEndPointOf(core: SocketCore): EndPoint | null {
  const { handle } = core;
  if (!core.isBound) return null;
  if (core.localEndPoint === null) {
    if (!binding.getLocalAddress(handle)) throw failure(core, 'getsockname');
    core.localEndPoint = readEndPoint(mailboxAddress, templateOf(core.addressFamily));
  }
  return core.localEndPoint;
}

/** .NET's RemoteEndPoint. @throws {SocketException} if the system does not say. */
export function remoteEndPointOf(core: SocketCore): EndPoint | null {
  const { handle } = core;
  if (core.remoteEndPoint === null && core.remotePort !== null) readNoted(core);
  if (!core.isConnected) return core.remoteEndPoint;
  if (core.remoteEndPoint === null) {
    if (!binding.getRemoteAddress(handle)) throw failure(core, 'getpeername');
    core.remoteEndPoint = readEndPoint(mailboxAddress, templateOf(core.addressFamily));
  }
  return core.remoteEndPoint;
}

/**
 * Remembers the peer of an accepted connection, which the system might not tell any more when
 * somebody asks. Nobody does, for the most part: so an IPv4 peer is two numbers until then.
 */
export function noteRemoteEndPoint(core: SocketCore, block: AddressBlock): void {
  const { words, address: at } = block;
  if (words[at + ADDRESS_FAMILY] === AddressFamily.InterNetwork) {
    core.remoteEndPoint = null;
    core.remoteWord = readIPv4Word(block);
    core.remotePort = words[at + ADDRESS_PORT];
  } else {
    core.remotePort = null;
    core.remoteEndPoint = readEndPoint(block, templateOf(core.addressFamily));
  }
}

function readNoted(core: SocketCore): void {
  core.remoteEndPoint = new IPEndPoint(IPAddress.fromWord(core.remoteWord), core.remotePort ?? 0);
  core.remotePort = null;
}

function failure(core: SocketCore, syscall: string): Error {
  core.noteFailure(lastError());
  return lastException(syscall);
}
