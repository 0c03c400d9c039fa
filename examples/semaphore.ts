/**
 * Limits how many may be inside at once. .NET's `Semaphore`, with a `waitOne` that does not block the
 * thread but returns a promise.
 */
export class Semaphore {
  readonly #maximumCount: number;
  readonly #waiting: (() => void)[] = [];
  #count: number;

  /**
   * @param initialCount How many may enter at first.
   * @param maximumCount How many may be inside at most.
   */
  constructor(initialCount: number, maximumCount: number) {
    if (initialCount < 0 || initialCount > maximumCount) throw new RangeError('initialCount');
    this.#count = initialCount;
    this.#maximumCount = maximumCount;
  }

  /** Enters, as soon as there is room; those who wait enter in order. */
  async waitOne(): Promise<void> {
    if (this.#count > 0) {
      this.#count--;
      return;
    }
    await new Promise<void>(enter => this.#waiting.push(enter));
  }

  /** Leaves, and makes room for the next. */
  release(): void {
    const enter = this.#waiting.shift();
    if (enter !== undefined) enter();
    else if (this.#count < this.#maximumCount) this.#count++;
    else throw new RangeError('The semaphore is full already.');
  }
}
