import type { FileHandle } from 'node:fs/promises';
import { inspect } from 'node:util';

import { OverflowException } from './errors/overflow-exception.js';
import { bufferOf, byteLengthOf, byteOffsetOf } from './internal/memory.js';
import type { SendPacketsPart } from './internal/send-packets-part.js';
import { upcalls } from './internal/upcalls.js';
import { maxInt32, requireBoolean, requireBytes, requireInteger } from './internal/validate.js';

/** Offsets into files are .NET's `long`, as far as a number is exact. */
const maxLong = Number.MAX_SAFE_INTEGER;

type OpenFile = FileHandle | number;

function isOpenFile(value: unknown): value is OpenFile {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= maxInt32;
  return typeof value === 'object' && value !== null && 'fd' in value;
}

function filePart(file: string | OpenFile, offset = 0, count = 0): SendPacketsPart {
  requireInteger(offset, 'offset', 0, maxLong);
  requireInteger(count, 'count', 0, maxLong);
  const filePath = typeof file === 'string' ? file : null;
  const fileStream = typeof file === 'string' ? null : file;
  return { filePath, fileStream, buffer: null, memory: null, offset, count };
}

function memoryPart(memory: Uint8Array): SendPacketsPart {
  requireBytes(memory, 'buffer');
  const count = byteLengthOf(memory);
  requireInteger(count, 'buffer', 0, maxInt32);
  return { filePath: null, fileStream: null, buffer: null, memory, offset: 0, count };
}

function arrayPart(buffer: Uint8Array, offset: number, count: number): SendPacketsPart {
  const length = byteLengthOf(buffer);
  requireInteger(offset, 'offset', 0, Math.min(length, maxInt32));
  requireInteger(count, 'count', 0, Math.min(length - offset, maxInt32));
  // Not subarray(), which a derived class may have redefined.
  const memory = new Uint8Array(bufferOf(buffer), byteOffsetOf(buffer) + offset, count);
  return { filePath: null, fileStream: null, buffer, memory, offset, count };
}

/**
 * One piece of what `sendPacketsAsync` sends: a buffer or a part of it, a file or a part of it.
 *
 * **Differs from .NET:** an open file is a `FileHandle` of `node:fs/promises`, or a descriptor.
 * `new SendPacketsElement(buffer, endOfPacket)` is the form with memory, as C# resolves it too.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement
 */
export class SendPacketsElement {
  readonly #part: SendPacketsPart;
  readonly #endOfPacket: boolean;

  static {
    upcalls.partOf = value =>
      typeof value === 'object' && value !== null && #part in value ? value.#part : null;
  }

  /**
   * Describes a file, or a part of it.
   *
   * @param file The path of the file, which is opened when the operation starts; or an open file, as
   *   a `FileHandle` or a descriptor, whose position does not count and is not moved.
   * @param offset Where to begin, in bytes from the beginning of the file.
   * @param count How many bytes; 0 for all up to the end. May exceed .NET's `int`.
   * @param endOfPacket Heeded on Windows only.
   * @throws {ArgumentNullException} "buffer" for `null`, which could be a path or a file as well.
   * @throws {ArgumentOutOfRangeException} "offset" or "count"; "buffer" for memory of 2 GiB or more.
   * @throws {ArgumentException} for arguments of a wrong type.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.-ctor
   */
  constructor(
    file: string | FileHandle | number,
    offset?: number,
    count?: number,
    endOfPacket?: boolean,
  );
  /**
   * Describes a buffer, or a part of it.
   *
   * @param buffer The bytes; not to be changed before the operation is complete.
   * @param offset Where to begin: 0 to the length of the buffer.
   * @param count How many bytes: 0 to the length of the buffer from `offset` on.
   */
  constructor(buffer: Uint8Array, offset: number, count: number, endOfPacket?: boolean);
  /**
   * Describes a buffer as a whole; with the second argument it counts as memory, not as an array.
   *
   * @param buffer The bytes; not to be changed before the operation is complete.
   */
  constructor(buffer: Uint8Array, endOfPacket?: boolean);
  constructor(
    source: string | OpenFile | Uint8Array,
    second?: number | boolean,
    third?: number,
    fourth?: boolean,
  ) {
    const isMemory = typeof second === 'boolean';
    const endOfPacket = isMemory ? second : (fourth ?? false);
    requireBoolean(endOfPacket, 'endOfPacket');
    this.#endOfPacket = endOfPacket;
    if (isMemory) this.#part = memoryPart(source as Uint8Array);
    else if (typeof source === 'string' || isOpenFile(source)) {
      this.#part = filePart(source, second, third);
    } else {
      requireBytes(source, 'buffer');
      this.#part = arrayPart(source, second ?? 0, third ?? byteLengthOf(source));
    }
  }

  /**
   * The path of the file; `null` for everything else.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.filepath
   */
  get filePath(): string | null {
    return this.#part.filePath;
  }

  /**
   * The open file; `null` for everything else.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.filestream
   */
  get fileStream(): FileHandle | number | null {
    return this.#part.fileStream;
  }

  /**
   * The buffer, as a whole; `null` for files, and for memory.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.buffer
   */
  get buffer(): Uint8Array | null {
    return this.#part.buffer;
  }

  /**
   * The bytes to send; `null` for files.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.memorybuffer
   */
  get memoryBuffer(): Uint8Array | null {
    return this.#part.memory;
  }

  /**
   * Where to begin, in bytes: 0 to 2^31 - 1.
   *
   * @throws {OverflowException} if it lies beyond; `offsetLong` has it.
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.offset
   */
  get offset(): number {
    if (this.#part.offset > maxInt32) throw new OverflowException();
    return this.#part.offset;
  }

  /**
   * Where to begin, in bytes.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.offsetlong
   */
  get offsetLong(): number {
    return this.#part.offset;
  }

  /**
   * How many bytes to send; 0 for a file as a whole.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.count
   */
  get count(): number {
    return this.#part.count;
  }

  /**
   * Whether a packet ends here. Heeded on Windows only.
   *
   * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.sendpacketselement.endofpacket
   */
  get endOfPacket(): boolean {
    return this.#endOfPacket;
  }

  /** What `console.log` shows: where the bytes are, and never the bytes. */
  [inspect.custom](): string {
    const { filePath, fileStream, offset, count } = this.#part;
    const source = filePath ?? (fileStream === null ? 'memory' : 'open file');
    return `SendPacketsElement { ${source}, ${offset}+${count} }`;
  }
}
