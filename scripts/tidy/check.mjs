// Runs the rules over a project, and takes out what is allowed by name.

import { libRules } from './lib-rules.mjs';
import { nativeRules } from './native-rules.mjs';
import { projectRules } from './project-rules.mjs';

export const rules = [...nativeRules, ...libRules, ...projectRules];

/**
 * [{ rule, source, path, line, message }], sorted by place. `allowed` is the content of
 * allowed.json: [{ rule, path, name?, record }], where record is the decision that argues for it.
 */
export function check(project, allowed = []) {
  const found = [];
  const used = new Set();
  for (const rule of rules) {
    rule.check(project, (path, line, message, name) => {
      const exception = allowed.find(
        entry =>
          entry.rule === rule.name && entry.path === path && (!entry.name || entry.name === name),
      );
      if (exception) used.add(exception);
      else found.push({ rule: rule.name, source: rule.source, path, line, message });
    });
  }
  found.push(...badExceptions(project, allowed, used));
  return found.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

// An exception must be argued for, and must go when its reason goes.
function badExceptions(project, allowed, used) {
  const report = (entry, message) => ({
    rule: 'exceptions',
    source: 'docs/decisions/0001 (we keep decision records)',
    path: 'scripts/tidy/allowed.json',
    line: 1,
    message: `${entry.rule} for ${entry.path}: ${message}`,
  });
  return allowed.flatMap(entry => {
    if (!/^docs\/decisions\/\d{4}-/.test(entry.record ?? '')) {
      return [report(entry, 'names no decision record')];
    }
    if (!project.has(entry.record)) return [report(entry, `${entry.record} does not exist`)];
    return used.has(entry) ? [] : [report(entry, 'is not needed any more')];
  });
}
