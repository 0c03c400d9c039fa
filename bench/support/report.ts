// The report in the terminal: where and how it was measured, a table per workload, and everything
// that stands between the figures and their reader.

import { baselineNames } from '../workloads/workload.js';
import { fewestRounds } from './command-line.js';
import {
  baselineRatios,
  summaryOf,
  type Comparison,
  type Gap,
  type RunHead,
  type ServerResult,
  type WorkloadResult,
} from './results.js';
import type { Summary } from './statistics.js';
import { formatNumber, formatTable } from './table.js';

/** Above this share of the window spent waiting for its core, a server was disturbed. */
const tooMuchWaitingPercent = 5;

export function formatReport(head: RunHead, results: readonly WorkloadResult[]): string {
  const notes = [
    ...head.notes,
    ...describeDoubts(head, results),
    ...results.flatMap(result => result.gaps.map(describeGap)),
  ];
  const parts = [formatHead(head, results), ...results.map(formatWorkload)];
  if (notes.length > 0) parts.push(notes.map(note => `! ${note}`).join('\n'));
  return parts.join('\n\n');
}

export function describeGap({ server, workload, reason, isMissing }: Gap): string {
  return `${server}, ${workload}: ${isMissing ? 'not measured' : 'FAILED'}: ${reason}`;
}

/** What a reader has to know of a run, name by name. */
export function headLines(head: RunHead): (readonly [string, string])[] {
  const { machine, commit, pinning } = head;
  const cores =
    'missing' in pinning
      ? `not pinned: ${pinning.missing}`
      : `server on core ${pinning.serverCore}, load on core ${pinning.loadCore}`;
  return [
    ['machine', `${machine.cpuModel}, ${machine.coreCount} cores, ${machine.memoryGib} GiB`],
    ['system', `${machine.kernel} ${machine.architecture}, node ${machine.node}`],
    ['cores', cores],
    ['load avg', `${head.loadAverage.toFixed(2)} before`],
    ['commit', `${commit.id}${commit.isDirty ? ' with uncommitted changes' : ''}`],
    ['command', head.command],
    ['date', head.date],
    ['rounds', `${head.roundCount} of ${head.seconds} s, warm-up ${head.warmupSeconds} s`],
  ];
}

/** The servers of all results, each once. */
export function distinctServers(results: readonly WorkloadResult[]): readonly ServerResult[] {
  const byName = new Map(
    results.flatMap(({ servers }) => servers).map(server => [server.name, server]),
  );
  return [...byName.values()];
}

/** Bytes and collections, or null where nothing of that was counted. */
export function heapPerOperation({ heap }: ServerResult): {
  readonly bytes: number;
  readonly gcMsPerMillion: number;
  readonly gcPercent: number;
} | null {
  if (heap === null) return null;
  const { operations, report } = heap;
  return {
    bytes: report.allocatedBytes / operations,
    gcMsPerMillion: (report.collectionUs * 1000) / operations,
    gcPercent: (report.collectionUs / report.windowUs) * 100,
  };
}

/** System calls per operation: all, and the three commonest by name. */
export function callsPerOperation({ calls }: ServerResult): string {
  if (calls === null) return '–';
  const perOperation = Object.entries(calls.calls)
    .map(([name, { made }]) => [name, made / calls.operations] as const)
    .sort(([, a], [, b]) => b - a);
  const all = perOperation.reduce((sum, [, count]) => sum + count, 0);
  const commonest = perOperation
    .slice(0, 3)
    .filter(([, count]) => count >= 0.01)
    .map(([name, count]) => `${name} ${formatNumber(count)}`);
  return `${formatNumber(all)}: ${commonest.join(', ')}`;
}

function formatHead(head: RunHead, results: readonly WorkloadResult[]): string {
  const lines = [
    ...headLines(head),
    ...distinctServers(results).map(
      ({ name, title, version }) => [name, `${title}, ${version}`] as const,
    ),
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines.map(([name, value]) => `${name.padEnd(width)}${value}`).join('\n');
}

function formatWorkload({ workload, servers, comparisons }: WorkloadResult): string {
  const [main, ...sides] = workload.figures;
  const hasHeap = servers.some(({ heap }) => heap !== null);
  const hasCalls = servers.some(({ calls }) => calls !== null);
  const header = [
    'server',
    main.title,
    'min..max',
    ...baselineNames.map(name => `vs ${name}`),
    ...sides.map(figure => figure.title),
    ...(hasHeap ? [`heap B/${workload.operation}`, 'GC ms/million', 'GC %'] : []),
    ...(hasCalls ? ['system calls'] : []),
  ];
  const rows = comparisons.flatMap(comparison => {
    const server = servers.find(({ name }) => name === comparison.name);
    if (server === undefined) return [];
    const heap = heapPerOperation(server);
    return [
      [
        ...formatMain(comparison),
        ...sides.map(({ key }) => formatMedian(summaryOf(server, key))),
        ...(hasHeap ? formatHeap(heap) : []),
        ...(hasCalls ? [callsPerOperation(server)] : []),
      ],
    ];
  });
  const note = workload.note === null ? '' : `\n${workload.note}`;
  return `${workload.title}${note}\n\n${formatTable(header, rows)}`;
}

function formatMain(comparison: Comparison): string[] {
  const { name, main } = comparison;
  return [
    name,
    formatNumber(main.median),
    `${formatNumber(main.minimum)}..${formatNumber(main.maximum)}`,
    ...baselineRatios(comparison).map(formatMedian),
  ];
}

function formatHeap(heap: ReturnType<typeof heapPerOperation>): string[] {
  if (heap === null) return ['–', '–', '–'];
  return [heap.bytes, heap.gcMsPerMillion, heap.gcPercent].map(formatNumber);
}

function formatMedian(summary: Summary | null): string {
  return summary === null ? '–' : formatNumber(summary.median);
}

function describeDoubts(head: RunHead, results: readonly WorkloadResult[]): string[] {
  const doubts: string[] = [];
  if (head.roundCount < fewestRounds) {
    doubts.push(`${head.roundCount} rounds are few: quote medians of at least ${fewestRounds}`);
  }
  if ('missing' in head.pinning) {
    doubts.push(`nothing was pinned to a core (${head.pinning.missing}): figures scatter more`);
  }
  for (const { workload, servers } of results) {
    const disturbed = servers.flatMap(server => {
      const waiting = summaryOf(server, 'waitPercent');
      if (waiting === null || waiting.median <= tooMuchWaitingPercent) return [];
      return [`${server.name} ${formatNumber(waiting.median)} %`];
    });
    if (disturbed.length === 0) continue;
    doubts.push(
      `${workload.name}: main threads waited for their core, because of helper threads or of other ` +
        `programs: ${disturbed.join(', ')} of the window`,
    );
  }
  return doubts;
}
