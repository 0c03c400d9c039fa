// docs/performance.md and its charts, made of the saved results and of nothing else: the same files
// give the same page.

import { workloads } from '../workloads/index.js';
import { drawChart } from './charts.js';
import {
  callsPerOperation,
  describeGap,
  distinctServers,
  headLines,
  heapPerOperation,
} from './report.js';
import { summaryOf, type SavedResult, type ServerResult } from './results.js';
import { formatNumber } from './table.js';
import { findLosses, judgeGoals } from './verdicts.js';

/** Path below docs/ → text. */
export type Page = ReadonlyMap<string, string>;

const chartFolder = 'performance';

const introduction = `# Performance

<!-- Made by \`npm run bench:report\` from bench/results; CI compares. Do not edit. -->

What this package costs, measured beside everything else that could be used instead, by the benchmark
in [bench](../bench/README.md), which says what is measured and how. The main figure is the server's
CPU time per operation, by the scheduler's own accounting; less is better everywhere. What stands
behind the goals that are missed: [where the time goes](where-the-time-goes.md).`;

export function makePage(results: readonly SavedResult[]): Page {
  const ordered = inOrder(results);
  const page = new Map<string, string>();
  const sections =
    ordered.length === 0
      ? ['No results are kept in bench/results yet: `npm run bench -- --save` makes them.']
      : [
          formatHeads(ordered),
          formatGoals(ordered),
          formatLosses(ordered),
          ...ordered.map(formatWorkload),
        ];
  page.set('performance.md', `${[introduction, ...sections].join('\n\n')}\n`);
  for (const saved of ordered) page.set(chartPath(saved), drawChart(saved));
  return page;
}

function inOrder(results: readonly SavedResult[]): readonly SavedResult[] {
  const names = workloads.map(({ name }) => name);
  const place = ({ result }: SavedResult): number => names.indexOf(result.workload.name);
  return results.toSorted((a, b) => place(a) - place(b));
}

function chartPath({ result }: SavedResult): string {
  return `${chartFolder}/${result.workload.name}.svg`;
}

/** Where and how; once, when all results are of one run. */
function formatHeads(results: readonly SavedResult[]): string {
  const heads = new Map(
    results.map(saved => [
      table(
        ['', ''],
        headLines(saved).map(([name, value]) => [name, cell(value)]),
      ),
      saved,
    ]),
  );
  const parts = [...heads].map(([text, head]) => {
    const names = results.filter(saved => saved.date === head.date);
    const which =
      heads.size === 1 ? '' : `${names.map(({ result }) => result.workload.name).join(', ')}:\n\n`;
    return `${which}${text}`;
  });
  const servers = distinctServers(results.map(({ result }) => result)).map(
    ({ name, title, version }) => [name, cell(title), cell(version)],
  );
  return [
    '## Where and with what',
    ...parts,
    table(['server', 'what it is', 'version'], servers),
  ].join('\n\n');
}

function formatGoals(results: readonly SavedResult[]): string {
  const rows = results.flatMap(judgeGoals).map(({ workload, goal, measured, isKept }) => {
    if (measured === null) return [cell(workload), goal, '–', 'not measured'];
    return [cell(workload), goal, formatNumber(measured), isKept ? 'kept' : '**missed**'];
  });
  return [
    '## Goals',
    'Ratios are medians of the ratios round by round, between servers that ran seconds apart.',
    table(['workload', 'goal', 'measured', ''], rows),
  ].join('\n\n');
}

function formatLosses(results: readonly SavedResult[]): string {
  const losses = results.flatMap(findLosses);
  const rows = losses.map(({ workload, figure, ours, peer, ratio }) => [
    cell(workload),
    figure,
    ours,
    peer,
    formatNumber(ratio),
  ]);
  return [
    '## Where we lose',
    rows.length === 0
      ? 'Nowhere, in these figures.'
      : table(['workload', 'figure', 'ours', 'better', 'ours ÷ better'], rows),
  ].join('\n\n');
}

function formatWorkload(saved: SavedResult): string {
  const { workload, comparisons, servers, gaps } = saved.result;
  const [main, ...sides] = workload.figures;
  const hasHeap = servers.some(({ heap }) => heap !== null);
  const hasCalls = servers.some(({ calls }) => calls !== null);
  const header = [
    'server',
    main.title,
    'min..max',
    ...sides.map(({ title }) => title),
    ...(hasHeap ? [`heap B/${workload.operation}`, 'GC ms/million', 'GC %'] : []),
    ...(hasCalls ? ['system calls'] : []),
  ];
  const rows = comparisons
    .toSorted((a, b) => a.main.median - b.main.median)
    .flatMap(({ name, main: figure }) => {
      const server = servers.find(candidate => candidate.name === name);
      if (server === undefined) return [];
      return [
        [
          server.isOurs ? `**${name}**` : name,
          formatNumber(figure.median),
          `${formatNumber(figure.minimum)}..${formatNumber(figure.maximum)}`,
          ...sides.map(({ key }) => formatMedian(server, key)),
          ...(hasHeap ? formatHeap(server) : []),
          ...(hasCalls ? [callsPerOperation(server)] : []),
        ],
      ];
    });
  const parts = [
    `## ${workload.title}`,
    `![${workload.title}](${chartPath(saved)})`,
    table(header, rows),
  ];
  if (workload.note !== null) parts.push(workload.note);
  if (gaps.length > 0) parts.push(gaps.map(gap => `- ${describeGap(gap)}`).join('\n'));
  return parts.join('\n\n');
}

function formatMedian(server: ServerResult, key: string): string {
  const summary = summaryOf(server, key);
  return summary === null ? '–' : formatNumber(summary.median);
}

function formatHeap(server: ServerResult): readonly string[] {
  const heap = heapPerOperation(server);
  if (heap === null) return ['–', '–', '–'];
  return [heap.bytes, heap.gcMsPerMillion, heap.gcPercent].map(formatNumber);
}

/** What may stand between two bars of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
