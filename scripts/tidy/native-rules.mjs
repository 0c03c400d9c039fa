// Rules about native/.

import { mutableGlobals, outline, stripNoise } from './cpp.mjs';
import { countLines, folderOf, forEachMatch, nativeCode } from './project.mjs';
import { layerTable, nativeLayers, nodeHeaders, platformMacros, systemFolder } from './tables.mjs';

const includes = /^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]/gm;

/** What kind of thing an include names: one of our folders, or a family of headers. */
function classify(path, quote, name) {
  if (quote === '"') {
    return { own: name.includes('/') ? `native/${folderOf(name)}` : folderOf(path) };
  }
  if (nodeHeaders.includes(name)) return { family: 'node' };
  if (/^uv(\.h$|\/)/.test(name)) return { family: 'uv' };
  return { family: name.includes('.') || name.includes('/') ? 'system' : 'standard' };
}

function layerOf(path) {
  const folder = folderOf(path);
  const holds = layer => layer.folder !== 'native' && folder.startsWith(`${layer.folder}/`);
  return nativeLayers.find(layer => folder === layer.folder || holds(layer));
}

/** Linux is POSIX too. */
function isSameSystem(path, folder) {
  const own = systemFolder.exec(path)?.[1];
  const system = systemFolder.exec(folder)?.[1];
  return system === own || (system === 'posix' && own === 'linux');
}

function allows(layer, path, kind, name) {
  if (layer.also?.includes(name)) return true;
  if (layer.uvIn?.test(path) && kind.family === 'uv') return true;
  if (kind.family === 'standard' && layer.standard) return layer.standard.includes(name);
  if (kind.family) return layer.families.includes(kind.family);
  const folder = kind.own;
  if (systemFolder.test(folder)) return isSameSystem(path, folder);
  return folder === layer.folder || layer.folders.includes(folder);
}

const nativeLayerRule = {
  name: 'native-layers',
  source: layerTable,
  check(project, report) {
    for (const { path, text } of project.matching(nativeCode)) {
      const layer = layerOf(path);
      if (!layer) {
        report(path, 1, `${folderOf(path)} is not in the table of layers`);
        continue;
      }
      forEachMatch(text, includes, (line, [, quote, name]) => {
        if (!allows(layer, path, classify(path, quote, name), name)) {
          report(path, line, `${layer.folder} may not include ${name}`);
        }
      });
    }
  },
};

const platformRule = {
  name: 'platform',
  source: layerTable,
  check(project, report) {
    const pattern = new RegExp(
      `^[ \\t]*#[ \\t]*(?:el)?if.*\\b(${platformMacros.join('|')})\\b`,
      'gm',
    );
    for (const { path, text } of project.matching(nativeCode)) {
      if (path.startsWith('native/os/')) continue;
      forEachMatch(text, pattern, (line, [, macro]) =>
        report(path, line, `${macro} is asked outside native/os`),
      );
    }
  },
};

const globalsRule = {
  name: 'mutable-global',
  source: 'docs/decisions/0008 (several environments in one process)',
  check(project, report) {
    for (const { path, text } of project.matching(nativeCode)) {
      for (const { line, text: what } of mutableGlobals(text)) {
        report(path, line, `outlives the environment and can change: ${what}`);
      }
    }
  },
};

const entryRule = {
  name: 'javascript-entry',
  source: 'ARCHITECTURE.md, invariants: only drain.cc enters JavaScript; never the default loop',
  check(project, report) {
    for (const { path, text } of project.matching(nativeCode)) {
      const code = stripNoise(text);
      const enters = /\b(napi_make_callback|napi_call_function|MakeCallback)\b/g;
      if (path !== 'native/binding/drain.cc') {
        forEachMatch(code, enters, (line, [, name]) =>
          report(path, line, `${name} outside drain.cc`),
        );
      }
      forEachMatch(code, /\buv_default_loop\b/g, line =>
        report(path, line, 'uv_default_loop belongs to the main thread alone'),
      );
    }
  },
};

const functionRule = {
  name: 'function-length',
  source: 'CONTRIBUTING.md, review: a function has at most 60 lines',
  check(project, report) {
    for (const { path, text } of project.matching(nativeCode)) {
      for (const { name, line, length } of outline(text).functions) {
        if (length > 60) report(path, line, `${name} has ${length} lines`, name);
      }
    }
  },
};

const sourcesRule = {
  name: 'sources-listed',
  source: 'ARCHITECTURE.md: one list of native files for both builds',
  check(project, report) {
    const list = 'native/sources.gypi';
    if (!project.hasUnder('native')) return;
    let variables;
    try {
      variables = JSON.parse(project.text(list)).variables;
    } catch {
      report(list, 1, 'is not strict JSON, which CMake needs');
      return;
    }
    const where = path => systemFolder.exec(path)?.[1] ?? 'common';
    const lists = Object.entries(variables).filter(([key]) => !key.includes('defin'));
    const listed = lists.flatMap(([key, paths]) => paths.map(path => ({ key, path })));
    for (const [index, { key, path }] of listed.entries()) {
      if (!project.has(path)) report(list, 1, `${path} does not exist`);
      else if (where(path) !== key) report(list, 1, `${path} belongs under "${where(path)}"`);
      if (listed.findIndex(other => other.path === path) !== index) {
        report(list, 1, `${path} twice`);
      }
    }
    for (const { path } of project.matching(/^native\/.*\.cc$/)) {
      if (!listed.some(other => other.path === path)) report(path, 1, `is not listed in ${list}`);
    }
  },
};

const lengthRule = {
  name: 'file-length',
  source: 'CONTRIBUTING.md, review: a file has at most 300 lines (scripts: 200)',
  check(project, report) {
    for (const { path, text } of project.matching(
      /^(lib|native|scripts)\/.*\.(cc|h|[cm]?ts|mjs)$/,
    )) {
      const most = path.startsWith('scripts/') ? 200 : 300;
      const lines = countLines(text);
      if (lines > most && !path.endsWith('.test.mjs')) report(path, most + 1, `has ${lines} lines`);
    }
  },
};

export const nativeRules = [
  nativeLayerRule,
  platformRule,
  globalsRule,
  entryRule,
  functionRule,
  sourcesRule,
  lengthRule,
];
