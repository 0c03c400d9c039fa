// What ran where: kept in test/platforms/results.json, shown in docs/platforms.md, with what was
// skipped in docs/platforms/skipped.md. Every script that runs the suite somewhere (another Node,
// another processor, an emulator) records it here.

import fs from 'node:fs';
import { inRoot, toolPath } from './paths.mjs';
import { mustRun } from './run.mjs';

const resultsName = 'test/platforms/results.json';
const pageName = 'docs/platforms.md';
const skippedName = 'docs/platforms/skipped.md';
const leftColumns = 3;
const begin = '<!-- results: written by scripts/support/platforms.mjs -->';
const end = '<!-- end of results -->';

export function readResults() {
  return JSON.parse(fs.readFileSync(inRoot(resultsName), 'utf8'));
}

/**
 * The rows with this run, which takes the place of what was known of the same platform, Node and kind
 * of run. `how` says in a few words what stood between the suite and the machine ("", "under qemu",
 * …); `result` is what runJest() answers.
 */
export function withRun(rows, { platform, node, how, result }) {
  const isSame = row => row.platform === platform && row.node === node && row.how === how;
  const { passed, failed, skipped } = result;
  const run = { platform, node, how, passed, failed, skipped: [...skipped].sort() };
  // Versions in the order of their numbers, of which none has more than four digits.
  const version = row => row.node.replaceAll(/\d+/g, number => number.padStart(4, '0'));
  const key = row => `${row.platform} ${row.how} ${version(row)}`;
  return [...rows.filter(row => !isSame(row)), run].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Keeps a run, as withRun() says. */
export function recordRun(run) {
  fs.writeFileSync(
    inRoot(resultsName),
    `${JSON.stringify(withRun(readResults(), run), null, 2)}\n`,
  );
}

const tableOf = ([head, ...rows]) =>
  [head, head.map((_, index) => (index < leftColumns ? '---' : '--:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The table of what ran. */
export function renderResults(rows) {
  const cells = rows.map(({ platform, node, how, passed, failed, skipped }) => [
    ...[platform, node, how],
    ...[passed, failed, skipped.length],
  ]);
  return tableOf([['platform', 'Node.js', 'how', 'passed', 'failed', 'skipped'], ...cells]);
}

/** What was skipped: under each reason the titles, and where. */
export function renderSkipped(rows) {
  const reasons = new Map();
  for (const { platform, how, skipped } of rows) {
    const where = `${platform} ${how}`.trim();
    for (const text of skipped) {
      const [, title, reason] = /^(.*) \[skipped: (.*)\]$/s.exec(text) ?? [
        ,
        text,
        'no reason given',
      ];
      const titles = reasons.get(reason) ?? new Map();
      reasons.set(reason, titles);
      titles.set(title, (titles.get(title) ?? new Set()).add(where));
    }
  }
  const sections = [...reasons].sort().map(([reason, titles]) => {
    const lines = [...titles].sort().map(([title, where]) => {
      return `- ${escape(title)} (${[...where].sort().join('; ')})`;
    });
    return `## ${escape(reason)}\n\n${lines.join('\n')}`;
  });
  return `<!-- Written by scripts/support/platforms.mjs. -->

# Tests that were skipped somewhere

By reason. What ran is in [platforms](../platforms.md).

${sections.join('\n\n')}
`;
}

const escape = text => text.replaceAll(/[<>*_|[\]]/g, '\\$&');

/** The document with this table in its place. */
export function withResults(document, rows) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/platforms.md has no place for the results');
  return `${document.slice(0, from + begin.length)}\n\n${renderResults(rows)}\n\n${document.slice(to)}`;
}

/** Writes both pages anew from what is recorded. */
export function writeDocuments() {
  const rows = readResults();
  const page = inRoot(pageName);
  fs.writeFileSync(page, withResults(fs.readFileSync(page, 'utf8'), rows));
  fs.writeFileSync(inRoot(skippedName), renderSkipped(rows));
  const files = [pageName, skippedName, resultsName];
  const prettier = toolPath('prettier/bin/prettier.cjs');
  mustRun(process.execPath, [prettier, '--write', '--log-level=warn', ...files]);
}
