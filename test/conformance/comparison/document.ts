// Writes docs/conformance.md: from what .NET's classes have (reference/members.json), what ours
// have, what the scenarios use of it, and the named differences.
//
//   node dist/test/conformance/comparison/document.js            writes it
//   node dist/test/conformance/comparison/document.js --check    fails if it is not up to date

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import * as api from 'socket-async-event-args';

import { scenarios } from '../scenarios/index.js';
import { explanations } from './differences.js';
import { referenceFolder } from './dotnet.js';
import { differsInForm, notOffered } from './offered.js';
import { shownAlways } from './snapshots.js';

type MembersOfClasses = Readonly<Record<string, Readonly<Record<string, number>>>>;

const root = resolve(referenceFolder, '../../..');
const file = join(root, 'docs/conformance.md');

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** .NET's name as ours: `OSSupportsIPv4` is `osSupportsIPv4`. */
function ourName(name: string): string {
  const head = /^(?:OS|IO|IP)(?=[A-Z])|^./.exec(name)?.[0] ?? '';
  return head.toLowerCase() + name.slice(head.length);
}

/** All names that our classes have, on objects and on themselves. */
function ourMembers(type: string): ReadonlySet<string> {
  const found = new Set<string>();
  const constructor = (api as Record<string, unknown>)[type];
  if (typeof constructor !== 'function') return found;
  for (let at: unknown = constructor; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const { prototype } = at as { prototype: object | undefined };
    if (prototype === undefined) break;
    for (const each of [at as object, prototype]) {
      for (const name of Object.getOwnPropertyNames(each)) found.add(name);
    }
  }
  // Exceptions have what they carry as fields.
  if (type.endsWith('Exception')) {
    for (const name of Object.keys(new api.SocketException(0))) found.add(name);
  }
  return found;
}

/** How often the scenarios name a member. */
function countUses(): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const note = (name: string): void => void uses.set(name, (uses.get(name) ?? 0) + 1);
  for (const { steps } of scenarios) {
    const text = JSON.stringify(steps);
    const names = new Set([...text.matchAll(/"(\w+)"|\.(\w+)"/g)].map(m => m[1] || m[2]));
    for (const name of names) note(name);
  }
  return uses;
}

interface Row {
  readonly name: string;
  readonly status: 'same' | 'differs' | 'not offered' | 'not yet';
  readonly remark: string;
}

function rowOf(type: string, name: string, ours: ReadonlySet<string>): Row {
  const full = `${type}.${name}`;
  if (full in notOffered) return { name, status: 'not offered', remark: notOffered[full] };
  const has = name === 'new' ? ours.has('prototype') : findsOurs(name, ours);
  if (!has) return { name, status: 'not yet', remark: '' };
  if (full in differsInForm) return { name, status: 'differs', remark: differsInForm[full] };
  return { name, status: 'same', remark: '' };
}

function findsOurs(name: string, ours: ReadonlySet<string>): boolean {
  if (name === 'Completed') return true;
  if (name === 'Item') return ours.has('get') && ours.has('set');
  return ours.has(ourName(name)) || ours.has(name);
}

function usesOf(type: string, name: string, uses: ReadonlyMap<string, number>): string {
  const ours = ourName(name);
  const always: Readonly<Record<string, readonly string[] | undefined>> = shownAlways;
  if (always[type]?.includes(ours) === true) return 'all';
  const count = uses.get(name === 'new' ? type : ours) ?? 0;
  return count === 0 ? '–' : String(count);
}

function tableOf(type: string, members: Readonly<Record<string, number>>): string[] {
  const ours = ourMembers(type);
  const uses = countUses();
  const rows = Object.keys(members).map(name => rowOf(type, name, ours));
  return [
    `### ${type}`,
    '',
    '| member | here | scenarios | remark |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ name, status, remark }) =>
        `| \`${name}\` | ${status} | ${usesOf(type, name, uses)} | ${remark} |`,
    ),
    '',
  ];
}

/** Row ids in the titles of tests and the names of scenarios. */
function coveredRows(): ReadonlySet<string> {
  const folder = join(root, 'test');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const text = files
    .filter(each => /\.(ts|cc)$/.test(each))
    .map(each => readFileSync(join(folder, each), 'utf8'))
    .join('\n');
  return new Set([...text.matchAll(/\b[A-Z]-\d{3}[a-z]?\b/g)].map(([id]) => id));
}

function rowsSection(): string[] {
  const { applicable, notApplicable } = read(join(root, 'test/conformance/rows.json')) as {
    applicable: string[];
    notApplicable: Record<string, string>;
  };
  const covered = coveredRows();
  const missing = applicable.filter(id => !covered.has(id));
  return [
    '## Rows',
    '',
    `The conformance cases have ${applicable.length} rows that apply here; tests and scenarios carry the ids of ${applicable.length - missing.length} of them.`,
    '',
    missing.length === 0 ? '' : `Without a test: ${missing.join(', ')}.\n`,
    `Not applicable: ${Object.entries(notApplicable)
      .map(([id, why]) => `${id} (${why})`)
      .join(', ')}.`,
    '',
  ];
}

function document(): string {
  const members = read(join(referenceFolder, 'members.json')) as MembersOfClasses;
  return [
    '# Conformance with .NET',
    '',
    '<!-- Written by test/conformance/comparison/document.ts; `npm run conformance:docs` renews it. -->',
    '',
    `Scenarios are data: sockets, event args and steps. .NET (10, on Linux) and this package perform the same ones, and everything that a caller can see is compared: ${scenarios.length} that are written by hand, and as many random ones as one likes, from seeds. [test/conformance/README.md](../test/conformance/README.md) says how.`,
    '',
    '## Differs',
    '',
    'Where ours answers otherwise than .NET on Linux. Everything else that the scenarios show is the same.',
    '',
    ...explanations.map(({ name, reason }) => `- **${name}**: ${reason}`),
    '',
    '## Members',
    '',
    'Names are .NET’s, in camelCase here. _Scenarios_ says in how many of those written by hand a member is named; _all_ means that every one looks at it after each step.',
    '',
    ...Object.entries(members).flatMap(([type, each]) => tableOf(type, each)),
    ...rowsSection(),
  ].join('\n');
}

async function main(): Promise<void> {
  // As a string: prettier is JavaScript, and formats what is committed.
  const { format } = (await import('prettier')) as {
    format: (text: string, options: object) => Promise<string>;
  };
  const text = await format(document(), { parser: 'markdown', printWidth: 100 });
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/conformance.md is not up to date: npm run conformance:docs');
    process.exitCode = 1;
  }
}

void main();
