// Writes docs/platforms/tested.md from the reports that test-platform.mjs has left in build/test.
//
//   node scripts/platform/record.mjs

import fs from 'node:fs';
import { countJestTests } from '../support/jest.mjs';
import { inRoot } from '../support/paths.mjs';
import { Failure, main } from '../support/run.mjs';
import { hosts } from './hosts.mjs';

const page = 'docs/platforms/tested.md';
const exceptions = JSON.parse(fs.readFileSync(inRoot('scripts/platform/exceptions.json'), 'utf8'));

/** One row for each report that is there: { target, node, emulator, counts }. */
function readReports() {
  const rows = [];
  for (const [target, { nodes, emulator }] of Object.entries(hosts)) {
    for (const node of nodes) {
      const file = inRoot('build/test', `jest-${target}-${node}.json`);
      if (!fs.existsSync(file)) continue;
      const counts = countJestTests(JSON.parse(fs.readFileSync(file, 'utf8')));
      rows.push({ target, node, emulator, counts });
    }
  }
  return rows;
}

function tableOf(rows) {
  const lines = rows.map(({ target, node, emulator, counts }) => {
    const { files, passed, failed, skipped } = counts;
    const cells = [target, node, emulator, files, passed, failed, skipped.length];
    return `| ${cells.join(' | ')} |`;
  });
  const titles = ['target', 'Node.js', 'emulator', 'test files', 'passed', 'failed', 'skipped'];
  return [`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`, ...lines].join('\n');
}

/** The exceptions of one platform or emulator, under their reasons. */
function exceptionsOf(name) {
  const byReason = new Map();
  for (const { file, title, reason } of exceptions[name]) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${file}: ${title}`]);
  }
  const items = [...byReason].map(([reason, titles]) =>
    [`- ${reason}`, ...titles.map(title => `  - ${title} …`)].join('\n'),
  );
  return items.length > 0 ? items.join('\n') : 'Nothing.';
}

await main('record', () => {
  const rows = readReports();
  if (rows.length === 0) {
    throw new Failure('there are no reports: run npm run test:platform -- all');
  }
  const text = `<!-- Written by scripts/platform/record.mjs. -->

# What was tested under emulators

The jest suite itself, the same compiled files on every platform. Skipped tests are those that say
so themselves (the system has no \`ulimit\`, does not count descriptors, …) and the exceptions below,
which are named by the beginning of their titles.

${tableOf(rows)}

## What Windows answers differently

See [windows.md](windows.md).

${exceptionsOf('win32')}

## What Wine cannot do

${exceptionsOf('wine')}

## What qemu cannot do

${exceptionsOf('qemu')}
`;
  fs.writeFileSync(inRoot(page), text);
  process.stdout.write(`record: ${page}, ${rows.length} platforms\n`);
});
