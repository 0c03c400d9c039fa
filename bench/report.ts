// `npm run bench:report`: makes docs/performance.md and its charts from bench/results. With --check
// it only compares, and fails when they are not what the results say.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePage } from './support/page.js';
import { readResults } from './support/results.js';

// This file runs as dist/bench/report.js.
const root = path.resolve(__dirname, '..', '..');
const docs = path.join(root, 'docs');
const charts = path.join(docs, 'performance');
const isChecking = process.argv.includes('--check');

const page = makePage(readResults(root));
const onDisk = existsSync(charts) ? readdirSync(charts).map(name => `performance/${name}`) : [];
const leftOver = onDisk.filter(file => !page.has(file));
const outdated = [...page].filter(([file, text]) => {
  const target = path.join(docs, file);
  return !existsSync(target) || readFileSync(target, 'utf8') !== text;
});

if (isChecking) {
  for (const file of [...leftOver, ...outdated.map(([name]) => name)]) {
    console.error(`docs/${file} is not what bench/results say: npm run bench:report`);
    process.exitCode = 1;
  }
} else {
  for (const file of leftOver) rmSync(path.join(docs, file));
  for (const [file, text] of outdated) {
    const target = path.join(docs, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote docs/${file}`);
  }
}
