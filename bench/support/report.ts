// The report in the terminal: where and how it was measured, a table per workload, and everything
// that stands between the figures and their reader.

import { fewestRounds } from './command-line.js';
import { sideFigures } from './figures.js';
import type { Comparison, Gap, Results, ServerResult, WorkloadResult } from './results.js';
import { baselineNames } from './servers.js';
import { summarize, type Summary } from './statistics.js';
import { formatNumber, formatTable } from './table.js';

/** Above this share of the window spent waiting for its core, a server was disturbed. */
const tooMuchWaiting = 0.05;

export function formatReport(results: Results): string {
  const tables = results.workloads.map(workload => formatWorkload(workload));
  const notes = [...results.notes, ...describeDoubts(results), ...results.gaps.map(describeGap)];
  const parts = [formatHead(results), ...tables];
  if (notes.length > 0) parts.push(notes.map(note => `! ${note}`).join('\n'));
  return parts.join('\n\n');
}

export function describeGap({ server, workload, reason, isMissing }: Gap): string {
  return `${server}, ${workload}: ${isMissing ? 'not measured' : 'FAILED'}: ${reason}`;
}

function formatHead(results: Results): string {
  const { machine, commit, pinning } = results;
  const cores =
    'missing' in pinning
      ? `not pinned: ${pinning.missing}`
      : `server on core ${pinning.serverCore}, load on core ${pinning.loadCore}`;
  const lines = [
    ['machine', `${machine.cpuModel}, ${machine.coreCount} cores, ${machine.memoryGib} GiB`],
    ['system', `${machine.kernel} ${machine.architecture}, node ${machine.node}`],
    ['cores', cores],
    ['load avg', `${results.loadAverage.before.toFixed(2)} before`],
    ['commit', `${commit.id}${commit.isDirty ? ' with uncommitted changes' : ''}`],
    ['command', results.command],
    ['date', results.date],
    ['rounds', `${results.roundCount} of ${results.seconds} s, warm-up ${results.warmupSeconds} s`],
    ...results.servers.map(server => [server.name, `${server.title}, ${server.version}`]),
  ];
  return lines.map(([name = '', value = '']) => `${name.padEnd(10)}${value}`).join('\n');
}

function formatWorkload({ workload, servers, comparisons }: WorkloadResult): string {
  const header = [
    'server',
    workload.mainFigure,
    'min..max',
    ...baselineNames.map(name => `vs ${name}`),
    ...sideFigures.map(figure => figure.title),
    'heap B/message',
    'GC ms/million',
  ];
  const rows = comparisons.flatMap(comparison => {
    const server = servers.find(({ name }) => name === comparison.name);
    return server === undefined ? [] : [formatRow(comparison, server)];
  });
  return `${workload.title}\n\n${formatTable(header, rows)}`;
}

function formatRow(comparison: Comparison, server: ServerResult): string[] {
  const { main, ratios } = comparison;
  const medians = sideFigures.map(figure => summarize(server.rounds.map(figure.of)));
  const { heap } = server;
  return [
    comparison.name,
    formatNumber(main.median),
    `${formatNumber(main.minimum)}..${formatNumber(main.maximum)}`,
    ...baselineNames.map(name => formatMedian(ratios[name] ?? null)),
    ...medians.map(formatMedian),
    heap === null ? '–' : formatNumber(heap.report.allocatedBytes / heap.messages),
    heap === null ? '–' : formatNumber((heap.report.collectionUs * 1000) / heap.messages),
  ];
}

function formatMedian(summary: Summary | null): string {
  return summary === null ? '–' : formatNumber(summary.median);
}

function describeDoubts(results: Results): string[] {
  const doubts: string[] = [];
  if (results.roundCount < fewestRounds) {
    doubts.push(`${results.roundCount} rounds are few: quote medians of at least ${fewestRounds}`);
  }
  if ('missing' in results.pinning) {
    doubts.push(`nothing was pinned to a core (${results.pinning.missing}): figures scatter more`);
  }
  for (const { workload, servers } of results.workloads) {
    for (const { name, rounds } of servers) {
      const waiting = summarize(rounds.map(round => round.server.waitShare));
      if (waiting === null || waiting.median <= tooMuchWaiting) continue;
      const share = formatNumber(waiting.median * 100);
      doubts.push(
        `${name}, ${workload.name}: its main thread waited ${share} % of the window for its core: ` +
          'helper threads of its own, or another program',
      );
    }
  }
  return doubts;
}
