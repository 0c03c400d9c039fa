// The tarball installed by each package manager, without scripts and without a compiler, and echoed
// over by programs in CommonJS, as ES modules, and in TypeScript.

import fs from 'node:fs';
import path from 'node:path';
import { installApart, tool } from '../support/npm.mjs';
import { installWithNpm, makePlace, mustEcho, placeOf, poorEnvironment, runIn } from './place.mjs';

const samples = ['echo.cjs', 'echo.mjs', 'echo.mts'];
const cache = name => placeOf(`cache ${name}`);

/** Each answers the folder of the consumer and how node is started there. */
const managers = {
  npm: ({ tarball, name }) => installWithNpm(name, tarball, samples),
  pnpm: ({ tarball, name }) =>
    withPnpm(name, tarball, path.join(installApart('pnpm', '12.21.0'), 'bin/pnpm.mjs')),
  'pnpm 10': ({ tarball, name }) => withPnpm(name, tarball, tool('pnpm-10/bin/pnpm.cjs')),
  'yarn classic': ({ tarball, name }) => {
    const folder = makePlace(name, {}, samples);
    const flags = ['--ignore-scripts', '--no-lockfile', '--silent', '--cache-folder', cache(name)];
    runIn(folder, [tool('yarn/bin/yarn.js'), 'add', `file:${tarball.path}`, ...flags]);
    return folder;
  },
  'yarn node-modules': ({ tarball, name }) => withBerry(name, tarball, 'node-modules'),
  'yarn PnP': ({ tarball, name }) => withBerry(name, tarball, 'pnp'),
};

function withPnpm(name, tarball, pnpm) {
  const folder = makePlace(name, {}, samples);
  const flags = ['--ignore-scripts', '--store-dir', cache(name)];
  // A folder of its own, not a part of this project.
  runIn(folder, [pnpm, '--ignore-workspace', 'add', tarball.path, ...flags]);
  return folder;
}

function withBerry(name, tarball, nodeLinker) {
  const folder = makePlace(name, {}, samples);
  const settings = {
    nodeLinker,
    enableScripts: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
    pnpEnableEsmLoader: true,
    globalFolder: cache(name),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}`);
  fs.writeFileSync(path.join(folder, '.yarnrc.yml'), `${lines.join('\n')}\n`);
  fs.writeFileSync(path.join(folder, 'yarn.lock'), ''); // it is a project of its own
  const berry = tool('@yarnpkg/cli-dist/bin/yarn.js');
  runIn(folder, [berry, 'add', `socket-async-event-args@file:${tarball.path}`]);
  return folder;
}

// TypeScript does not know of Plug'n'Play: there the types are looked for where npm installed.
function compile(folder) {
  runIn(folder, [tool('typescript-7/bin/tsc'), '--project', '.']);
  return path.join(folder, 'out/echo.mjs');
}

export function managerSteps(tarball) {
  return Object.entries(managers).map(([name, install]) => ({
    name: `install: ${name}`,
    body: () => {
      const folder = install({ tarball, name: `install ${name}` });
      const isPnp = fs.existsSync(path.join(folder, '.pnp.cjs'));
      const start = isPnp ? [tool('@yarnpkg/cli-dist/bin/yarn.js'), 'node'] : [];
      const env = poorEnvironment();
      mustEcho(folder, [...start, 'echo.cjs'], env);
      mustEcho(folder, [...start, 'echo.mjs'], env);
      if (isPnp) {
        const typed = installWithNpm('install npm for PnP', tarball, samples);
        fs.copyFileSync(compile(typed), path.join(folder, 'typed.mjs'));
        mustEcho(folder, [...start, 'typed.mjs'], env);
      } else {
        mustEcho(folder, [compile(folder)], env);
        runIn(folder, [
          'node_modules/socket-async-event-args/dist/bin/socket-async-event-args.js',
          'doctor',
        ]);
      }
      return true;
    },
  }));
}
