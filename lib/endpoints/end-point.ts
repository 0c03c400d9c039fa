import { inspect } from 'node:util';

import type { AddressFamily } from '../enums/address-family.js';
import { NotImplementedException } from '../errors/not-implemented-exception.js';
import type { SocketAddress } from './socket-address.js';

// Hashes by identity are given out on demand and kept outside of the objects, so that the usual
// endpoints, which hash by value, do not carry a field for it.
const identityHashes = new WeakMap<EndPoint, number>();
let lastIdentityHash = 0;

/**
 * Where a socket is, or what it talks to: the base class of all endpoints.
 *
 * Sockets use nothing but these members, so a class of your own may add a kind of address.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.endpoint
 */
export abstract class EndPoint {
  /**
   * The address family of the endpoint.
   *
   * @throws {NotImplementedException} if the subclass does not override it.
   * @see https://learn.microsoft.com/dotnet/api/system.net.endpoint.addressfamily
   */
  get addressFamily(): AddressFamily {
    throw new NotImplementedException('This endpoint does not implement addressFamily.');
  }

  /**
   * Writes the endpoint as a socket address.
   *
   * @throws {NotImplementedException} if the subclass does not override it.
   * @see https://learn.microsoft.com/dotnet/api/system.net.endpoint.serialize
   */
  serialize(): SocketAddress {
    throw new NotImplementedException('This endpoint does not implement serialize().');
  }

  /**
   * Makes an endpoint of the same kind from a socket address.
   *
   * @param socketAddress The address to read.
   * @throws {NotImplementedException} if the subclass does not override it.
   * @see https://learn.microsoft.com/dotnet/api/system.net.endpoint.create
   */
  create(socketAddress: SocketAddress): EndPoint;
  create(): EndPoint {
    throw new NotImplementedException('This endpoint does not implement create().');
  }

  /**
   * Whether another value is this very object; subclasses compare by value.
   *
   * @param other Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.object.equals
   */
  equals(other: unknown): boolean {
    return this === other;
  }

  /**
   * A 32-bit integer that equal endpoints share; it may change with any release.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.object.gethashcode
   */
  getHashCode(): number {
    let hash = identityHashes.get(this);
    if (hash === undefined) {
      lastIdentityHash = (lastIdentityHash + 1) | 0;
      hash = lastIdentityHash;
      identityHashes.set(this, hash);
    }
    return hash;
  }

  /**
   * The endpoint as text; the name of the class unless a subclass knows better.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.object.tostring
   */
  toString(): string {
    return this.constructor.name;
  }

  /** What `console.log` shows, such as `IPEndPoint { 127.0.0.1:80 }`. */
  [inspect.custom](): string {
    const { name } = this.constructor;
    const text = this.toString();
    return text === name ? `${name} {}` : `${name} { ${text} }`;
  }
}
