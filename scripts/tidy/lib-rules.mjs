// Rules about lib/ and about the tests.

import path from 'node:path';
import { libCode, testCode } from './project.mjs';
import { forbiddenModules, hostFile, layerTable, libLayers, prebuiltFolder } from './tables.mjs';
import { readSource } from './ts-source.mjs';

/** The layer of a path without regard to its ending; undefined outside lib. */
function layerOf(file) {
  const folder = path.posix.dirname(file);
  const known = Object.keys(libLayers).filter(
    name => folder === name || folder.startsWith(`${name}/`),
  );
  const nearest = known.sort((a, b) => b.length - a.length)[0];
  // A folder that the table does not name is no part of the public top.
  return nearest === 'lib' && folder !== 'lib' ? undefined : nearest;
}

/** Why this import is wrong, or undefined. */
function wrongWith(file, { from, typeOnly }) {
  if (from.endsWith('.node')) {
    const may = file === hostFile || path.posix.dirname(file) === prebuiltFolder;
    return may ? undefined : `loads an addon; ${hostFile} does`;
  }
  if (from.startsWith('.')) return wrongWithOwn(file, from, typeOnly);
  if (forbiddenModules.includes(from.replace(/^node:/, ''))) return `may not import ${from}`;
  return from.startsWith('node:') ? undefined : `${from}: the package has no dependencies`;
}

function wrongWithOwn(file, from, typeOnly) {
  const target = path.posix.join(path.posix.dirname(file), from);
  if (!target.startsWith('lib/')) return `${from} leads out of lib`;
  const barrel = /^lib\/index(\.|$)/; // index.mts passes on what index.ts exports
  const passesOn = barrel.test(file) || path.posix.dirname(file) === prebuiltFolder;
  if (barrel.test(target) && !passesOn) return 'imports the barrel that exports it';
  const layer = layerOf(target);
  if (!layer) return `${path.posix.dirname(target)} is not in the table of layers`;
  const own = layerOf(file);
  const allowed = [own, ...libLayers[own]];
  const module = target.replace(/\.[cm]?[jt]s$/, '');
  if (typeOnly || allowed.includes(layer) || allowed.includes(module)) return undefined;
  return `${own} may import ${from} as a type only`;
}

const libLayerRule = {
  name: 'lib-layers',
  source: layerTable,
  check(project, report) {
    for (const file of project.matching(libCode)) {
      if (!layerOf(file.path)) {
        report(file.path, 1, `${path.posix.dirname(file.path)} is not in the table of layers`);
        continue;
      }
      for (const found of readSource(file).imports) {
        const wrong = wrongWith(file.path, found);
        if (wrong) report(file.path, found.line, wrong);
      }
    }
  },
};

const loaderRule = {
  name: 'addon-loader',
  source: layerTable,
  check(project, report) {
    const loaders = ['process.dlopen', 'process.binding', 'module.createRequire'];
    for (const file of project.matching(libCode)) {
      if (file.path === hostFile) continue;
      for (const { line, text } of readSource(file).accesses) {
        if (loaders.includes(text)) report(file.path, line, `${text} outside ${hostFile}`);
        if (text === 'process.platform') {
          report(file.path, line, `the platform is asked outside ${hostFile}`);
        }
      }
      for (const { line, from } of readSource(file).imports) {
        if (from === 'node:module') report(file.path, line, `${from} outside ${hostFile}`);
      }
    }
  },
};

const examplesRule = {
  name: 'examples-use-the-surface',
  source: 'ARCHITECTURE.md: lib/internal is never exported',
  check(project, report) {
    for (const file of project.matching(/^examples\/.*\.ts$/)) {
      for (const { line, from } of readSource(file).imports) {
        if (from.includes('/internal/')) report(file.path, line, `${from} is no public surface`);
      }
    }
  },
};

const functionRule = {
  name: 'function-length',
  source: 'CONTRIBUTING.md, review: a function has at most 60 lines',
  check(project, report) {
    for (const file of project.matching(libCode)) {
      for (const { name, line, length } of readSource(file).functions) {
        if (length > 60) report(file.path, line, `${name} has ${length} lines`, name);
      }
    }
  },
};

const titleRule = {
  name: 'test-titles',
  source: 'CONTRIBUTING.md, tests: a title is a sentence that says what happens',
  check(project, report) {
    for (const file of project.matching(testCode)) {
      for (const { line, title } of readSource(file).testCalls) {
        if (/\bshould\b/i.test(title)) report(file.path, line, `"should" in ${title}`);
      }
    }
    for (const { path: native, text } of project.matching(/^test\/native\/.*\.cc$/)) {
      for (const [index, line] of text.split('\n').entries()) {
        if (/^TEST\(.*Should/.test(line)) report(native, index + 1, `"should" in ${line}`);
      }
    }
  },
};

const skipRule = {
  name: 'silent-skip',
  source: 'CONTRIBUTING.md, tests: nothing is skipped without a printed reason',
  check(project, report) {
    const focused = /^(f|x)|\.(only|skip|todo|failing)\b/;
    for (const file of project.matching(/^(test|scripts)\/.*\.(ts|mts|mjs)$/)) {
      if (file.path === 'test/support/skip.ts') continue;
      for (const { line, chain } of readSource(file).testCalls) {
        if (focused.test(chain)) {
          report(file.path, line, `${chain}: use skipUnless of support/skip.ts`);
        }
      }
    }
  },
};

export const libRules = [libLayerRule, loaderRule, examplesRule, functionRule, titleRule, skipRule];
