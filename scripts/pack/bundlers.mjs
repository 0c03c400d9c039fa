// A program bundled by each of four bundlers, and run: once through the entry that names a binary
// literally, where the binary is part of the bundle's output, and once through the package's main
// entry, where the code is bundled and the binary is found in node_modules.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { tool } from '../support/npm.mjs';
import { installWithNpm, mustEcho, runIn } from './place.mjs';

const entries = { 'one binary': 'socket-async-event-args/prebuilt/linux-x64', 'main entry': null };

// Configurations as a user would write them; the paths lead to our tools instead of to node_modules.
const bundlers = {
  esbuild: ({ folder }) => {
    const flags = ['--bundle', '--platform=node', '--loader:.node=copy', '--outdir=out'];
    runIn(folder, [
      tool('esbuild/bin/esbuild'),
      'program.cjs',
      ...flags,
      '--out-extension:.js=.cjs',
    ]);
    return 'out/program.cjs';
  },
  webpack: ({ folder }) => {
    write(
      folder,
      'webpack.cjs',
      `const webpack = require(${JSON.stringify(tool('webpack'))});
      webpack({
        mode: 'production', target: 'node', entry: './program.cjs', context: __dirname,
        output: { path: __dirname + '/out', filename: 'program.cjs' },
        module: { rules: [{ test: /\\.node$/, loader: ${JSON.stringify(tool('node-loader'))} }] },
      }, (error, stats) => {
        if (error || stats.hasErrors() || stats.hasWarnings()) {
          console.error(error ?? stats.toString());
          process.exitCode = 1;
        }
      });`,
    );
    runIn(folder, ['webpack.cjs']);
    return 'out/program.cjs';
  },
  rollup: ({ folder }) => {
    write(
      folder,
      'rollup.mjs',
      `${importTools({ rollup: 'rollup/dist/es/rollup.js' })}
      const commonjs = require(${JSON.stringify(tool('@rollup/plugin-commonjs'))});
      const { nodeResolve } = require(${JSON.stringify(tool('@rollup/plugin-node-resolve'))});
      const bundle = await rollup.rollup({
        input: 'program.cjs',
        plugins: [nodeResolve({ preferBuiltins: true }), commonjs({ ignoreDynamicRequires: true })],
        external: id => id.endsWith('.node'),
        onwarn(warning) { throw new Error(warning.message); },
      });
      await bundle.write({ file: 'out/program.cjs', format: 'cjs', inlineDynamicImports: true });`,
    );
    runIn(folder, ['rollup.mjs']);
    return 'out/program.cjs';
  },
  vite: ({ folder }) => {
    write(
      folder,
      'vite.mjs',
      `${importTools({ vite: 'vite/dist/node/index.js' })}
      await vite.build({
        root: import.meta.dirname, configFile: false, logLevel: 'warn',
        ssr: { noExternal: true },
        build: {
          ssr: 'program.mjs',
          // The path of the binary is written as seen from the root, so that is where the bundle goes.
          outDir: '.', emptyOutDir: false,
          rollupOptions: { external: /\\.node$/, output: { entryFileNames: 'bundle.mjs' } },
        },
      });`,
    );
    runIn(folder, ['vite.mjs']);
    return 'bundle.mjs';
  },
};

const write = (folder, file, text) => fs.writeFileSync(path.join(folder, file), text);

function importTools(names) {
  const lines = Object.entries(names).map(
    ([name, file]) => `import * as ${name} from ${JSON.stringify(pathToFileURL(tool(file)).href)};`,
  );
  return [
    `import { createRequire } from 'node:module';`,
    ...lines,
    'const require = createRequire(import.meta.url);',
  ].join('\n');
}

function bundle(name, entry, tarball) {
  const folder = installWithNpm(`bundle ${name} ${entry}`, tarball, ['echo.cjs', 'echo.mjs']);
  for (const ending of ['cjs', 'mjs']) {
    const text = fs.readFileSync(path.join(folder, `echo.${ending}`), 'utf8');
    const imported = entries[entry] ?? 'socket-async-event-args';
    write(folder, `program.${ending}`, text.replace(/'socket-async-event-args'/, `'${imported}'`));
  }
  mustEcho(folder, [bundlers[name]({ folder })]);
  return true;
}

export function bundlerSteps(tarball) {
  const isHere = process.platform === 'linux' && process.arch === 'x64';
  return Object.keys(bundlers).flatMap(name =>
    Object.keys(entries).map(entry => ({
      name: `bundle: ${name}, ${entry}`,
      body: () => bundle(name, entry, tarball),
      missing: isHere || entry === 'main entry' ? undefined : 'the binary for linux-x64',
    })),
  );
}
