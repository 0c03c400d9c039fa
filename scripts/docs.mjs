// `npm run docs`: the site, from the documentation comments and the guides, in build/site.

import { installTools, tool } from './support/npm.mjs';
import { main, mustRun } from './support/run.mjs';

await main('docs', () => {
  installTools();
  mustRun(process.execPath, [tool('typedoc/bin/typedoc'), '--logLevel', 'Warn'], {
    failure: 'typedoc found something; it stands above',
  });
  process.stdout.write('docs: build/site/index.html\n');
});
