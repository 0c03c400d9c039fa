import { AddressFamily } from '../enums/address-family.js';
import { ArgumentException, ArgumentOutOfRangeException } from '../errors/argument-exceptions.js';
import { requireInstance, requireString } from '../internal/validate.js';
import { EndPoint } from './end-point.js';
import { hashText } from './hash.js';
import { SocketAddress } from './socket-address.js';

const familyBytes = 2;
const pathCapacity = SocketAddress.getMaximumAddressSize(AddressFamily.Unix) - familyBytes;

const nulCharacter = '\0';

function isAbstract(path: string): boolean {
  return path.startsWith(nulCharacter);
}

/** The bytes of a path; that of a file ends with a NUL, an abstract name does not. */
function encode(path: string): Uint8Array {
  return Buffer.from(isAbstract(path) ? path : path + nulCharacter, 'utf8');
}

/** How many of these bytes are not the NUL that ends the path of a file. */
function lengthWithoutEnd(bytes: Uint8Array): number {
  let length = bytes.length;
  if (bytes[0] !== 0) while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** The path in such bytes. Systems may count more than one NUL behind the path of a file. */
function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, lengthWithoutEnd(bytes)).toString('utf8');
}

/**
 * A Unix-domain endpoint: the path of a socket file, or on Linux an abstract name, which begins with
 * a NUL character and has no file.
 *
 * **Differs from .NET:** the capacity is that of Linux everywhere, 108 bytes. macOS and the BSDs
 * have 104; there a longer path is refused when a socket uses it.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint
 */
export class UnixDomainSocketEndPoint extends EndPoint {
  #path: string;
  #encoded: Uint8Array;

  /**
   * Creates an endpoint; no file is touched.
   *
   * @param path 1 to 107 bytes of UTF-8, or an abstract name of at most 108 bytes, its leading NUL
   *   included.
   * @throws {ArgumentNullException} "path".
   * @throws {ArgumentException} "path" if it is no string.
   * @throws {ArgumentOutOfRangeException} "path" if it is empty or too long.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.-ctor
   */
  constructor(path: string) {
    super();
    requireString(path, 'path');
    this.#path = path;
    this.#encoded = encode(path);
    if (path === '' || this.#encoded.length > pathCapacity) {
      throw new ArgumentOutOfRangeException(
        'path',
        path,
        `A path of 1 to ${pathCapacity} bytes, with its terminating NUL, is needed.`,
      );
    }
  }

  /**
   * Always `Unix`.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.addressfamily
   */
  override get addressFamily(): AddressFamily {
    return AddressFamily.Unix;
  }

  /**
   * Writes the endpoint as a socket address: the family, the bytes of the path, and the NUL that
   * ends the path of a file.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.serialize
   */
  override serialize(): SocketAddress {
    const socketAddress = new SocketAddress(AddressFamily.Unix, familyBytes + this.#encoded.length);
    socketAddress.buffer.set(this.#encoded, familyBytes);
    return socketAddress;
  }

  /**
   * Makes an endpoint from a socket address; one without a path gives the unnamed endpoint, that of
   * a socket that was never bound.
   *
   * **Differs from .NET:** another family is refused.
   *
   * @param socketAddress The address to read; its bytes are copied.
   * @throws {ArgumentNullException} "socketAddress".
   * @throws {ArgumentException} "socketAddress" if it is of another family.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.create
   */
  override create(socketAddress: SocketAddress): UnixDomainSocketEndPoint {
    requireInstance(socketAddress, SocketAddress, 'socketAddress');
    if (socketAddress.family !== AddressFamily.Unix) {
      throw new ArgumentException('The address family is not Unix.', 'socketAddress');
    }
    return UnixDomainSocketEndPoint.#fromEncoded(
      socketAddress.buffer.slice(familyBytes, Math.max(socketAddress.size, familyBytes)),
    );
  }

  /**
   * Whether another value is a Unix-domain endpoint of the same path. Paths are compared as they
   * are, without resolving them.
   *
   * @param obj Any value.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.equals
   */
  override equals(obj: unknown): boolean {
    return obj instanceof UnixDomainSocketEndPoint && this.#path === obj.#path;
  }

  /**
   * A 32-bit integer that equal endpoints share.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.gethashcode
   */
  override getHashCode(): number {
    return hashText(this.#path);
  }

  /**
   * The path; of an abstract name `@` and what follows the NUL; of the unnamed endpoint nothing.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.unixdomainsocketendpoint.tostring
   */
  override toString(): string {
    return isAbstract(this.#path) ? `@${this.#path.slice(1)}` : this.#path;
  }

  /**
   * The bytes of the path without the NUL that ends that of a file; a view, not to be written to.
   *
   * @internal
   */
  get pathBytes(): Uint8Array {
    return this.#encoded.subarray(0, lengthWithoutEnd(this.#encoded));
  }

  /**
   * Makes an endpoint from such bytes, which are copied; none gives the unnamed endpoint.
   *
   * @internal
   */
  static fromPathBytes(bytes: Uint8Array): UnixDomainSocketEndPoint {
    const needsEnd = bytes.length > 0 && bytes[0] !== 0;
    const encoded = new Uint8Array(bytes.length + (needsEnd ? 1 : 0));
    encoded.set(bytes);
    return UnixDomainSocketEndPoint.#fromEncoded(encoded);
  }

  static #fromEncoded(encoded: Uint8Array): UnixDomainSocketEndPoint {
    // Not checked as a path of the caller's is: what the system reports is taken as it is.
    const endPoint = new UnixDomainSocketEndPoint('.');
    endPoint.#encoded = encoded;
    endPoint.#path = decode(encoded);
    return endPoint;
  }
}
