import { ArgumentException } from './errors/argument-exceptions.js';
import { createSlab } from './internal/memory.js';
import { requireInstance, requireInteger } from './internal/validate.js';
import { SocketAsyncEventArgs } from './socket-async-event-args.js';

/** The largest slab: what one `Uint8Array` of .NET's `int` length can be. */
const maxTotalBytes = 0x7fffffff;

/**
 * One slab of memory, cut into segments of equal size, to be lent to event args. One allocation for
 * all connections keeps the heap whole, and one registration serves them all.
 *
 * The slab is page-aligned memory of native's. Its views pin the whole of it: keep none.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.setbuffer the
 *   class of this name in the sample
 */
export class BufferManager {
  readonly #totalBytes: number;
  readonly #bufferSize: number;
  readonly #freeOffsets: number[] = [];
  // Where the segments begin; a window that its user has moved does not tell (offset + count may be
  // the beginning of the neighbour's).
  readonly #lentOffsets = new WeakMap<SocketAsyncEventArgs, number>();
  #slab: Uint8Array | null = null;
  #nextOffset = 0;

  /**
   * Plans a slab; `initBuffer`, or the first `setBuffer`, makes it.
   *
   * @param totalBytes Bytes of the whole slab: 1 to 2^31 - 1.
   * @param bufferSize Bytes of a segment: 1 to `totalBytes`.
   * @throws {ArgumentOutOfRangeException} "totalBytes" or "bufferSize".
   */
  constructor(totalBytes: number, bufferSize: number) {
    requireInteger(totalBytes, 'totalBytes', 1, maxTotalBytes);
    requireInteger(bufferSize, 'bufferSize', 1, totalBytes);
    this.#totalBytes = totalBytes;
    this.#bufferSize = bufferSize;
  }

  /** Bytes of a segment. */
  get bufferSize(): number {
    return this.#bufferSize;
  }

  /** How many segments are free. */
  get available(): number {
    const unused = Math.floor((this.#totalBytes - this.#nextOffset) / this.#bufferSize);
    return unused + this.#freeOffsets.length;
  }

  /** Makes the slab now, rather than when it is first used. */
  initBuffer(): void {
    this.#slab ??= createSlab(this.#totalBytes);
  }

  /**
   * Lends a segment to event args, as `setBuffer(slab, offset, bufferSize)`. Event args that have one
   * already keep it, and get the whole of it again.
   *
   * @param args Free event args.
   * @returns `false` if no segment is free; the event args are as they were.
   * @throws {ArgumentException} "args" if they are something else.
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if the event args are disposed.
   * @throws {ArgumentException} if a `bufferList` is set.
   */
  setBuffer(args: SocketAsyncEventArgs): boolean {
    requireInstance(args, SocketAsyncEventArgs, 'args');
    this.initBuffer();
    const lent = this.#lentOffsets.get(args);
    const reused = lent ?? this.#freeOffsets.at(-1);
    const offset = reused ?? this.#nextOffset;
    if (offset + this.#bufferSize > this.#totalBytes) return false;
    args.setBuffer(this.#slab, offset, this.#bufferSize);
    // Only now, as the event args may refuse.
    if (lent !== undefined) return true;
    if (reused === undefined) this.#nextOffset += this.#bufferSize;
    else this.#freeOffsets.pop();
    this.#lentOffsets.set(args, offset);
    return true;
  }

  /**
   * Takes a segment back from event args, and leaves them without a buffer.
   *
   * @param args Free event args that `setBuffer` has lent a segment to.
   * @throws {ArgumentException} "args" if they have no segment of this slab.
   * @throws {InvalidOperationException} if an operation is in progress.
   * @throws {ObjectDisposedException} if the event args are disposed.
   */
  freeBuffer(args: SocketAsyncEventArgs): void {
    requireInstance(args, SocketAsyncEventArgs, 'args');
    const offset = this.#lentOffsets.get(args);
    if (offset === undefined) {
      throw new ArgumentException('The event args have no segment of this manager.', 'args');
    }
    args.setBuffer(null, 0, 0);
    this.#lentOffsets.delete(args);
    this.#freeOffsets.push(offset);
  }
}
