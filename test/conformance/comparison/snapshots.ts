// What has changed since the last look at all objects that have a name and that nothing is in flight
// on: those of them that something is in flight on may change at any time.

import { Socket, SocketAsyncEventArgs } from 'socket-async-event-args';

import type { Names } from './names.js';
import { contentOf, type Show } from './show.js';

const ofSockets = [
  'addressFamily',
  'connected',
  'isBound',
  'blocking',
  'localEndPoint',
  'remoteEndPoint',
] as const;

const ofEventArgs = [
  'acceptSocket',
  'buffer',
  'bufferList',
  'bytesTransferred',
  'connectByNameError',
  'connectSocket',
  'count',
  'disconnectReuseSocket',
  'lastOperation',
  'memoryBuffer',
  'offset',
  'receiveMessageFromPacketInfo',
  'remoteEndPoint',
  'sendPacketsElements',
  'sendPacketsFlags',
  'sendPacketsSendSize',
  'socketError',
  'socketFlags',
  'userToken',
] as const;

/** The properties that every trace shows: scenarios need not ask for them. */
export const shownAlways = { Socket: ofSockets, SocketAsyncEventArgs: ofEventArgs } as const;

export class Snapshots {
  readonly #names: Names;
  readonly #show: Show;
  readonly #last = new Map<string, string>();

  constructor(names: Names, show: Show) {
    this.#names = names;
    this.#show = show;
  }

  /** The changes, by "object.property". What is seen first is no change. */
  take(all: readonly EventArgs[]): Record<string, string> {
    const busy = new Set(all.filter(each => each.isUnsettled).flatMap(each => each.uses()));
    const changes: Record<string, string> = {};
    for (const [name, value] of this.#names.all) {
      if (value instanceof SocketAsyncEventArgs) {
        if (!busy.has(value)) this.#look(name, value, ofEventArgs, changes);
      } else if (value instanceof Socket) {
        if (!busy.has(value)) this.#look(name, value, ofSockets, changes);
      } else if (value instanceof Uint8Array && !busy.has(value.buffer)) {
        this.#note(name, contentOf(value), changes);
      }
    }
    return changes;
  }

  #look(
    name: string,
    value: object,
    properties: readonly string[],
    changes: Record<string, string>,
  ): void {
    for (const property of properties) {
      this.#note(`${name}.${property}`, this.#show.property(value, property), changes);
    }
  }

  #note(key: string, value: string, changes: Record<string, string>): void {
    const before = this.#last.get(key);
    if (before !== undefined && before !== value) changes[key] = value;
    this.#last.set(key, value);
  }
}

/** Event args of a scenario, and what is in flight with them. */
export class EventArgs {
  readonly e: SocketAsyncEventArgs;
  isInFlight = false;
  /** Pending, and the scenario has not waited for the end yet. */
  isUnsettled = false;
  wasPending = false;
  sender: Socket | null = null;
  #target: object | null = null;
  #acceptSocket: Socket | null = null;
  #onIdle: (() => void)[] = [];

  constructor(e: SocketAsyncEventArgs) {
    this.e = e;
  }

  begin(target: object): void {
    this.#target = target;
    this.#acceptSocket = this.e.acceptSocket;
    this.sender = null;
    this.isInFlight = true;
    this.isUnsettled = true;
  }

  /** The event was raised; its handler may start the next. */
  finish(sender: Socket | null): void {
    this.sender = sender;
    this.isInFlight = false;
  }

  end(): void {
    this.isInFlight = false;
    for (const each of this.#onIdle.splice(0)) each();
  }

  /** Waits for the end; whether it came in time. */
  async settle(deadlineMs: number): Promise<boolean> {
    if (this.isInFlight) {
      const end = new Promise<void>(resolve => this.#onIdle.push(resolve));
      if (!(await isInTime(end, deadlineMs))) return false;
    }
    this.isUnsettled = false;
    return true;
  }

  /** All that may change as long as the operation is in flight; buffers by what is behind them. */
  uses(): unknown[] {
    const { memoryBuffer, bufferList } = this.e;
    const buffers = [memoryBuffer, ...(bufferList ?? [])].map(each => each.buffer);
    return [this.e, this.#target, this.#acceptSocket, ...buffers];
  }
}

async function isInTime(promise: Promise<void>, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => {
      resolve(false);
    }, deadlineMs);
  });
  const answer = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return answer;
}
