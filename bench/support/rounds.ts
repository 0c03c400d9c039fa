// The rounds of one workload: every server once per round, another one first each time, so that
// whatever else the machine does meets all of them alike. A server that fails is out, with its
// reason; the others go on.

import type { RunOptions } from './command-line.js';
import type { Server } from '../peers/peer.js';
import type { Workload } from '../workloads/workload.js';
import type { Round } from './figures.js';
import { measureCalls, whyNoTracing, type CallFigures } from './measure-calls.js';
import { measureHeap, measureHeapAtRate, type HeapFigures } from './measure-heap.js';
import { measureIdle, measureWindow } from './measure.js';
import { describeGap } from './report.js';
import { compareServers, type Gap, type WorkloadResult } from './results.js';
import type { MeasureOptions } from './session.js';
import { rotate } from './statistics.js';
import { formatNumber } from './table.js';

interface Contender {
  readonly server: Server;
  readonly rounds: Round[];
  /** Operations per second, where the workload goes by the clock. */
  ratePerSecond: number | null;
  heap: HeapFigures | null;
  calls: CallFigures | null;
  isOut: boolean;
}

/** Measures one workload; gaps are what could not be measured, which is also said at once. */
export async function measureWorkload(
  workload: Workload,
  servers: readonly Server[],
  options: RunOptions,
  measureOptions: MeasureOptions,
): Promise<WorkloadResult> {
  console.log(`\n${workload.title}`);
  const contest = new Contest(workload, servers, measureOptions);
  await contest.chooseRates();
  for (let round = 0; round < options.roundCount; round++) {
    await contest.runRound(round);
    console.log(`  round ${round + 1}/${options.roundCount}: ${contest.describeLast()}`);
  }
  if (options.isHeapMeasured) await contest.countHeap();
  if (options.areCallsCounted) await contest.countCalls();
  return contest.conclude();
}

class Contest {
  readonly #workload: Workload;
  readonly #options: MeasureOptions;
  readonly #contenders: Contender[] = [];
  readonly #gaps: Gap[] = [];

  constructor(workload: Workload, servers: readonly Server[], options: MeasureOptions) {
    this.#workload = workload;
    this.#options = options;
    for (const server of servers) {
      if (server.programs[workload.part] === undefined) continue;
      const { missing } = server;
      const start = { rounds: [], ratePerSecond: null, heap: null, calls: null, isOut: false };
      if (missing === null) this.#contenders.push({ server, ...start });
      else this.#addGap(server.name, missing, true);
    }
  }

  /** For workloads by the clock: a trial of each server, saturated. */
  async chooseRates(): Promise<void> {
    const { method } = this.#workload;
    if (method !== 'half-of-own' && method !== 'half-of-slowest') return;
    const saturated = new Map<Contender, number>();
    for (const contender of this.#contenders) {
      await this.#attempt(contender, async () => {
        const trial = await measureWindow(contender.server, this.#workload, this.#options, null);
        saturated.set(contender, trial['operationsPerSecond'] ?? NaN);
      });
    }
    const slowest = Math.min(...saturated.values());
    for (const [contender, rate] of saturated) {
      contender.ratePerSecond = (method === 'half-of-own' ? rate : slowest) / 2;
    }
  }

  async runRound(round: number): Promise<void> {
    for (const contender of rotate(this.#contenders, round)) {
      const { server, ratePerSecond, rounds } = contender;
      await this.#attempt(contender, async () => {
        rounds.push(
          this.#workload.method === 'idle'
            ? await measureIdle(server, this.#workload, this.#options)
            : await measureWindow(server, this.#workload, this.#options, ratePerSecond),
        );
      });
    }
  }

  async countHeap(): Promise<void> {
    if (this.#workload.countedOperations.heap === 0) return;
    for (const contender of this.#contenders) {
      const { server, ratePerSecond } = contender;
      if (!server.hasHeapReport) continue;
      await this.#attempt(contender, async () => {
        contender.heap =
          ratePerSecond === null
            ? await measureHeap(server, this.#workload, this.#options)
            : await measureHeapAtRate(server, this.#workload, this.#options, ratePerSecond);
      });
    }
  }

  async countCalls(): Promise<void> {
    if (this.#workload.countedOperations.calls === 0) return;
    const reason = whyNoTracing();
    if (reason !== null) {
      this.#addGap('system calls', reason, true);
      return;
    }
    for (const contender of this.#contenders) {
      const { server, isOut } = contender;
      if (isOut) continue;
      try {
        contender.calls = await measureCalls(server, this.#workload, this.#options);
      } catch (error) {
        // Tracing slows a server down until timers run out and datagrams are lost. What it did in
        // the rounds, untraced, stands.
        this.#addGap(`system calls of ${server.name}`, reasonOf(error), true);
      }
    }
  }

  conclude(): WorkloadResult {
    const results = this.#contenders
      .filter(contender => !contender.isOut)
      .map(({ server, rounds, ratePerSecond, heap, calls }) => ({
        name: server.name,
        title: server.title,
        version: server.version,
        isOurs: server.isOurs,
        ratePerSecond,
        rounds,
        heap,
        calls,
      }));
    return {
      workload: this.#workload,
      servers: results,
      comparisons: compareServers(this.#workload, results),
      gaps: this.#gaps,
    };
  }

  describeLast(): string {
    const [main] = this.#workload.figures;
    const figures = this.#contenders.flatMap(({ server, rounds, isOut }) => {
      const last = rounds.at(-1);
      if (last === undefined || isOut) return [];
      return [`${server.name} ${formatNumber(last[main.key] ?? NaN)}`];
    });
    return figures.length === 0 ? 'nobody is left' : `${figures.join(', ')} ${main.title}`;
  }

  async #attempt(contender: Contender, measure: () => Promise<void>): Promise<void> {
    if (contender.isOut) return;
    try {
      await measure();
    } catch (error) {
      contender.isOut = true;
      this.#addGap(contender.server.name, reasonOf(error), false);
    }
  }

  #addGap(server: string, reason: string, isMissing: boolean): void {
    const gap = { server, workload: this.#workload.name, reason, isMissing };
    this.#gaps.push(gap);
    console.log(`! ${describeGap(gap)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
