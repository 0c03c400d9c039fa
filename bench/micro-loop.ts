// The measurements of `npm run bench:micro`. Rounds are interleaved, medians shown with minimum and
// maximum.

import { AsyncLocalStorage } from 'node:async_hooks';
import { parseArgs } from 'node:util';
import {
  AddressFamily,
  IPEndPoint,
  IPAddress,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
} from 'socket-async-event-args';

import { summarize } from './support/statistics.js';
import { formatNumber, formatTable } from './support/table.js';

// What a send of the loop-back does, by its length; native/loopback/verbs.cc is the other half.
const finish = 1;
const hold = 2;
const release = 3;

const nsPerMs = 1_000_000;
/** The largest batch, and one to release it. */
const socketCount = 257;
const largestBatch = socketCount - 1;
/** Below the engine's bound of operations that may finish at once in one turn, per socket. */
const sendsPerTurn = 31;

/** Something timed: nanoseconds, and how many operations they were for. */
interface Sample {
  readonly ns: number;
  readonly operations: number;
}

interface Case {
  readonly title: string;
  readonly measure: () => Promise<Sample>;
}

/** A send that counts its completions. */
class Send extends SocketAsyncEventArgs {
  completedCount = 0;
  onLast: (() => void) | null = null;

  constructor(length: number, suppressesContext: boolean) {
    super(suppressesContext);
    this.setBuffer(new Uint8Array(length), 0, length);
  }

  protected override onCompleted(): void {
    this.completedCount++;
    this.onLast?.();
  }
}

/** A connected datagram socket: nothing has to be at the other end. */
function connectedSocket(): Promise<Socket> {
  const socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
  const args = new SocketAsyncEventArgs();
  args.remoteEndPoint = new IPEndPoint(IPAddress.Loopback, 9);
  return new Promise(resolve => {
    args.on('completed', () => {
      resolve(socket);
    });
    if (!socket.connectAsync(args)) resolve(socket);
  });
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

function now(): number {
  return performance.now() * nsPerMs;
}

/** The loop itself, so that its share in the other figures can be seen. */
async function measureTurns(turns: number): Promise<Sample> {
  const begun = now();
  for (let i = 0; i < turns; i++) await nextTurn();
  return { ns: now() - begun, operations: turns };
}

function sendMany(socket: Socket, args: Send): void {
  for (let i = 0; i < sendsPerTurn; i++) {
    if (socket.sendAsync(args)) throw new Error('a send did not finish at once');
  }
}

async function measureFinished(sockets: readonly Socket[], turns: number): Promise<Sample> {
  const args = new Send(finish, true);
  let ns = 0;
  for (let turn = 0; turn < turns; turn++) {
    await nextTurn();
    const begun = now();
    for (const socket of sockets) sendMany(socket, args);
    ns += now() - begun;
  }
  return { ns, operations: turns * sockets.length * sendsPerTurn };
}

/** Submits a batch that waits; timed from its release to the last event, in the next turn. */
class Batch {
  readonly #sockets: readonly Socket[];
  readonly #releasing: Socket;
  readonly #sends: readonly Send[];
  readonly #release = new Send(release, true);
  readonly #last: Send;

  constructor(sockets: readonly Socket[], size: number, suppressesContext: boolean) {
    const releasing = sockets.at(-1);
    if (releasing === undefined || size >= sockets.length) throw new Error('too few sockets');
    this.#sockets = sockets.slice(0, size);
    this.#releasing = releasing;
    this.#sends = this.#sockets.map(() => new Send(hold, suppressesContext));
    this.#last = this.#sends.at(-1) ?? this.#release;
  }

  submit(): Sample {
    const begun = now();
    for (let i = 0; i < this.#sends.length; i++) {
      const send = this.#sends[i];
      if (this.#sockets[i]?.sendAsync(send) !== true) throw new Error('a send did not wait');
    }
    return { ns: now() - begun, operations: this.#sends.length };
  }

  complete(): Promise<Sample> {
    return new Promise(resolve => {
      let begun = 0;
      this.#last.onLast = () => {
        resolve({ ns: now() - begun, operations: this.#sends.length });
      };
      begun = now();
      if (this.#releasing.sendAsync(this.#release)) throw new Error('the release had to wait');
    });
  }
}

async function measureBatches(
  batch: Batch,
  operations: number,
  what: 'submit' | 'complete',
): Promise<Sample> {
  let ns = 0;
  let count = 0;
  while (count < operations) {
    const submitted = batch.submit();
    const completed = await batch.complete();
    ns += what === 'submit' ? submitted.ns : completed.ns;
    count += submitted.operations;
    await nextTurn();
  }
  return { ns, operations: count };
}

const titles = { submit: 'submit that waits', complete: 'completion' };

function listCases(sockets: readonly Socket[]): readonly Case[] {
  const scale = 20_000;
  const completions = [1, 16, largestBatch].map(size => ({
    title: `completion, in batches of ${size}`,
    measure: () => measureBatches(new Batch(sockets, size, true), scale, 'complete'),
  }));
  const storage = new AsyncLocalStorage<object>();
  const contexts = [true, false].flatMap(suppresses => {
    const how = suppresses ? 'async context suppressed' : 'async context kept';
    return (['submit', 'complete'] as const).map(what => ({
      title: `${titles[what]} (${largestBatch} at a time), ${how}`,
      measure: () =>
        storage.run({}, () =>
          measureBatches(new Batch(sockets, largestBatch, suppresses), scale, what),
        ),
    }));
  });
  return [
    { title: 'turn of the event loop, with nothing to do', measure: () => measureTurns(scale) },
    {
      title: 'submit that completes at once',
      measure: () => measureFinished(sockets, 40),
    },
    ...completions,
    ...contexts,
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
  const roundCount = Number(values.rounds);
  const sockets: Socket[] = [];
  for (let i = 0; i < socketCount; i++) sockets.push(await connectedSocket());
  const cases = listCases(sockets);
  const figures = new Map<Case, number[]>(cases.map(one => [one, []]));
  // The first round only warms up.
  for (let round = 0; round <= roundCount; round++) {
    for (const one of cases) {
      const { ns, operations } = await one.measure();
      if (round > 0) figures.get(one)?.push(ns / operations);
    }
  }
  const rows = cases.flatMap(one => {
    const summary = summarize(figures.get(one) ?? []);
    if (summary === null) return [];
    const { median, minimum, maximum } = summary;
    return [
      [one.title, formatNumber(median), `${formatNumber(minimum)}..${formatNumber(maximum)}`],
    ];
  });
  console.log(formatTable(['what', 'ns', 'min..max'], rows));
  for (const socket of sockets) socket.close();
}

void main();
