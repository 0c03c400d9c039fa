import { AddressFamily } from '../enums/address-family.js';
import { SocketError } from '../enums/socket-error.js';
import { ArgumentException } from '../errors/argument-exceptions.js';
import { FormatException } from '../errors/format-exception.js';
import { SocketException } from '../errors/socket-exception.js';
import {
  maxUInt32,
  requireBytes,
  requireInstance,
  requireInteger,
  requireString,
} from '../internal/validate.js';
import { readInt32, swapInt32 } from './byte-order.js';
import { IPAddressBase } from './ip-address-base.js';
import { parseIPv4, parseIPv6 } from './ip-address-parser.js';

const ipv4Bytes = 4;
const ipv6Bytes = 16;
const loopbackWord = 0x7f000001;
const mappedMark = 0xffff;

/** What an IPv6 address has besides its last word; words are signed, in network order. */
interface IPv6Part {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  scopeId: number;
}

function notSupported(): SocketException {
  return new SocketException(SocketError.OperationNotSupported);
}

/**
 * An IPv4 or IPv6 address.
 *
 * **Differs from .NET:** it cannot be changed, but for `scopeId`; and there are no members for
 * spans of characters.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress
 */
export class IPAddress extends IPAddressBase {
  /**
   * 0.0.0.0: as a local address, every IPv4 address of the host.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.any
   */
  static readonly Any = IPAddress.fromWord(0);

  /**
   * 127.0.0.1: this host.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.loopback
   */
  static readonly Loopback = IPAddress.fromWord(loopbackWord);

  /**
   * 255.255.255.255: every host of the local network.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.broadcast
   */
  static readonly Broadcast = IPAddress.fromWord(-1);

  /**
   * 255.255.255.255 as "no address"; the same object as `Broadcast`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.none
   */
  static readonly None = IPAddress.Broadcast;

  /**
   * ::, as a local address, every IPv6 address of the host. Its scope cannot be set.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.ipv6any
   */
  static readonly IPv6Any = IPAddress.fromWords(0, 0, 0, 0, 0);

  /**
   * ::1, this host. Its scope cannot be set.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.ipv6loopback
   */
  static readonly IPv6Loopback = IPAddress.fromWords(0, 0, 0, 1, 0);

  /**
   * ::, as "no address"; the same object as `IPv6Any`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.ipv6none
   */
  static readonly IPv6None = IPAddress.IPv6Any;

  static readonly #mappedLoopback = IPAddress.fromWords(0, 0, mappedMark, loopbackWord, 0);

  // A signed 32-bit integer is stored in the object itself, so an IPv4 address is one small object.
  #lastWord = 0;
  #ipv6: IPv6Part | null = null;

  /**
   * Creates an IPv4 address from its bytes as one number, the first byte lowest.
   *
   * @param newAddress 0 to 2^32 - 1; 0x0100007f is 127.0.0.1.
   * @throws {ArgumentOutOfRangeException} "newAddress".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.-ctor
   */
  constructor(newAddress: number | bigint);
  /**
   * Creates an address from its bytes in network order.
   *
   * @param address 4 bytes for IPv4, 16 for IPv6; they are copied.
   * @param scopeid The scope, 0 to 2^32 - 1; can be given with 16 bytes only.
   * @throws {ArgumentNullException} "address".
   * @throws {ArgumentException} "address" if it has another length or type.
   * @throws {ArgumentOutOfRangeException} "scopeid".
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.-ctor
   */
  constructor(address: Uint8Array, scopeid?: number);
  constructor(source: number | bigint | Uint8Array, scopeid?: number) {
    super();
    if (scopeid === undefined && (typeof source === 'number' || typeof source === 'bigint')) {
      const value = Number(source);
      requireInteger(value, 'newAddress', 0, maxUInt32);
      this.#lastWord = swapInt32(value);
      return;
    }
    requireBytes(source, 'address');
    if (source.length === ipv4Bytes && scopeid === undefined) {
      this.#lastWord = readInt32(source, 0);
      return;
    }
    if (source.length !== ipv6Bytes) {
      throw new ArgumentException('An IP address has 4 or 16 bytes, with a scope 16.', 'address');
    }
    if (scopeid !== undefined) requireInteger(scopeid, 'scopeid', 0, maxUInt32);
    this.#lastWord = readInt32(source, 12);
    this.#ipv6 = {
      word0: readInt32(source, 0),
      word1: readInt32(source, 4),
      word2: readInt32(source, 8),
      scopeId: scopeid ?? 0,
    };
  }

  /**
   * Reads an address from text.
   *
   * IPv4 may have one to four parts, each decimal, octal (leading 0) or hexadecimal (leading 0x).
   * IPv6 may stand in brackets, with a port behind them that is ignored, and may end with a scope:
   * `%` and a number or the name of an interface.
   *
   * @param ipString The text, without blanks.
   * @throws {ArgumentNullException} "ipString".
   * @throws {ArgumentException} "ipString" if it is no string.
   * @throws {FormatException} if it is no address.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.parse
   */
  static parse(ipString: string): IPAddress {
    requireString(ipString, 'ipString');
    const address = IPAddress.tryParse(ipString);
    if (address === null) throw new FormatException('The text is not a valid IP address.');
    return address;
  }

  /**
   * Reads an address from text by the rules of `parse`.
   *
   * **Differs from .NET:** returns `null` for a text that is no address, instead of filling an out
   * parameter.
   *
   * @param ipString The text; anything that is no string is no address either.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.tryparse
   */
  static tryParse(ipString: string | null | undefined): IPAddress | null {
    if (typeof ipString !== 'string') return null;
    if (!ipString.includes(':')) {
      const word = parseIPv4(ipString);
      return word === null ? null : IPAddress.fromWord(word | 0);
    }
    const parsed = parseIPv6(ipString);
    if (parsed === null) return null;
    const [a, b, c, d, e, f, g, h] = parsed.groups;
    return IPAddress.fromWords(
      (a << 16) | b,
      (c << 16) | d,
      (e << 16) | f,
      (g << 16) | h,
      parsed.scopeId,
    );
  }

  /**
   * Whether a text is an address by the rules of `parse`.
   *
   * @param ipSpan The text; anything that is no string is no address either.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isvalid
   */
  static isValid(ipSpan: string | null | undefined): boolean {
    return IPAddress.tryParse(ipSpan) !== null;
  }

  /**
   * Whether an address means this host: 127.0.0.0/8, ::1 or ::ffff:127.0.0.1, the last two without
   * a scope.
   *
   * @param address The address.
   * @throws {ArgumentNullException} "address".
   * @throws {ArgumentException} "address" if it is no `IPAddress`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.isloopback
   */
  static isLoopback(address: IPAddress): boolean {
    requireInstance(address, IPAddress, 'address');
    if (address.addressFamily === AddressFamily.InterNetwork) {
      return address.wordAt(3) >>> 24 === loopbackWord >>> 24;
    }
    return address.equals(IPAddress.IPv6Loopback) || address.equals(IPAddress.#mappedLoopback);
  }

  override get addressFamily(): AddressFamily {
    return this.#ipv6 === null ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
  }

  /**
   * The scope of an IPv6 address, usually the index of an interface: 0 to 2^32 - 1.
   *
   * @throws {SocketException} `OperationNotSupported` if the address is IPv4, and if the scope of
   *   one of the constants is set.
   * @throws {ArgumentOutOfRangeException} "value" if a number outside the range is set.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.scopeid
   */
  override get scopeId(): number {
    if (this.#ipv6 === null) throw notSupported();
    return this.#ipv6.scopeId;
  }

  override set scopeId(value: number) {
    const isConstant = this === IPAddress.IPv6Any || this === IPAddress.IPv6Loopback;
    if (this.#ipv6 === null || isConstant) throw notSupported();
    requireInteger(value, 'value', 0, maxUInt32);
    this.#ipv6.scopeId = value;
  }

  /**
   * The address as IPv4: the last four bytes of an IPv6 address, whatever precedes them; an IPv4
   * address is its own result.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.maptoipv4
   */
  mapToIPv4(): IPAddress {
    const isIPv4 = this.addressFamily === AddressFamily.InterNetwork;
    return isIPv4 ? this : IPAddress.fromWord(this.wordAt(3));
  }

  /**
   * The address as IPv6: ::ffff:1.2.3.4 for 1.2.3.4; an IPv6 address is its own result.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.maptoipv6
   */
  mapToIPv6(): IPAddress {
    const isIPv6 = this.addressFamily === AddressFamily.InterNetworkV6;
    return isIPv6 ? this : IPAddress.fromWords(0, 0, mappedMark, this.wordAt(3), 0);
  }

  /** @internal */
  override wordAt(index: 0 | 1 | 2 | 3): number {
    if (index === 3) return this.#lastWord;
    if (this.#ipv6 === null) return 0;
    if (index === 0) return this.#ipv6.word0;
    return index === 1 ? this.#ipv6.word1 : this.#ipv6.word2;
  }

  /**
   * Makes an IPv4 address from its bytes as one signed integer in network order: 0.0.0.1 is 1.
   *
   * @internal
   */
  static fromWord(word: number): IPAddress {
    const address = new IPAddress(0);
    address.#lastWord = word;
    return address;
  }

  /**
   * Makes an IPv6 address from its bytes as four signed integers in network order.
   *
   * @internal
   */
  static fromWords(
    word0: number,
    word1: number,
    word2: number,
    word3: number,
    scopeId: number,
  ): IPAddress {
    const address = new IPAddress(0);
    address.#lastWord = word3;
    address.#ipv6 = { word0, word1, word2, scopeId };
    return address;
  }
}
