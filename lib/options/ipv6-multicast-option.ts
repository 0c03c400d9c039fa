import { inspect } from 'node:util';

import { IPAddress } from '../endpoints/ip-address.js';
import { maxUInt32, requireInstance, requireInteger } from '../internal/validate.js';

/**
 * An IPv6 multicast group, and the index of the interface to join or leave it on.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ipv6multicastoption
 */
export class IPv6MulticastOption {
  #group: IPAddress;
  #interfaceIndex: number;

  /**
   * Creates the option.
   *
   * @param group The address of the group; its family is checked when a socket uses it.
   * @param ifindex The index of the interface, 0 to 2^32 - 1; with 0 the system chooses.
   * @throws {ArgumentNullException} "group".
   * @throws {ArgumentException} "group" or "ifindex" if it is of another type.
   * @throws {ArgumentOutOfRangeException} "ifindex".
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ipv6multicastoption.-ctor
   */
  constructor(group: IPAddress, ifindex = 0) {
    requireInstance(group, IPAddress, 'group');
    requireInteger(ifindex, 'ifindex', 0, maxUInt32);
    this.#group = group;
    this.#interfaceIndex = ifindex;
  }

  /**
   * The address of the group.
   *
   * @throws {ArgumentNullException} "value" if set to `null`.
   * @throws {ArgumentException} "value" if set to anything but an `IPAddress`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ipv6multicastoption.group
   */
  get group(): IPAddress {
    return this.#group;
  }

  set group(value: IPAddress) {
    requireInstance(value, IPAddress, 'value');
    this.#group = value;
  }

  /**
   * The index of the interface, 0 to 2^32 - 1.
   *
   * @throws {ArgumentException} "value" if set to anything but a number.
   * @throws {ArgumentOutOfRangeException} "value" if set outside the range.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ipv6multicastoption.interfaceindex
   */
  get interfaceIndex(): number {
    return this.#interfaceIndex;
  }

  set interfaceIndex(value: number) {
    requireInteger(value, 'value', 0, maxUInt32);
    this.#interfaceIndex = value;
  }

  /** What `console.log` shows, such as `IPv6MulticastOption { ff02::1 on 2 }`. */
  [inspect.custom](): string {
    return `IPv6MulticastOption { ${this.#group.toString()} on ${this.#interfaceIndex} }`;
  }
}
