import { InvalidOperationException } from './errors/invalid-operation-exception.js';
import { maxInt32, requireInteger } from './internal/validate.js';
import { operationOf, type SocketAsyncEventArgs } from './socket-async-event-args.js';

/**
 * A stack of event args that are not in use.
 *
 * Returning event args twice, or while an operation is in progress with them, would hand them to two
 * users at once; both are errors here.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketasynceventargs.-ctor the class
 *   of this name in the sample
 */
export class SocketAsyncEventArgsPool {
  readonly #items: SocketAsyncEventArgs[] = [];

  /**
   * Creates an empty pool.
   *
   * @param capacity How many event args are expected, 0 or more; it grows beyond that.
   * @throws {ArgumentOutOfRangeException} "capacity".
   */
  constructor(capacity = 0) {
    requireInteger(capacity, 'capacity', 0, maxInt32);
  }

  /** How many event args are in the pool. */
  get count(): number {
    return this.#items.length;
  }

  /**
   * Puts event args into the pool.
   *
   * @param item Free event args that are in no pool.
   * @throws {ArgumentNullException} "item".
   * @throws {ArgumentException} "item" if it is something else.
   * @throws {InvalidOperationException} if it is in a pool, or an operation is in progress with it.
   * @throws {ObjectDisposedException} if it is disposed.
   */
  push(item: SocketAsyncEventArgs): void {
    const operation = operationOf(item, 'item');
    if (operation.isPooled) {
      throw new InvalidOperationException('The event args are in a pool already.');
    }
    operation.requireFree();
    operation.isPooled = true;
    this.#items.push(item);
  }

  /**
   * Takes event args out of the pool: those that were put in last.
   *
   * @throws {InvalidOperationException} if the pool is empty.
   */
  pop(): SocketAsyncEventArgs {
    const item = this.#items.pop();
    if (item === undefined) throw new InvalidOperationException('The pool is empty.');
    operationOf(item, 'item').isPooled = false;
    return item;
  }
}
