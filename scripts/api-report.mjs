// `npm run api`: the public surface on one page, docs/api-report.md, made of the declarations that
// are published. `--check` only compares: a change of the surface is then a line in the review.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { installTools, tool } from './support/npm.mjs';
import { inRoot, root } from './support/paths.mjs';
import { Failure, main } from './support/run.mjs';

const document = 'docs/api-report.md';
const work = 'build/api';
const name = 'socket-async-event-args.api.md';

function extract() {
  const { Extractor, ExtractorConfig } = createRequire(import.meta.url)(
    tool('@microsoft/api-extractor'),
  );
  fs.mkdirSync(inRoot(work), { recursive: true });
  const configObject = {
    projectFolder: root,
    mainEntryPointFilePath: inRoot('dist/lib/index.d.ts'),
    compiler: { tsconfigFilePath: inRoot('tsconfig.json') },
    apiReport: {
      enabled: true,
      reportFolder: inRoot(work),
      reportTempFolder: inRoot(work, 'temp'),
      reportFileName: name,
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: 'lf',
    messages: {
      compilerMessageReporting: { default: { logLevel: 'error' } },
      // Comments are TypeDoc's affair, which reads them as they are; releases have no tags.
      extractorMessageReporting: { default: { logLevel: 'none' } },
      tsdocMessageReporting: { default: { logLevel: 'none' } },
    },
  };
  const config = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: inRoot('package.json'),
  });
  const { succeeded, errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: message => {
      message.handled = message.logLevel !== 'error';
    },
  });
  if (!succeeded) throw new Failure(`api-extractor reports ${errorCount} errors; see above`);
  return fs.readFileSync(inRoot(work, name), 'utf8');
}

await main('api', () => {
  installTools();
  const report = extract();
  const known = fs.existsSync(inRoot(document)) ? fs.readFileSync(inRoot(document), 'utf8') : '';
  if (known === report) {
    process.stdout.write(`api: ${document} is up to date\n`);
  } else if (process.argv.includes('--check')) {
    throw new Failure(
      `the public surface differs from ${document}: run \`npm run api\`, review it`,
    );
  } else {
    fs.writeFileSync(inRoot(document), report);
    process.stdout.write(`api: wrote ${document}\n`);
  }
});
