// Values as the trace shows them: nothing in it differs from run to run.

import {
  AddressFamily,
  ArgumentException,
  DnsEndPoint,
  EndPoint,
  IPEndPoint,
  IPPacketInformation,
  LingerOption,
  ProtocolType,
  Socket,
  SocketAsyncOperation,
  SocketError,
  SocketException,
  SocketType,
} from 'socket-async-event-args';

import { getMember } from './members.js';
import { NothingThere, type Names } from './names.js';

/** Properties whose numbers have names in the trace. */
const enums: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  addressFamily: AddressFamily,
  socketType: SocketType,
  protocolType: ProtocolType,
  socketError: SocketError,
  socketErrorCode: SocketError,
  lastOperation: SocketAsyncOperation,
};

/** Bytes up to this length are shown, of others their length. */
const shortBytes = 16;

function nameIn(members: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(members).find(name => members[name] === value) ?? String(value);
}

/** A short hash: FNV-1a of 32 bits. */
export function contentOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const each of bytes) hash = Math.imul(hash ^ each, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export class Show {
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  value(value: unknown, property = ''): string {
    if (value === null || value === undefined) return 'null';
    if (property === 'fileStream') return 'a file';
    if (property === 'handle') return 'a handle';
    if (property in enums) return nameIn(enums[property], value as number);
    if (typeof value === 'string') return this.#names.blank(value);
    if (typeof value === 'object') return this.#object(value, property);
    return typeof value === 'boolean' || typeof value === 'number' ? `${value}` : typeof value;
  }

  #object(value: object, property: string): string {
    if (value instanceof Error) return this.thrown(value);
    if (property === 'memoryBuffer') return `memory of ${(value as Uint8Array).length}`;
    const name = this.#names.nameOf(value);
    if (name !== undefined) return `@${name}`;
    if (value instanceof Socket) return 'a socket';
    if (value instanceof EndPoint) return this.#endPoint(value);
    if (value instanceof LingerOption) return `linger ${value.enabled} ${value.lingerTime}`;
    if (value instanceof IPPacketInformation) {
      return `${this.value(value.address)} ${value.interface > 0 ? 'some' : 'no'}`;
    }
    if (value instanceof Uint8Array) {
      if (value.length > shortBytes) return `${value.length} bytes`;
      return Buffer.from(value).toString('hex').toUpperCase();
    }
    if (Array.isArray(value)) return `list of ${value.length}`;
    return (value as { toString: () => string }).toString();
  }

  thrown(error: unknown): string {
    if (error instanceof NothingThere) return `no such thing: ${error.message}`;
    if (error instanceof SocketException) {
      return `SocketException(${nameIn(SocketError, error.socketErrorCode)})`;
    }
    if (error instanceof ArgumentException) return `${error.name}(${error.paramName ?? 'no name'})`;
    return error instanceof Error ? error.name : typeof error;
  }

  /** A property's value, or what reading it throws. */
  property(target: object, name: string): string {
    try {
      return this.value(getMember(target, name), name);
    } catch (error) {
      return this.thrown(error);
    }
  }

  #endPoint(endPoint: EndPoint): string {
    if (endPoint instanceof IPEndPoint) {
      const { address, port } = endPoint;
      const isIPv6 = address.addressFamily === AddressFamily.InterNetworkV6;
      return `${isIPv6 ? `[${address}]` : address}:${this.#names.port(port)}`;
    }
    if (endPoint instanceof DnsEndPoint) {
      return `${endPoint.host}:${this.#names.port(endPoint.port)}`;
    }
    return this.#names.blank(endPoint.toString()).replaceAll('\0', '@');
  }
}
