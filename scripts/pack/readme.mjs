// The first ten minutes, in less than one: what the README says, done by the letter in an empty
// folder, until its server echoes. Where Wine and the binary for Windows are there, once more under
// Wine; the package was installed by npm under Linux then.

import fs from 'node:fs';
import path from 'node:path';
import { prepareHost, wineProgram } from '../platform/hosts.mjs';
import { inRoot } from '../support/paths.mjs';
import { Failure } from '../support/run.mjs';
import { tryServer } from '../support/server.mjs';
import { installWithNpm, poorEnvironment } from './place.mjs';

const limitSeconds = 60;
const wineNode = '22.23.3';

/** The server's code, the file's name that the text gives, and the port. */
function readReadme() {
  const text = fs.readFileSync(inRoot('README.md'), 'utf8');
  const [, port, code] =
    /<!-- example: server (\d+) -->\s*```js\n([\s\S]*?)^```$/m.exec(text) ?? [];
  const name = /^Save it as `([\w.]+)`, run `node \1`/m.exec(text)?.[1];
  if (code === undefined || name === undefined || !/^npm install \S+/m.test(text)) {
    throw new Failure('README.md has no server, or does not say what to do with it');
  }
  return { port, code, name };
}

async function follow(tarball, where, host) {
  const { port, code, name } = readReadme();
  const begin = performance.now();
  const folder = installWithNpm(where, tarball, []);
  const file = path.join(folder, name);
  fs.writeFileSync(file, code);
  const command = host?.command ?? [process.execPath];
  const env = { ...host?.environment, ...(host ? {} : poorEnvironment()) };
  const wrong = await tryServer(file, port, { command, ms: limitSeconds * 1000, env });
  if (wrong !== undefined) throw new Failure(wrong);
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(`  from an empty folder to an echo in ${seconds.toFixed(1)} s\n`);
  return seconds < limitSeconds;
}

function missingForWine() {
  if (!fs.existsSync(inRoot('prebuilds/win32-x64'))) return 'npm run prebuild -- win32-x64';
  return wineProgram() ? undefined : 'wine';
}

export function readmeSteps(tarball) {
  const underWine = () => {
    const host = prepareHost('win32-x64', wineNode);
    if (host.missing !== undefined) throw new Failure(host.missing);
    return follow(tarball, 'readme under Wine', host);
  };
  return [
    { name: 'readme', body: () => follow(tarball, 'readme') },
    { name: 'readme under Wine', body: underWine, missing: missingForWine() },
  ];
}
