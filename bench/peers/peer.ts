// What a server is to the runner: the programs with which it plays its parts, each with the contract
// of support/server-program.ts, and why it cannot be measured here, when it cannot. One file per
// peer; index.ts lists them.

import type { Part } from '../workloads/workload.js';

export interface Server {
  readonly name: string;
  readonly title: string;
  /** Ours are measured always; peers and floors can be chosen by --peers. */
  readonly isOurs: boolean;
  readonly version: string;
  /** Why it cannot be started here; null when it can. */
  readonly missing: string | null;
  /** Program and first arguments for each part that it plays. */
  readonly programs: Readonly<Partial<Record<Part, readonly string[]>>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Answers SIGUSR2 with its heap figures when started with --heap-report. */
  readonly hasHeapReport: boolean;
  /** Answers SIGUSR2 by collecting garbage when started with --collect. */
  readonly canCollect: boolean;
  /** Seconds that its compiler needs at least before figures count. */
  readonly warmupSeconds: number;
}

/** Where things are. */
export interface Places {
  /** Of the repository. */
  readonly root: string;
  /** Of the native programs of the benchmark. */
  readonly native: string;
}

/** A peer may have to be installed or built, so its servers are made only when it is asked for. */
export interface Peer {
  readonly names: readonly string[];
  readonly create: (places: Places) => readonly Server[];
}

/** What most servers have in common. */
export const plainServer = {
  isOurs: false,
  missing: null,
  environment: {},
  hasHeapReport: false,
  canCollect: false,
  warmupSeconds: 0,
} as const;
