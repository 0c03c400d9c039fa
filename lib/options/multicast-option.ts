import { inspect } from 'node:util';

import { IPAddress } from '../endpoints/ip-address.js';
import { requireInstance, requireInteger } from '../internal/validate.js';

// Systems tell an index from an address by its first byte, which is 0.
const maxInterfaceIndex = 0x00ffffff;

/**
 * An IPv4 multicast group, and the interface to join or leave it on: either the local address of
 * the interface or its index.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.multicastoption
 */
export class MulticastOption {
  #group: IPAddress;
  #localAddress: IPAddress | null = IPAddress.Any;
  #interfaceIndex = 0;

  /**
   * Creates the option.
   *
   * @param group The address of the group.
   * @param mcint The local address of the interface, or its index from 0 to 16777215; left out, the
   *   system chooses the interface.
   * @throws {ArgumentNullException} "group" or "mcint".
   * @throws {ArgumentException} "group" or "mcint" if it is of another type.
   * @throws {ArgumentOutOfRangeException} "interfaceIndex".
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.multicastoption.-ctor
   */
  constructor(group: IPAddress, mcint: IPAddress | number = IPAddress.Any) {
    requireInstance(group, IPAddress, 'group');
    this.#group = group;
    if (typeof mcint === 'number') {
      requireInteger(mcint, 'interfaceIndex', 0, maxInterfaceIndex);
      this.#localAddress = null;
      this.#interfaceIndex = mcint;
    } else {
      requireInstance(mcint, IPAddress, 'mcint');
      this.#localAddress = mcint;
    }
  }

  /**
   * The address of the group.
   *
   * @throws {ArgumentNullException} "value" if set to `null`.
   * @throws {ArgumentException} "value" if set to anything but an `IPAddress`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.multicastoption.group
   */
  get group(): IPAddress {
    return this.#group;
  }

  set group(value: IPAddress) {
    requireInstance(value, IPAddress, 'value');
    this.#group = value;
  }

  /**
   * The local address of the interface; `null` while an index is used. Setting it makes the index 0.
   *
   * @throws {ArgumentException} "value" if set to anything but an `IPAddress` or `null`.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.multicastoption.localaddress
   */
  get localAddress(): IPAddress | null {
    return this.#localAddress;
  }

  set localAddress(value: IPAddress | null) {
    if (value !== null) requireInstance(value, IPAddress, 'value');
    this.#interfaceIndex = 0;
    this.#localAddress = value;
  }

  /**
   * The index of the interface, 0 to 16777215; 0 while a local address is used. Setting it makes the
   * local address `null`.
   *
   * @throws {ArgumentException} "value" if set to anything but a number.
   * @throws {ArgumentOutOfRangeException} "value" if set outside the range.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.multicastoption.interfaceindex
   */
  get interfaceIndex(): number {
    return this.#interfaceIndex;
  }

  set interfaceIndex(value: number) {
    requireInteger(value, 'value', 0, maxInterfaceIndex);
    this.#localAddress = null;
    this.#interfaceIndex = value;
  }

  /** What `console.log` shows, such as `MulticastOption { 239.1.2.3 on 192.168.0.7 }`. */
  [inspect.custom](): string {
    const on = (this.#localAddress ?? this.#interfaceIndex).toString();
    return `MulticastOption { ${this.#group.toString()} on ${on} }`;
  }
}
