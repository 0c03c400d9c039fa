import { inspect } from 'node:util';

import { mixHash } from '../endpoints/hash.js';
import { IPAddress } from '../endpoints/ip-address.js';
import { maxInt32, requireInstance, requireInteger } from '../internal/validate.js';

const minInt32 = -maxInt32 - 1;

/**
 * Where a received packet was addressed to, and which interface it came in by.
 *
 * **Differs from .NET:** a class, not a structure; `equals` stands for the operators, and the
 * constructor takes the values.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation
 */
export class IPPacketInformation {
  readonly #address: IPAddress | null;
  readonly #interface: number;

  /**
   * Creates the information; without arguments that of "no packet yet".
   *
   * @param address The address the packet was sent to.
   * @param interfaceIndex The index of the interface; 0 if it is not known.
   * @throws {ArgumentException} "address" or "interfaceIndex" if it is of another type.
   * @throws {ArgumentOutOfRangeException} "interfaceIndex" if it is no 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation
   */
  constructor(address: IPAddress | null = null, interfaceIndex = 0) {
    if (address !== null) requireInstance(address, IPAddress, 'address');
    requireInteger(interfaceIndex, 'interfaceIndex', minInt32, maxInt32);
    this.#address = address;
    this.#interface = interfaceIndex;
  }

  /**
   * The address the packet was sent to; `null` if there was no packet.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation.address
   */
  get address(): IPAddress | null {
    return this.#address;
  }

  /**
   * The index of the interface the packet came in by; 0 if it is not known.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation.interface
   */
  get interface(): number {
    return this.#interface;
  }

  /**
   * Whether another value is packet information with an equal address and the same interface.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation.equals
   */
  equals(comparand: unknown): boolean {
    if (!(comparand instanceof IPPacketInformation)) return false;
    if (this.#interface !== comparand.#interface) return false;
    return this.#address === null
      ? comparand.#address === null
      : this.#address.equals(comparand.#address);
  }

  /**
   * A 32-bit integer that equal information shares.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ippacketinformation.gethashcode
   */
  getHashCode(): number {
    return mixHash(this.#address?.getHashCode() ?? 0, this.#interface);
  }

  /** What `console.log` shows, such as `IPPacketInformation { 127.0.0.1 by 1 }`. */
  [inspect.custom](): string {
    return `IPPacketInformation { ${this.#address?.toString() ?? 'null'} by ${this.#interface} }`;
  }
}
