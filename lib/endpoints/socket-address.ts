import { inspect } from 'node:util';

import { AddressFamily } from '../enums/address-family.js';
import { enumName } from '../enums/enum-name.js';
import { IndexOutOfRangeException } from '../errors/index-out-of-range-exception.js';
import { PlatformNotSupportedException } from '../errors/not-supported-exception.js';
import { maxInt32, requireInteger, requireNotNull, wrongType } from '../internal/validate.js';
import { hashBytes } from './hash.js';

// The first two bytes are Linux's number of the family, low byte first. Of the families that .NET
// names, Linux has these; 128 is what .NET writes there for Unknown.
const linuxFamilies: ReadonlyMap<number, number> = new Map<number, number>([
  [AddressFamily.Unspecified, 0],
  [AddressFamily.Unix, 1],
  [AddressFamily.InterNetwork, 2],
  [AddressFamily.InterNetworkV6, 10],
  [AddressFamily.Packet, 17],
  [AddressFamily.ControllerAreaNetwork, 29],
  [AddressFamily.Unknown, 128],
]);

const familiesByLinux: ReadonlyMap<number, AddressFamily> = new Map(
  [...linuxFamilies].map(([family, linux]) => [linux, family as AddressFamily]),
);

const familyBytes = 2;

const ipv4Size = 16;
const ipv6Size = 28;
const unixSize = 110;
const largestSize = 128;

/**
 * An endpoint as bytes, in the layout of Linux: two bytes of address family, then what the family
 * has.
 *
 * **Differs from .NET:** the layout is that of Linux on every platform; the indexer is `get` and
 * `set`.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress
 */
export class SocketAddress {
  readonly #buffer: Uint8Array;
  #size: number;

  /**
   * Creates an address of zeros.
   *
   * @param family The address family; one that Linux has.
   * @param size How many bytes it has, 2 or more; the largest the family needs if left out.
   * @throws {ArgumentOutOfRangeException} "size".
   * @throws {ArgumentException} "family" or "size" if it is no number.
   * @throws {PlatformNotSupportedException} if Linux does not have the family.
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.-ctor
   */
  constructor(family: AddressFamily, size?: number) {
    const length = size ?? SocketAddress.getMaximumAddressSize(family);
    requireInteger(length, 'size', familyBytes, maxInt32);
    requireFamily(family, 'family');
    const number = linuxFamilies.get(family);
    if (number === undefined) {
      throw new PlatformNotSupportedException('The address family has no socket addresses.');
    }
    this.#buffer = new Uint8Array(length);
    this.#buffer[0] = number;
    this.#size = length;
  }

  /**
   * How many bytes an address of a family can have at most.
   *
   * @param addressFamily Any address family.
   * @returns 16 for IPv4, 28 for IPv6, 110 for Unix, 128 for all others.
   * @throws {ArgumentException} "addressFamily" if it is no number.
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.getmaximumaddresssize
   */
  static getMaximumAddressSize(addressFamily: AddressFamily): number {
    requireFamily(addressFamily, 'addressFamily');
    switch (addressFamily) {
      case AddressFamily.InterNetwork:
        return ipv4Size;
      case AddressFamily.InterNetworkV6:
        return ipv6Size;
      case AddressFamily.Unix:
        return unixSize;
      default:
        return largestSize;
    }
  }

  /**
   * The family that the first two bytes name; `Unknown` if they name none.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.family
   */
  get family(): AddressFamily {
    const number = this.#buffer[0] | (this.#buffer[1] << 8);
    return familiesByLinux.get(number) ?? AddressFamily.Unknown;
  }

  /**
   * How many bytes of the buffer are in use: 0 to the length of `buffer`.
   *
   * @throws {ArgumentOutOfRangeException} "value" if set outside the range.
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.size
   */
  get size(): number {
    return this.#size;
  }

  set size(value: number) {
    requireInteger(value, 'value', 0, this.#buffer.length);
    this.#size = value;
  }

  /**
   * All bytes, also those behind `size`. It is the memory itself: what is written into it changes
   * the address.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.buffer
   */
  get buffer(): Uint8Array {
    return this.#buffer;
  }

  /**
   * Reads one byte.
   *
   * @param offset 0 to `size` - 1.
   * @throws {IndexOutOfRangeException} if there is no such byte.
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.item
   */
  get(offset: number): number {
    this.#requireOffset(offset);
    return this.#buffer[offset];
  }

  /**
   * Writes one byte.
   *
   * @param offset 0 to `size` - 1.
   * @param value 0 to 255.
   * @throws {IndexOutOfRangeException} if there is no such byte.
   * @throws {ArgumentOutOfRangeException} "value".
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.item
   */
  set(offset: number, value: number): void {
    this.#requireOffset(offset);
    requireInteger(value, 'value', 0, 0xff);
    this.#buffer[offset] = value;
  }

  /**
   * Whether another value is a socket address with the same buffer. The whole buffers are compared,
   * also what lies behind `size`.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.equals
   */
  equals(comparand: unknown): boolean {
    if (!(comparand instanceof SocketAddress)) return false;
    const other = comparand.#buffer;
    return (
      other.length === this.#buffer.length &&
      this.#buffer.every((byte, index) => byte === other[index])
    );
  }

  /**
   * A 32-bit integer that equal addresses share.
   *
   * **Differs from .NET:** covers the whole buffer, as `equals` does; .NET hashes `size` bytes, and
   * so has equal addresses with different hashes.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.gethashcode
   */
  getHashCode(): number {
    return hashBytes(this.#buffer);
  }

  /**
   * The family, the size and the bytes from the third on, such as `InterNetwork:16:{0,80,127,…}`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.socketaddress.tostring
   */
  toString(): string {
    const bytes = this.#buffer.subarray(familyBytes, Math.max(this.#size, familyBytes));
    return `${enumName(AddressFamily, this.family)}:${this.#size}:{${bytes.join(',')}}`;
  }

  /** What `console.log` shows, such as `SocketAddress { InterNetwork:16:{0,80,127,…} }`. */
  [inspect.custom](): string {
    return `SocketAddress { ${this.toString()} }`;
  }

  #requireOffset(offset: number): void {
    if (Number.isInteger(offset) && offset >= 0 && offset < this.#size) return;
    throw new IndexOutOfRangeException(`The address has ${this.#size} bytes.`);
  }
}

function requireFamily(family: unknown, paramName: string): void {
  requireNotNull(family, paramName);
  if (typeof family !== 'number') throw wrongType(family, paramName, 'number');
}
