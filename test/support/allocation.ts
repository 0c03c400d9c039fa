// How much an echo allocates on the JavaScript heap, and where: both ends are sockets of ours, written
// as a server is written that cares. Runs outside jest, under --expose-gc.

import { Session, type HeapProfiler } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

import {
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  type Socket,
} from 'socket-async-event-args';

import { beginHeapWindow, endHeapWindow } from '../../bench/support/heap-report.js';

export const messageSize = 64;
export const bufferSize = 4096;

/** Every how many bytes an allocation is looked at: small enough to see a single object per turn. */
const samplingInterval = 128;

/** Event args without async context, which are told of their end by their own class. */
export abstract class Actor extends SocketAsyncEventArgs {
  protected readonly socket: Socket;

  constructor(socket: Socket) {
    super(true);
    this.socket = socket;
    this.setBuffer(new Uint8Array(bufferSize), 0, messageSize);
  }

  /** Starts the next operation; whether it is pending. */
  protected abstract next(): boolean;

  protected override onCompleted(): void {
    do {
      if (this.socketError !== SocketError.Success || this.bytesTransferred === 0) return;
    } while (!this.next());
  }
}

/** Sends back what it receives. */
class Server extends Actor {
  protected next(): boolean {
    if (this.lastOperation === SocketAsyncOperation.Receive) {
      this.setBuffer(0, this.bytesTransferred);
      return this.socket.sendAsync(this);
    }
    this.setBuffer(0, bufferSize);
    return this.socket.receiveAsync(this);
  }

  start(): void {
    if (!this.socket.receiveAsync(this)) this.onCompleted();
  }
}

/** The echoes that are still to be begun and to come back; shared by all clients. */
export interface Work {
  left: number;
  running: number;
  done: () => void;
}

/** Sends a message, waits for its echo, and sends the next. */
class Client extends Actor {
  readonly #work: Work;

  constructor(socket: Socket, work: Work) {
    super(socket);
    this.#work = work;
  }

  protected next(): boolean {
    if (this.lastOperation === SocketAsyncOperation.Send) return this.socket.receiveAsync(this);
    const work = this.#work;
    if (work.left === 0) {
      work.running--;
      if (work.running === 0) work.done();
      return true; // nothing is; but there is nothing to go on with
    }
    work.left--;
    return this.socket.sendAsync(this);
  }

  start(): void {
    this.#work.running++;
    this.#work.left--;
    if (!this.socket.sendAsync(this)) this.onCompleted();
  }
}

/** Whatever echoes as often as asked for. */
export interface Echoing {
  run(count: number): Promise<void>;
}

/** Echoes over connected pairs. */
export class Echoes implements Echoing {
  readonly #work: Work = { left: 0, running: 0, done: () => undefined };
  readonly #clients: readonly Client[];

  constructor(pairs: readonly [Socket, Socket][]) {
    this.#clients = pairs.map(([client, server]) => {
      client.noDelay = true;
      server.noDelay = true;
      new Server(server).start();
      return new Client(client, this.#work);
    });
  }

  run(count: number): Promise<void> {
    return new Promise(resolve => {
      this.#work.left = count;
      this.#work.done = resolve;
      for (const client of this.#clients) client.start();
    });
  }
}

/** Operations of an echo: two sends and two receives. */
export const operationsPerEcho = 4;

/** How often allocation sites are looked for; see `findAllocationSites`. */
const rounds = 3;

export interface AllocationReport {
  /**
   * Garbage included, whoever allocated it. Not quite 0: up to version 24, Node itself makes an object
   * of 56 bytes in each turn of the loop (for its native immediates), whatever the turn is about; and
   * from 24 on an array of 168 bytes in each dispatch of several completions (its stack of async
   * scopes; see dispatch-resource.ts).
   */
  readonly bytesPerOperation: number;
  /** The functions of the package that allocate. */
  readonly sites: readonly string[];
  readonly rssBefore: number;
  readonly rssAfter: number;
}

/**
 * Measures so many echoes, once everything is compiled. Nothing is inlined: V8 books what an inlined
 * function allocates to the one it is inlined in, so that Node's own would now and then be ours.
 */
export async function measureAllocation(echoes: Echoing, count: number): Promise<AllocationReport> {
  setFlagsFromString('--no-turbo-inlining');
  await echoes.run(50_000);
  collectGarbage();
  const rssBefore = process.memoryUsage().rss;
  const window = beginHeapWindow();
  await echoes.run(count);
  const { allocatedBytes } = endHeapWindow(window);
  collectGarbage();
  const rssAfter = process.memoryUsage().rss;
  const bytesPerOperation = allocatedBytes / count / operationsPerEcho;
  return {
    bytesPerOperation,
    sites: await findAllocationSites(echoes, count),
    rssBefore,
    rssAfter,
  };
}

function collectGarbage(): void {
  (globalThis as unknown as { gc: () => void }).gc();
}

/**
 * The functions that allocate in every round. What V8 allocates when it optimises a function is
 * booked to the function that runs just then, but only once.
 */
async function findAllocationSites(echoes: Echoing, count: number): Promise<string[]> {
  let common: string[] | null = null;
  for (let i = 0; i < rounds; i++) {
    const sites = new Set(await sampleAllocationSites(echoes, Math.ceil(count / rounds)));
    common = common === null ? [...sites] : common.filter(site => sites.has(site));
  }
  return common ?? [];
}

async function sampleAllocationSites(echoes: Echoing, count: number): Promise<string[]> {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startSampling', {
    samplingInterval,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as HeapProfiler.StartSamplingParameterType);
  await echoes.run(count);
  const profile = await new Promise<HeapProfiler.SamplingHeapProfile>((resolve, reject) => {
    session.post('HeapProfiler.stopSampling', (error, result) => {
      if (error === null) resolve(result.profile);
      else reject(error);
    });
  });
  session.disconnect();
  return sitesIn(profile.head);
}

function sitesIn(node: HeapProfiler.SamplingHeapProfileNode): string[] {
  const { functionName, url, lineNumber } = node.callFrame;
  const file = /[\\/]dist[\\/](lib[\\/].*)$/.exec(url)?.[1];
  const isOurs = file !== undefined && node.selfSize > 0;
  const site = `${functionName} (${file}:${lineNumber + 1})`;
  return [...(isOurs ? [site] : []), ...node.children.flatMap(sitesIn)];
}
