// The rounds of one workload: every server once per round, another one first each time, so that
// whatever else the machine does meets all of them alike. A server that fails is out, with its
// reason; the others go on.

import type { RunOptions } from './command-line.js';
import type { LoadReport } from './load-report.js';
import { measureHeap, measureRound, type HeapFigures, type MeasureOptions } from './measure.js';
import { describeGap } from './report.js';
import { compareServers, type Gap, type WorkloadResult } from './results.js';
import type { Server } from './servers.js';
import { rotate } from './statistics.js';
import { formatNumber } from './table.js';
import type { Workload } from './workloads.js';

interface Contender {
  readonly server: Server;
  readonly rounds: LoadReport[];
  heap: HeapFigures | null;
  isOut: boolean;
}

/** Adds to `gaps` what could not be measured, and says so at once. */
export async function measureWorkload(
  workload: Workload,
  servers: readonly Server[],
  options: RunOptions,
  measureOptions: MeasureOptions,
  gaps: Gap[],
): Promise<WorkloadResult> {
  console.log(`\n${workload.title}`);
  const addGap = (server: Server, reason: string, isMissing: boolean): void => {
    const gap = { server: server.name, workload: workload.name, reason, isMissing };
    gaps.push(gap);
    console.log(`! ${describeGap(gap)}`);
  };
  const attempt = async (contender: Contender, measure: () => Promise<void>): Promise<void> => {
    if (contender.isOut) return;
    try {
      await measure();
    } catch (error) {
      contender.isOut = true;
      addGap(contender.server, error instanceof Error ? error.message : String(error), false);
    }
  };
  const contenders = findContenders(workload, servers, addGap);
  for (let round = 0; round < options.roundCount; round++) {
    for (const contender of rotate(contenders, round)) {
      await attempt(contender, async () => {
        contender.rounds.push(await measureRound(contender.server, workload, measureOptions));
      });
    }
    console.log(
      `  round ${round + 1}/${options.roundCount}: ${describeLast(workload, contenders)}`,
    );
  }
  for (const contender of contenders) {
    if (!options.isHeapMeasured || !contender.server.hasHeapReport) continue;
    await attempt(contender, async () => {
      contender.heap = await measureHeap(contender.server, workload, measureOptions);
    });
  }
  return concludeWorkload(workload, contenders);
}

function findContenders(
  workload: Workload,
  servers: readonly Server[],
  addGap: (server: Server, reason: string, isMissing: boolean) => void,
): Contender[] {
  const players = servers.filter(server => server.parts.includes(workload.part));
  return players.flatMap(server => {
    if (server.missing === null) return [{ server, rounds: [], heap: null, isOut: false }];
    addGap(server, server.missing, true);
    return [];
  });
}

function concludeWorkload(workload: Workload, contenders: readonly Contender[]): WorkloadResult {
  const results = contenders
    .filter(contender => !contender.isOut)
    .map(({ server, rounds, heap }) => ({ name: server.name, rounds, heap }));
  return {
    workload: { ...workload, mainFigure: workload.mainFigure.title },
    servers: results,
    comparisons: compareServers(workload, results),
  };
}

function describeLast(workload: Workload, contenders: readonly Contender[]): string {
  const figures = contenders.flatMap(({ server, rounds, isOut }) => {
    const last = rounds.at(-1);
    if (last === undefined || isOut) return [];
    return [`${server.name} ${formatNumber(workload.mainFigure.of(last))}`];
  });
  return figures.length === 0
    ? 'nobody is left'
    : `${figures.join(', ')} ${workload.mainFigure.title}`;
}
