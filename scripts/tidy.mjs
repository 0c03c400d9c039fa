// `npm run tidy`: the layers, and what no other tool checks. Each finding names its rule and the
// document that the rule comes from; exceptions stand in tidy/allowed.json, each with the decision
// record that argues for it.

import fs from 'node:fs';
import { inRoot, projectFiles } from './support/paths.mjs';
import { check, rules } from './tidy/check.mjs';
import { makeProject } from './tidy/project.mjs';

function read(file) {
  const content = fs.readFileSync(inRoot(file));
  const binary = content.subarray(0, 8000).includes(0);
  return binary ? { bytes: content.length } : content.toString('utf8');
}

const project = makeProject(Object.fromEntries(projectFiles().map(file => [file, read(file)])));
const allowed = JSON.parse(fs.readFileSync(inRoot('scripts/tidy/allowed.json'), 'utf8'));
const found = check(project, allowed);
for (const { path, line, message, rule, source } of found) {
  process.stdout.write(`${path}:${line}: ${message}  [${rule}; ${source}]\n`);
}
const names = new Set(rules.map(rule => rule.name)).size;
const verdict = found.length === 0 ? 'clean' : `${found.length} findings`;
process.stdout.write(`tidy: ${names} rules, ${project.files.length} files: ${verdict}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
