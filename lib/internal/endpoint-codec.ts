// EndPoint ↔ the address bytes that both languages see. IP endpoints are read and written directly;
// all other classes, the user's own among them, go through serialize() and create().

import { AddressFamily } from '../enums/address-family.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { IPAddress } from '../endpoints/ip-address.js';
import { IPEndPoint } from '../endpoints/ip-end-point.js';
import { SocketAddress } from '../endpoints/socket-address.js';
import { IPPacketInformation } from '../options/ip-packet-information.js';
import {
  ADDRESS_BYTES,
  ADDRESS_CAPACITY_BYTES,
  ADDRESS_FAMILY,
  ADDRESS_LENGTH,
  ADDRESS_PORT,
  ADDRESS_SCOPE_ID,
  PACKET_INFORMATION_BYTES,
  PACKET_INFORMATION_FAMILY,
  PACKET_INFORMATION_INTERFACE,
} from './abi.js';

/** Memory with an address in it, which begins at the word `address`. An operation is one. */
export interface AddressBlock {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly address: number;
}

const ipv4Length = 4;
const ipv6Length = 16;
/** A `SocketAddress` begins with the family. */
const familyLength = 2;

function firstByte(at: number): number {
  return (at + ADDRESS_BYTES) * Int32Array.BYTES_PER_ELEMENT;
}

/** Four bytes in network order as one signed number. */
function readWord(bytes: Uint8Array, first: number): number {
  return (
    (bytes[first] << 24) | (bytes[first + 1] << 16) | (bytes[first + 2] << 8) | bytes[first + 3]
  );
}

function writeWord(bytes: Uint8Array, first: number, word: number): void {
  bytes[first] = word >>> 24;
  bytes[first + 1] = word >>> 16;
  bytes[first + 2] = word >>> 8;
  bytes[first + 3] = word;
}

function writeHead(
  { words, address: at }: AddressBlock,
  family: AddressFamily,
  port: number,
  scopeId: number,
  length: number,
): void {
  words[at + ADDRESS_FAMILY] = family;
  words[at + ADDRESS_PORT] = port;
  words[at + ADDRESS_SCOPE_ID] = scopeId;
  words[at + ADDRESS_LENGTH] = length;
}

function writeIPEndPoint(endPoint: IPEndPoint, block: AddressBlock): void {
  const { address, port } = endPoint;
  const first = firstByte(block.address);
  if (address.addressFamily === AddressFamily.InterNetwork) {
    writeHead(block, AddressFamily.InterNetwork, port, 0, ipv4Length);
    writeWord(block.bytes, first, address.wordAt(3));
    return;
  }
  writeHead(block, AddressFamily.InterNetworkV6, port, address.scopeId, ipv6Length);
  writeWord(block.bytes, first, address.wordAt(0));
  writeWord(block.bytes, first + 4, address.wordAt(1));
  writeWord(block.bytes, first + 8, address.wordAt(2));
  writeWord(block.bytes, first + 12, address.wordAt(3));
}

/** Writes an endpoint of any class. */
export function writeEndPoint(endPoint: EndPoint, block: AddressBlock): void {
  if (endPoint instanceof IPEndPoint) {
    writeIPEndPoint(endPoint, block);
    return;
  }
  const serialized = endPoint.serialize();
  if (isIPFamily(serialized.family)) {
    const any =
      serialized.family === AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
    writeIPEndPoint(new IPEndPoint(any, 0).create(serialized), block);
    return;
  }
  const content = serialized.buffer.subarray(
    familyLength,
    Math.min(serialized.size, familyLength + ADDRESS_CAPACITY_BYTES),
  );
  writeHead(block, serialized.family, 0, 0, content.length);
  block.bytes.set(content, firstByte(block.address));
}

function isIPFamily(family: AddressFamily): boolean {
  return family === AddressFamily.InterNetwork || family === AddressFamily.InterNetworkV6;
}

/** fe80::/10, the only addresses whose scope .NET keeps when it reads an endpoint. */
function isLinkLocal(word0: number): boolean {
  return word0 >>> 22 === 0xfe80 >>> 6;
}

function readIPv6Address(bytes: Uint8Array, first: number, scopeId: number): IPAddress {
  const word0 = readWord(bytes, first);
  return IPAddress.fromWords(
    word0,
    readWord(bytes, first + 4),
    readWord(bytes, first + 8),
    readWord(bytes, first + 12),
    isLinkLocal(word0) ? scopeId : 0,
  );
}

/** The address of an IPv4 endpoint, as `IPAddress.fromWord` takes it. */
export function readIPv4Word({ bytes, address: at }: AddressBlock): number {
  return readWord(bytes, firstByte(at));
}

function readIPEndPoint({ words, bytes, address: at }: AddressBlock): IPEndPoint {
  const port = words[at + ADDRESS_PORT];
  const first = firstByte(at);
  if (words[at + ADDRESS_FAMILY] === AddressFamily.InterNetwork) {
    return new IPEndPoint(IPAddress.fromWord(readWord(bytes, first)), port);
  }
  const scopeId = words[at + ADDRESS_SCOPE_ID] >>> 0;
  const address = readIPv6Address(bytes, first, scopeId);
  return new IPEndPoint(address, port);
}

/**
 * Reads an endpoint. `template` is any endpoint of the class that the result shall have; without
 * one, IP addresses alone can be read.
 *
 * @returns `null` if there is no address, as the system gives none for an unnamed peer of no family.
 */
export function readEndPoint(block: AddressBlock, template: EndPoint | null): EndPoint | null {
  const { words, bytes, address: at } = block;
  const family = words[at + ADDRESS_FAMILY] as AddressFamily;
  const isPlainIP = template === null || template.constructor === IPEndPoint;
  if (isIPFamily(family)) {
    const endPoint = readIPEndPoint(block);
    return isPlainIP ? endPoint : template.create(endPoint.serialize());
  }
  if (template === null || family === AddressFamily.Unspecified) return null;
  const length = words[at + ADDRESS_LENGTH];
  const first = firstByte(at);
  const serialized = new SocketAddress(family, familyLength + length);
  serialized.buffer.set(bytes.subarray(first, first + length), familyLength);
  return template.create(serialized);
}

/** Writes the address of zeros that a family's receive-from shows where the system gives none. */
export function writeNoAddress(family: AddressFamily, block: AddressBlock): void {
  const length =
    family === AddressFamily.InterNetwork
      ? ipv4Length
      : family === AddressFamily.InterNetworkV6
        ? ipv6Length
        : 0;
  writeHead(block, family, 0, 0, length);
  const first = firstByte(block.address);
  block.bytes.fill(0, first, first + length);
}

/** Memory with packet information in it, which begins at a word. An operation is one. */
export interface InformationBlock {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly information: number;
}

/** Reads packet information; without an address if the system gave none. */
export function readPacketInformation(block: InformationBlock): IPPacketInformation {
  const { words, bytes, information: at } = block;
  const interfaceIndex = words[at + PACKET_INFORMATION_INTERFACE];
  const first = (at + PACKET_INFORMATION_BYTES) * Int32Array.BYTES_PER_ELEMENT;
  switch (words[at + PACKET_INFORMATION_FAMILY]) {
    case AddressFamily.InterNetwork:
      return new IPPacketInformation(IPAddress.fromWord(readWord(bytes, first)), interfaceIndex);
    case AddressFamily.InterNetworkV6:
      return new IPPacketInformation(readIPv6Address(bytes, first, 0), interfaceIndex);
    default:
      return new IPPacketInformation();
  }
}
