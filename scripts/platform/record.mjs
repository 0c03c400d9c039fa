// Puts what test-platform.mjs has left in build/test into docs/platforms.md and
// docs/platforms/skipped.md.
//
//   node scripts/platform/record.mjs

import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readReport } from '../support/jest.mjs';
import { inRoot } from '../support/paths.mjs';
import { recordRun, writeDocuments } from '../support/platforms.mjs';
import { Failure, main } from '../support/run.mjs';
import { hosts } from './hosts.mjs';

/** Where the counts of a whole run of the suite lie. */
export const reportOf = (target, node) => inRoot('build/test', `jest-${target}-${node}.json`);

/** Records each report that is there; answers how many. */
export function recordReports() {
  let count = 0;
  for (const [target, { nodes, title, how }] of Object.entries(hosts)) {
    for (const node of nodes) {
      const file = reportOf(target, node);
      if (!fs.existsSync(file)) continue;
      recordRun({ platform: title, node, how, result: readReport(file) });
      ++count;
    }
  }
  if (count > 0) writeDocuments();
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main('record', () => {
    const count = recordReports();
    if (count === 0) throw new Failure('there are no reports: npm run test:platform -- all');
    process.stdout.write(`record: ${count} runs\n`);
  });
}
