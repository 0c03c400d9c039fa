import assert from 'node:assert/strict';
import test from 'node:test';
import { renderResults, withResults, withRun } from './platforms.mjs';

const row = (platform, node, how = '', skipped = []) => ({
  platform,
  node,
  how,
  passed: 10,
  failed: 0,
  skipped,
});
const runOf = (platform, node, how, result) => ({ platform, node, how, result });
const result = { passed: 9, failed: 1, skipped: ['b', 'a'] };

const begin = '<!-- results: written by `npm run test:matrix -- --write` -->';
const end = '<!-- end of results -->';

test('a run takes the place of the one of the same platform, node and kind', () => {
  const before = [row('linux-arm64', '20.1.0', 'under qemu'), row('linux-x64', '20.1.0')];
  const after = withRun(before, runOf('linux-x64', '20.1.0', '', result));
  assert.deepEqual(after, [before[0], { ...before[1], passed: 9, failed: 1, skipped: ['a', 'b'] }]);
});

test('a run of another kind or another node stands beside what is known', () => {
  const before = [row('linux-x64', '20.1.0')];
  const places = rows => rows.map(({ node, how }) => `${node} ${how}`.trim());
  const emulated = withRun(before, runOf('linux-x64', '20.1.0', 'under qemu', result));
  assert.deepEqual(places(emulated), ['20.1.0', '20.1.0 under qemu']);
  const newer = withRun(before, runOf('linux-x64', '22.1.0', '', result));
  assert.deepEqual(places(newer), ['20.1.0', '22.1.0']);
});

test('runs are in the order of platforms and of versions, not of digits', () => {
  const runs = ['24.1.0', '8.1.0', '20.11.1'].map(node => runOf('linux-x64', node, '', result));
  const rows = [runOf('darwin-x64', '22.0.0', '', result), ...runs].reduce(withRun, []);
  assert.deepEqual(
    rows.map(({ platform, node }) => `${platform} ${node}`),
    ['darwin-x64 22.0.0', 'linux-x64 8.1.0', 'linux-x64 20.11.1', 'linux-x64 24.1.0'],
  );
});

test('what is known is left as it was', () => {
  const before = Object.freeze([row('linux-x64', '20.1.0')]);
  withRun(before, runOf('linux-x64', '20.1.0', '', result));
  assert.equal(before[0].passed, 10);
});

test('the table has a row for each run, and says where a test was skipped', () => {
  const text = renderResults([
    row('linux-arm64', '20.1.0', 'under qemu', ['needs <threads>']),
    row('linux-x64', '20.1.0'),
    row('linux-x64', '22.1.0', '', ['needs <threads>']),
  ]);
  const [, , ...lines] = text.split('\n');
  assert.deepEqual(lines.slice(0, 3), [
    '| linux-arm64 | 20.1.0 | under qemu | 10 | 0 | 1 |',
    '| linux-x64 | 20.1.0 |  | 10 | 0 | 0 |',
    '| linux-x64 | 22.1.0 |  | 10 | 0 | 1 |',
  ]);
  assert.equal(lines.at(-1), '- needs \\<threads\\> (linux-arm64 under qemu, linux-x64)');
});

test('a table without skipped tests has no list below it', () => {
  assert.doesNotMatch(renderResults([row('linux-x64', '20.1.0')]), /Skipped, with/);
});

test('the table takes its place in the document, and nothing else moves', () => {
  const document = `before\n\n${begin}\n\nold\n\n${end}\n\nafter\n`;
  const once = withResults(document, [row('linux-x64', '20.1.0')]);
  assert.ok(once.startsWith(`before\n\n${begin}\n\n| platform`));
  assert.ok(once.endsWith(`${end}\n\nafter\n`));
  assert.doesNotMatch(once, /old/);
  assert.equal(withResults(once, [row('linux-x64', '20.1.0')]), once);
});

test('a document without a place for the table is refused', () => {
  for (const document of ['nothing', begin, `${end} ${begin}`]) {
    assert.throws(() => withResults(document, []), /has no place/);
  }
});
