import { AddressFamily } from '../enums/address-family.js';
import { ArgumentException } from '../errors/argument-exceptions.js';
import { FormatException } from '../errors/format-exception.js';
import { requireInstance, requireInteger, requireString } from '../internal/validate.js';
import { readInt32, swapInt32, writeInt32 } from './byte-order.js';
import { EndPoint } from './end-point.js';
import { mixHash } from './hash.js';
import { parseUInt32 } from './ip-address-parser.js';
import { IPAddress } from './ip-address.js';
import { SocketAddress } from './socket-address.js';

const minPort = 0;
const maxPort = 0xffff;

// Where the parts lie in a socket address. Bytes 4 to 7 of an IPv6 one are the flow information,
// which .NET neither keeps nor sets.
const portOffset = 2;
const ipv4Offset = 4;
const ipv6Offset = 8;
const scopeOffset = 24;

/**
 * An IP address and a port.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint
 */
export class IPEndPoint extends EndPoint {
  /**
   * The smallest port: 0, which asks the system to choose one.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.minport
   */
  static readonly MinPort = minPort;

  /**
   * The largest port: 65535.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.maxport
   */
  static readonly MaxPort = maxPort;

  #address: IPAddress;
  #port: number;

  /**
   * Creates an endpoint.
   *
   * @param address The address, or an IPv4 address as a number, as in `new IPAddress(number)`.
   * @param port 0 to 65535.
   * @throws {ArgumentNullException} "address".
   * @throws {ArgumentException} "address" if it is of another type.
   * @throws {ArgumentOutOfRangeException} "port", or "newAddress" if the number is no address.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.-ctor
   */
  constructor(address: IPAddress | number | bigint, port: number) {
    super();
    const isNumber = typeof address === 'number' || typeof address === 'bigint';
    if (!isNumber) requireInstance(address, IPAddress, 'address');
    requireInteger(port, 'port', minPort, maxPort);
    this.#address = isNumber ? new IPAddress(address) : address;
    this.#port = port;
  }

  /**
   * Reads an endpoint from text: `1.2.3.4:80`, `[::1]:80`, or an address alone, which leaves the
   * port 0. The address follows the rules of `IPAddress.parse`; the port is decimal.
   *
   * @param s The text, without blanks.
   * @throws {ArgumentNullException} "s".
   * @throws {ArgumentException} "s" if it is no string.
   * @throws {FormatException} if it is no endpoint.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.parse
   */
  static parse(s: string): IPEndPoint {
    requireString(s, 's');
    const endPoint = IPEndPoint.tryParse(s);
    if (endPoint === null) throw new FormatException('The text is not a valid IP endpoint.');
    return endPoint;
  }

  /**
   * Reads an endpoint from text by the rules of `parse`.
   *
   * **Differs from .NET:** returns `null` for a text that is no endpoint, instead of filling an out
   * parameter.
   *
   * @param s The text; anything that is no string is no endpoint either.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.tryparse
   */
  static tryParse(s: string | null | undefined): IPEndPoint | null {
    if (typeof s !== 'string') return null;
    // The last colon begins a port if it stands behind a bracket, or if it is the only one.
    const colon = s.lastIndexOf(':');
    const hasPort = colon > 0 && (s[colon - 1] === ']' || s.indexOf(':') === colon);
    const address = IPAddress.tryParse(hasPort ? s.slice(0, colon) : s);
    const port = hasPort ? parseUInt32(s.slice(colon + 1)) : 0;
    if (address === null || port === null || port > maxPort) return null;
    return new IPEndPoint(address, port);
  }

  /**
   * The family of the address: `InterNetwork` or `InterNetworkV6`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.addressfamily
   */
  override get addressFamily(): AddressFamily {
    return this.#address.addressFamily;
  }

  /**
   * The address.
   *
   * @throws {ArgumentNullException} "value" if set to `null`.
   * @throws {ArgumentException} "value" if set to anything but an `IPAddress`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.address
   */
  get address(): IPAddress {
    return this.#address;
  }

  set address(value: IPAddress) {
    requireInstance(value, IPAddress, 'value');
    this.#address = value;
  }

  /**
   * The port, 0 to 65535.
   *
   * @throws {ArgumentOutOfRangeException} "value" if set outside the range.
   * @throws {ArgumentException} "value" if set to anything but a number.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.port
   */
  get port(): number {
    return this.#port;
  }

  set port(value: number) {
    requireInteger(value, 'value', minPort, maxPort);
    this.#port = value;
  }

  /**
   * Writes the endpoint as a socket address of 16 bytes (IPv4) or 28 bytes (IPv6).
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.serialize
   */
  override serialize(): SocketAddress {
    const socketAddress = new SocketAddress(this.addressFamily);
    const { buffer } = socketAddress;
    buffer[portOffset] = this.#port >>> 8;
    buffer[portOffset + 1] = this.#port;
    if (this.addressFamily === AddressFamily.InterNetwork) {
      this.#address.tryWriteBytes(buffer.subarray(ipv4Offset));
      return socketAddress;
    }
    this.#address.tryWriteBytes(buffer.subarray(ipv6Offset));
    writeInt32(buffer, scopeOffset, swapInt32(this.#address.scopeId));
    return socketAddress;
  }

  /**
   * Makes an endpoint from a socket address of either IP family, whatever the family of this one.
   * As in .NET the scope is kept for link-local addresses only.
   *
   * @param socketAddress An IPv4 address of at least 16 bytes, or an IPv6 one of at least 28.
   * @throws {ArgumentNullException} "socketAddress".
   * @throws {ArgumentException} "socketAddress" if it is of another family or too short.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.create
   */
  override create(socketAddress: SocketAddress): IPEndPoint {
    requireInstance(socketAddress, SocketAddress, 'socketAddress');
    const { family, size, buffer } = socketAddress;
    const isIPv6 = family === AddressFamily.InterNetworkV6;
    if (!isIPv6 && family !== AddressFamily.InterNetwork) {
      throw new ArgumentException('The address family is not an IP family.', 'socketAddress');
    }
    if (size < SocketAddress.getMaximumAddressSize(family)) {
      throw new ArgumentException('The socket address is too short.', 'socketAddress');
    }
    const port = (buffer[portOffset] << 8) | buffer[portOffset + 1];
    if (!isIPv6) return new IPEndPoint(IPAddress.fromWord(readInt32(buffer, ipv4Offset)), port);
    const address = new IPAddress(buffer.subarray(ipv6Offset, scopeOffset));
    if (address.isIPv6LinkLocal) address.scopeId = swapInt32(readInt32(buffer, scopeOffset)) >>> 0;
    return new IPEndPoint(address, port);
  }

  /**
   * Whether another value is an IP endpoint with an equal address and the same port.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.equals
   */
  override equals(comparand: unknown): boolean {
    return (
      comparand instanceof IPEndPoint &&
      this.#port === comparand.#port &&
      this.#address.equals(comparand.#address)
    );
  }

  /**
   * A 32-bit integer that equal endpoints share; it changes with the address and the port.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.gethashcode
   */
  override getHashCode(): number {
    return mixHash(this.#address.getHashCode(), this.#port);
  }

  /**
   * The endpoint in its usual notation, such as `1.2.3.4:80` or `[fe80::1%3]:80`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.ipendpoint.tostring
   */
  override toString(): string {
    const address = this.#address.toString();
    const isIPv6 = this.addressFamily === AddressFamily.InterNetworkV6;
    return isIPv6 ? `[${address}]:${this.#port}` : `${address}:${this.#port}`;
  }
}
