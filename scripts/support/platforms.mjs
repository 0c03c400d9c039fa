// What ran where: kept in test/platforms/results.json, shown in docs/platforms.md. Every script that
// runs the suite somewhere (another Node, another processor, an emulator) records it here.

import fs from 'node:fs';
import { inRoot } from './paths.mjs';

const resultsFile = inRoot('test/platforms/results.json');
const documentFile = inRoot('docs/platforms.md');
const begin = '<!-- results: written by `npm run test:matrix -- --write` -->';
const end = '<!-- end of results -->';

export function readResults() {
  return JSON.parse(fs.readFileSync(resultsFile, 'utf8'));
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
  fs.writeFileSync(resultsFile, `${JSON.stringify(withRun(readResults(), run), null, 2)}\n`);
}

/** The table, and below it what was skipped and where. */
export function renderResults(rows) {
  const lines = ['| platform | Node.js | how | passed | failed | skipped |'];
  lines.push('| --- | --- | --- | --: | --: | --: |');
  for (const { platform, node, how, passed, failed, skipped } of rows) {
    const cells = [platform, node, how, passed, failed, skipped.length];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  const titles = [...new Set(rows.flatMap(row => row.skipped))].sort();
  if (titles.length > 0) lines.push('', 'Skipped, with the reason, and where:', '');
  for (const title of titles) {
    const places = rows.filter(row => row.skipped.includes(title));
    const where = [...new Set(places.map(row => `${row.platform} ${row.how}`.trim()))].join(', ');
    lines.push(`- ${title.replaceAll(/[<>]/g, '\\$&')} (${where})`);
  }
  return lines.join('\n');
}

/** The document with this table in its place. */
export function withResults(document, rows) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/platforms.md has no place for the results');
  return `${document.slice(0, from + begin.length)}\n\n${renderResults(rows)}\n\n${document.slice(to)}`;
}

export function writeDocument() {
  fs.writeFileSync(documentFile, withResults(fs.readFileSync(documentFile, 'utf8'), readResults()));
}
