import { inspect } from 'node:util';

import { AddressFamily } from '../enums/address-family.js';
import { SocketError } from '../enums/socket-error.js';
import { SocketException } from '../errors/socket-exception.js';
import { requireBytes } from '../internal/validate.js';
import { convertByteOrder, swapInt32, writeInt32 } from './byte-order.js';
import { mixHash } from './hash.js';
import { formatIPv4, formatIPv6 } from './ip-address-formatter.js';

const ipv4Bytes = 4;
const ipv6Bytes = 16;
const mappedMark = 0xffff;
const teredoPrefix = 0x20010000;

function isIPv6(address: IPAddressBase): boolean {
  return address.addressFamily === AddressFamily.InterNetworkV6;
}

/** The scope, which for IPv4 is 0 here and throws in the property. */
function scopeOf(address: IPAddressBase): number {
  return isIPv6(address) ? address.scopeId : 0;
}

/**
 * All of an IP address that follows from its bits; `IPAddress` holds the bits.
 *
 * It has no fields, and that is on purpose: an address is made for every datagram, and fields of
 * two classes make that three times as slow as those of one.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress
 */
export abstract class IPAddressBase {
  /**
   * `InterNetwork` or `InterNetworkV6`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.addressfamily
   */
  abstract get addressFamily(): AddressFamily;

  /**
   * The scope of an IPv6 address, usually the index of an interface: 0 to 2^32 - 1.
   *
   * @throws {SocketException} `OperationNotSupported` if the address is IPv4.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.scopeid
   */
  abstract get scopeId(): number;

  /**
   * One of the four words of the address as a signed integer in network order, so that 0.0.0.1 is
   * 1. An IPv4 address is its word 3, and its others are 0.
   *
   * @internal
   */
  abstract wordAt(index: 0 | 1 | 2 | 3): number;

  /**
   * Reverses the byte order of a 16-bit or 32-bit integer, where the processor needs it.
   *
   * **Differs from .NET:** a JavaScript number does not know its size, so it is given; unsigned
   * numbers are taken too. The result is signed, as in .NET.
   *
   * @param host -32768 to 65535 for 2 bytes, -2^31 to 2^32 - 1 for 4 bytes.
   * @param sizeBytes The size of the integer: 2 for .NET's `short`, 4 for `int`.
   * @throws {ArgumentOutOfRangeException} "host".
   * @throws {ArgumentException} "sizeBytes".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.hosttonetworkorder
   */
  static hostToNetworkOrder(host: number, sizeBytes: 2 | 4): number;
  /**
   * Reverses the byte order of a 64-bit integer, .NET's `long`, where the processor needs it.
   *
   * @param host -2^63 to 2^64 - 1; the result is signed.
   * @throws {ArgumentOutOfRangeException} "host".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.hosttonetworkorder
   */
  static hostToNetworkOrder(host: bigint): bigint;
  static hostToNetworkOrder(host: number | bigint, sizeBytes?: number): number | bigint {
    return convertByteOrder(host, sizeBytes, 'host');
  }

  /**
   * The inverse of `hostToNetworkOrder`, which is the same operation.
   *
   * @param network -32768 to 65535 for 2 bytes, -2^31 to 2^32 - 1 for 4 bytes.
   * @param sizeBytes The size of the integer: 2 or 4.
   * @throws {ArgumentOutOfRangeException} "network".
   * @throws {ArgumentException} "sizeBytes".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.networktohostorder
   */
  static networkToHostOrder(network: number, sizeBytes: 2 | 4): number;
  /**
   * The inverse of `hostToNetworkOrder` for 64-bit integers.
   *
   * @param network -2^63 to 2^64 - 1; the result is signed.
   * @throws {ArgumentOutOfRangeException} "network".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.networktohostorder
   */
  static networkToHostOrder(network: bigint): bigint;
  static networkToHostOrder(network: number | bigint, sizeBytes?: number): number | bigint {
    return convertByteOrder(network, sizeBytes, 'network');
  }

  /**
   * The bytes of an IPv4 address as one number, the first byte lowest: 1.2.3.4 is 0x04030201.
   *
   * **Differs from .NET:** it can only be read.
   *
   * @deprecated Use `getAddressBytes()` or `equals()`.
   * @throws {SocketException} `OperationNotSupported` if the address is IPv6.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.address
   */
  get address(): number {
    if (isIPv6(this)) throw new SocketException(SocketError.OperationNotSupported);
    return swapInt32(this.wordAt(3)) >>> 0;
  }

  /**
   * Whether the address is in ff00::/8; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv6multicast
   */
  get isIPv6Multicast(): boolean {
    return isIPv6(this) && this.wordAt(0) >>> 24 === 0xff;
  }

  /**
   * Whether the address is in fe80::/10; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv6linklocal
   */
  get isIPv6LinkLocal(): boolean {
    return isIPv6(this) && this.wordAt(0) >>> 22 === 0xfe80 >>> 6;
  }

  /**
   * Whether the address is in fec0::/10; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv6sitelocal
   */
  get isIPv6SiteLocal(): boolean {
    return isIPv6(this) && this.wordAt(0) >>> 22 === 0xfec0 >>> 6;
  }

  /**
   * Whether the address is in 2001::/32; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv6teredo
   */
  get isIPv6Teredo(): boolean {
    return isIPv6(this) && this.wordAt(0) === teredoPrefix;
  }

  /**
   * Whether the address is in fc00::/7; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv6uniquelocal
   */
  get isIPv6UniqueLocal(): boolean {
    return isIPv6(this) && this.wordAt(0) >>> 25 === 0xfc00 >>> 9;
  }

  /**
   * Whether the address is in ::ffff:0:0/96; `false` for IPv4.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isipv4mappedtoipv6
   */
  get isIPv4MappedToIPv6(): boolean {
    return (
      isIPv6(this) && this.wordAt(0) === 0 && this.wordAt(1) === 0 && this.wordAt(2) === mappedMark
    );
  }

  /**
   * The address as 4 or 16 bytes in network order, in a new array.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.getaddressbytes
   */
  getAddressBytes(): Uint8Array {
    const bytes = new Uint8Array(isIPv6(this) ? ipv6Bytes : ipv4Bytes);
    this.tryWriteBytes(bytes);
    return bytes;
  }

  /**
   * Writes the 4 or 16 bytes of the address, in network order.
   *
   * **Differs from .NET:** the number of bytes is returned, not an out parameter.
   *
   * @param destination Where to write; its first bytes are overwritten.
   * @returns how many bytes were written, or -1 if `destination` is too short; then it is untouched.
   * @throws {ArgumentNullException} "destination".
   * @throws {ArgumentException} "destination" if it is no `Uint8Array`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.trywritebytes
   */
  tryWriteBytes(destination: Uint8Array): number {
    requireBytes(destination, 'destination');
    const length = isIPv6(this) ? ipv6Bytes : ipv4Bytes;
    if (destination.length < length) return -1;
    writeInt32(destination, length - 4, this.wordAt(3));
    if (!isIPv6(this)) return length;
    writeInt32(destination, 0, this.wordAt(0));
    writeInt32(destination, 4, this.wordAt(1));
    writeInt32(destination, 8, this.wordAt(2));
    return length;
  }

  /**
   * Whether another value is an address with the same family, bytes and scope. An IPv4 address never
   * equals its mapped form.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.equals
   */
  equals(comparand: unknown): boolean {
    return (
      comparand instanceof IPAddressBase &&
      this.wordAt(3) === comparand.wordAt(3) &&
      this.addressFamily === comparand.addressFamily &&
      this.wordAt(2) === comparand.wordAt(2) &&
      this.wordAt(1) === comparand.wordAt(1) &&
      this.wordAt(0) === comparand.wordAt(0) &&
      scopeOf(this) === scopeOf(comparand)
    );
  }

  /**
   * A 32-bit integer that equal addresses share. It changes with `scopeId`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.gethashcode
   */
  getHashCode(): number {
    const hash = mixHash(this.addressFamily, this.wordAt(3));
    if (!isIPv6(this)) return hash;
    const words = mixHash(mixHash(mixHash(hash, this.wordAt(2)), this.wordAt(1)), this.wordAt(0));
    return mixHash(words, this.scopeId);
  }

  /**
   * The address in its usual notation, such as `127.0.0.1`, `::1`, `::ffff:1.2.3.4` or `fe80::1%3`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.tostring
   */
  toString(): string {
    if (!isIPv6(this)) return formatIPv4(this.wordAt(3));
    const words = [this.wordAt(0), this.wordAt(1), this.wordAt(2), this.wordAt(3)];
    const groups = words.flatMap(word => [word >>> 16, word & 0xffff]);
    return formatIPv6(groups, this.scopeId);
  }

  /** What `console.log` shows, such as `IPAddress { 127.0.0.1 }`. */
  [inspect.custom](): string {
    return `IPAddress { ${this.toString()} }`;
  }
}
