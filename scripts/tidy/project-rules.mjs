// Rules about all files.

import { anyCode, forEachMatch } from './project.mjs';

// Spelled in pieces, as these files are looked at too.
const marker = new RegExp(`\\b(${['FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`, 'g');
const todo = new RegExp(`\\b${'TO' + 'DO'}\\b(?!\\s*\\(?#\\d+)`, 'g');

const markerRule = {
  name: 'markers',
  source: 'CONTRIBUTING.md: fix it, or open an issue and name it as TO' + 'DO(#12)',
  check(project, report) {
    for (const { path, text } of project.matching(anyCode)) {
      forEachMatch(text, marker, (line, [found]) => report(path, line, `${found} left behind`));
      forEachMatch(text, todo, (line, [found]) => report(path, line, `${found} without an issue`));
    }
  },
};

const sizeRule = {
  name: 'file-size',
  source: 'CONTRIBUTING.md: no file over 250 kB',
  check(project, report) {
    for (const { path, bytes } of project.files) {
      if (bytes > 250_000) report(path, 1, `has ${Math.ceil(bytes / 1000)} kB`);
    }
  },
};

const publishedRule = {
  name: 'published-files',
  source: 'package.json, files',
  check(project, report) {
    const text = project.text('package.json');
    if (text === undefined) return;
    const built = /^(dist|prebuilds)(\/|$)/;
    for (const path of JSON.parse(text).files ?? []) {
      if (!built.test(path) && !project.has(path) && !project.hasUnder(path)) {
        report('package.json', lineOf(text, path), `publishes ${path}, which does not exist`);
      }
    }
  },
};

function lineOf(text, value) {
  return text.slice(0, text.indexOf(JSON.stringify(value))).split('\n').length;
}

// A path of somebody's machine, or a host that only this network's settings choose.
const places = [
  /(?<![\w.@~/-])\/(?:root|work|home\/\w+|Users\/\w+)\//g,
  /\b[A-Z]:\\\\?Users\\/g,
  /\bregistry\.[\w-]+\.(?:org|com|io|net|dev)\b/g,
  /\b(?:pypi|files\.pythonhosted|deb\.debian|security\.debian|archive\.ubuntu)\.(?:org|com)\b/g,
];

const placeRule = {
  name: 'private-places',
  source: 'CONTRIBUTING.md: the tree names no machine and no registry',
  check(project, report) {
    for (const { path, text } of project.files) {
      for (const pattern of places) {
        forEachMatch(text, pattern, (line, [found]) => report(path, line, `names ${found}`));
      }
    }
  },
};

export const projectRules = [markerRule, sizeRule, publishedRule, placeRule];
