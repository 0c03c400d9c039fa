// The declarations as users compile against them: four versions of TypeScript, modules by Node's
// rules and by a bundler's, with the strictest settings and with the declarations themselves checked.

import fs from 'node:fs';
import path from 'node:path';
import { tool } from '../support/npm.mjs';
import { installWithNpm, runIn } from './place.mjs';

const versions = ['5.4', '5.9', '6.0', '7'];
const folders = { '6.0': 'typescript' };

function settings(version) {
  const common = {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    typeRoots: [tool('@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    isolatedModules: true,
    noEmit: true,
    skipLibCheck: false, // what we publish is read in full
  };
  const erasable = version === '5.4' ? {} : { erasableSyntaxOnly: true }; // new in 5.8
  const nodeModules = { module: 'nodenext', moduleResolution: 'nodenext' };
  const bundler = { module: 'esnext', moduleResolution: 'bundler' };
  return {
    'modules as in Node': { ...common, ...erasable, ...nodeModules, verbatimModuleSyntax: true },
    'modules as in a bundler': { ...common, ...erasable, ...bundler, verbatimModuleSyntax: true },
    'required modules': { ...common, ...nodeModules },
  };
}

function check(folder, version) {
  for (const [name, compilerOptions] of Object.entries(settings(version))) {
    const files = [name === 'required modules' ? 'types.cts' : 'types.mts'];
    const project = `tsconfig.${name.replaceAll(' ', '-')}.json`;
    fs.writeFileSync(path.join(folder, project), JSON.stringify({ compilerOptions, files }));
    const tsc = tool(`${folders[version] ?? `typescript-${version}`}/bin/tsc`);
    runIn(folder, [tsc, '--project', project]);
    process.stdout.write(`  ${name}\n`);
  }
  return true;
}

export function typeSteps(tarball) {
  let folder;
  return versions.map(version => ({
    name: `types: TypeScript ${version}`,
    body: () => {
      folder ??= installWithNpm('types', tarball, ['types.mts', 'types.cts']);
      return check(folder, version);
    },
  }));
}
