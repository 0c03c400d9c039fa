// What the UDP servers of the benchmark that run in Node share.

/** All UDP servers ask for so much, so that no burst of the load is lost. */
export const receiveBufferBytes = 4 << 20;

/** What the first byte of a datagram can tell apart. */
const senderCount = 256;

/**
 * The bytes of each sender that no answer has covered yet. A datagram's first byte is the number of
 * its sender.
 */
export class BlockCounter {
  readonly #blockSize: number;
  readonly #received = new Float64Array(senderCount);

  constructor(blockSize: number) {
    this.#blockSize = blockSize;
  }

  /** Whether a block is whole with this datagram, and wants its answer. */
  count(sender: number, byteLength: number): boolean {
    const received = (this.#received[sender] ?? 0) + byteLength;
    const isWhole = received >= this.#blockSize;
    this.#received[sender] = isWhole ? received - this.#blockSize : received;
    return isWhole;
  }
}
