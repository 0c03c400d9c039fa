// What a workload is: what the load generator is asked to do, which part a server has to play in
// it, and by which figures servers are compared. One file per family of workloads; index.ts lists
// them.

/** What a server has to do. Peers say which program of theirs plays which part. */
export type Part =
  /** Sends back what it receives. */
  | 'tcp-echo'
  /** The same, with nothing prepared for connections that are not there yet. */
  | 'tcp-echo-lazy'
  /** The same, in two threads that share the port. */
  | 'tcp-echo-two-threads'
  /** Receives blocks and acknowledges each with one byte. */
  | 'tcp-sink'
  /** For each byte it receives, sends a block from a buffer of 64 KiB, over and over. */
  | 'tcp-source'
  /** For each byte it receives, sends a file. */
  | 'tcp-file'
  /** Sends back each datagram to where it came from, on one socket. */
  | 'udp-echo'
  /** Answers each block of a sender, counted in bytes, with the byte that its datagrams begin with. */
  | 'udp-sink';

/** How a round goes. */
export type Method =
  /** As fast as replies come. */
  | 'saturated'
  /** By the clock, at half of what the server reached saturated in a trial before the rounds. */
  | 'half-of-own'
  /** By the clock, at half of what the slowest server of the run reached. */
  | 'half-of-slowest'
  /** Nothing is sent; memory is looked at. */
  | 'idle';

/** What sources send; the load checks it. The bytes repeat after `periodBytes`. */
export interface Content {
  readonly sizeBytes: number;
  readonly periodBytes: number;
}

/** One column of the table: a key of a round's figures. */
export interface Figure {
  readonly key: string;
  readonly title: string;
}

/** A promise that a figure of ours has to keep, against another server or by itself. */
export interface Goal {
  /** Whose main figure ours is divided by; null: ours is taken as it is. */
  readonly than: string | null;
  readonly atMost: number;
  /** Instead of the main figure: collections, in ms per million operations. */
  readonly isCollection?: boolean;
}

/** Not above any peer. */
export const peerGoals: readonly Goal[] = [
  'net',
  'turbo-net',
  'bun',
  'deno',
  'dotnet-sample',
  'dotnet',
  'dotnet-inline',
].map(than => ({ than, atMost: 1 }));

/** The server of ours that goals are about, where there is but one. */
export const ourName = 'saea';

export interface Workload {
  readonly name: string;
  /** Workloads of one group are chosen together on the command line. */
  readonly group: string;
  readonly title: string;
  readonly part: Part;
  readonly method: Method;
  /** What is counted: the word behind "CPU µs per". */
  readonly operation: string;
  /** Told to the server: bytes of its receive buffers, and the connections it can prepare for. */
  readonly bufferSize: number;
  readonly connectionCount: number;
  /** Told to sinks, sources and file servers. */
  readonly blockBytes: number;
  readonly content: Content | null;
  /** Mode and options of the load generator, without port, process and times. */
  readonly load: readonly string[];
  /** The first is what servers are judged by; lower is better. */
  readonly figures: readonly [Figure, ...Figure[]];
  /** Operations of the separate runs that count heap bytes and system calls; 0: not counted. */
  readonly countedOperations: { readonly heap: number; readonly calls: number };
  /** The server of ours that the goals are about. */
  readonly judged: string;
  readonly goals: readonly Goal[];
  /** What a reader of its table has to know. */
  readonly note: string | null;
}

/** The servers that every other one is compared with, when they are measured too. */
export const baselineNames: readonly string[] = ['floor', 'net'];

export const bytesPerMib = 1024 * 1024;

/** The command-line options of the load, from a record of them. */
export function loadOptions(
  mode: string,
  options: Readonly<Record<string, number>>,
): readonly string[] {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return [mode, ...words];
}

export function cpuFigure(operation: string): Figure {
  return { key: 'cpuUs', title: `CPU µs/${operation}` };
}

/** The columns of saturated workloads behind the main one. */
export function throughputFigures(operation: string): readonly Figure[] {
  return [
    { key: 'operationsPerSecond', title: `${operation}s/s` },
    { key: 'residentMib', title: 'RSS MiB' },
    { key: 'busyPercent', title: 'busy %' },
    { key: 'waitPercent', title: 'waits %' },
    { key: 'loadBusyPercent', title: 'load busy %' },
  ];
}

export const latencyFigure = {
  p50: { key: 'p50Us', title: 'p50 µs' },
  p99: { key: 'p99Us', title: 'p99 µs' },
  p999: { key: 'p999Us', title: 'p99.9 µs' },
  max: { key: 'maxUs', title: 'max µs' },
} as const satisfies Readonly<Record<string, Figure>>;

export const latencyFigures: readonly Figure[] = Object.values(latencyFigure);
