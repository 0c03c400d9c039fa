import { AddressFamily } from '../enums/address-family.js';
import { enumName } from '../enums/enum-name.js';
import { ArgumentException } from '../errors/argument-exceptions.js';
import { requireInteger, requireString } from '../internal/validate.js';
import { EndPoint } from './end-point.js';
import { hashText, mixHash } from './hash.js';

const maxPort = 0xffff;

const families: readonly unknown[] = [
  AddressFamily.Unspecified,
  AddressFamily.InterNetwork,
  AddressFamily.InterNetworkV6,
];

/**
 * A host, by name or as an address in text, and a port. Only connecting takes it; it has no socket
 * address, so `serialize` and `create` throw.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint
 */
export class DnsEndPoint extends EndPoint {
  readonly #host: string;
  readonly #port: number;
  readonly #family: AddressFamily;

  /**
   * Creates an endpoint; nothing is looked up.
   *
   * @param host A host name, or an IP address as text.
   * @param port 0 to 65535.
   * @param addressFamily `InterNetwork` or `InterNetworkV6` to use addresses of that family only,
   *   `Unspecified` for both.
   * @throws {ArgumentNullException} "host".
   * @throws {ArgumentException} "host" if it is empty or no string; "addressFamily" if it is none
   *   of the three.
   * @throws {ArgumentOutOfRangeException} "port".
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.-ctor
   */
  constructor(
    host: string,
    port: number,
    addressFamily: AddressFamily = AddressFamily.Unspecified,
  ) {
    super();
    requireString(host, 'host');
    if (host === '') throw new ArgumentException('The host cannot be empty.', 'host');
    requireInteger(port, 'port', 0, maxPort);
    if (!families.includes(addressFamily)) {
      throw new ArgumentException('The address family is not that of a host.', 'addressFamily');
    }
    this.#host = host;
    this.#port = port;
    this.#family = addressFamily;
  }

  /**
   * The host, as it was given.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.host
   */
  get host(): string {
    return this.#host;
  }

  /**
   * The port, 0 to 65535.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.port
   */
  get port(): number {
    return this.#port;
  }

  /**
   * The family of the addresses to use; `Unspecified` for any.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.addressfamily
   */
  override get addressFamily(): AddressFamily {
    return this.#family;
  }

  /**
   * Whether another value is a DNS endpoint of the same family, port and host; the case of the host
   * does not matter.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.equals
   */
  override equals(comparand: unknown): boolean {
    return (
      comparand instanceof DnsEndPoint &&
      this.#family === comparand.#family &&
      this.#port === comparand.#port &&
      this.#host.toLowerCase() === comparand.#host.toLowerCase()
    );
  }

  /**
   * A 32-bit integer that equal endpoints share.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.gethashcode
   */
  override getHashCode(): number {
    return mixHash(mixHash(hashText(this.#host.toLowerCase()), this.#port), this.#family);
  }

  /**
   * Family, host and port, such as `Unspecified/localhost:80`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.dnsendpoint.tostring
   */
  override toString(): string {
    return `${enumName(AddressFamily, this.#family)}/${this.#host}:${this.#port}`;
  }
}
