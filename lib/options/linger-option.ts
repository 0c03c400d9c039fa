import { inspect } from 'node:util';

import { mixHash } from '../endpoints/hash.js';
import { maxInt32, requireBoolean, requireInteger } from '../internal/validate.js';

const minInt32 = -maxInt32 - 1;

/**
 * What closing a connection does with data that is not sent yet.
 *
 * The range of the time is checked when the option is given to a socket, as in .NET: 0 to 65535.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption
 */
export class LingerOption {
  #enabled: boolean;
  #lingerTime: number;

  /**
   * Creates the option.
   *
   * @param enable Whether closing waits for unsent data.
   * @param seconds How long it waits at most, in seconds; with 0 the data is thrown away and the
   *   connection reset.
   * @throws {ArgumentException} "enable" or "seconds" if it is of another type.
   * @throws {ArgumentOutOfRangeException} "seconds" if it is no 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption.-ctor
   */
  constructor(enable: boolean, seconds: number) {
    requireBoolean(enable, 'enable');
    requireInteger(seconds, 'seconds', minInt32, maxInt32);
    this.#enabled = enable;
    this.#lingerTime = seconds;
  }

  /**
   * Whether closing waits for unsent data.
   *
   * @throws {ArgumentException} "value" if set to anything but a boolean.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption.enabled
   */
  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(value: boolean) {
    requireBoolean(value, 'value');
    this.#enabled = value;
  }

  /**
   * How long closing waits at most, in seconds.
   *
   * @throws {ArgumentException} "value" if set to anything but a number.
   * @throws {ArgumentOutOfRangeException} "value" if set to anything but a 32-bit integer.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption.lingertime
   */
  get lingerTime(): number {
    return this.#lingerTime;
  }

  set lingerTime(value: number) {
    requireInteger(value, 'value', minInt32, maxInt32);
    this.#lingerTime = value;
  }

  /**
   * Whether another value is a linger option with the same two properties.
   *
   * @param comparand Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption.equals
   */
  equals(comparand: unknown): boolean {
    return (
      comparand instanceof LingerOption &&
      this.#enabled === comparand.#enabled &&
      this.#lingerTime === comparand.#lingerTime
    );
  }

  /**
   * A 32-bit integer that equal options share; it changes with the properties.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.lingeroption.gethashcode
   */
  getHashCode(): number {
    return mixHash(this.#enabled ? 1 : 0, this.#lingerTime);
  }

  /** What `console.log` shows, such as `LingerOption { enabled: true, lingerTime: 10 }`. */
  [inspect.custom](): string {
    return `LingerOption { enabled: ${this.#enabled}, lingerTime: ${this.#lingerTime} }`;
  }
}
