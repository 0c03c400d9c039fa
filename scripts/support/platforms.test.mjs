import assert from 'node:assert/strict';
import test from 'node:test';
import { renderResults, renderSkipped, withResults, withRun } from './platforms.mjs';

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

const begin = '<!-- results: written by scripts/support/platforms.mjs -->';
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

test('the table has a row for each run', () => {
  const text = renderResults([
    row('linux-arm64', '20.1.0', 'under qemu', ['one', 'two']),
    row('linux-x64', '20.1.0'),
  ]);
  const [, , ...lines] = text.split('\n');
  assert.deepEqual(lines, [
    '| linux-arm64 | 20.1.0 | under qemu | 10 | 0 | 2 |',
    '| linux-x64 | 20.1.0 |  | 10 | 0 | 0 |',
  ]);
});

test('the page of skipped tests has each reason once, and says where', () => {
  const text = renderSkipped([
    row('linux-arm64', '20.1.0', 'under qemu', ['it runs [skipped: needs <threads>]']),
    row('linux-arm64', '22.1.0', 'under qemu', ['it runs [skipped: needs <threads>]']),
    row('linux-x64', '22.1.0', '', ['it runs [skipped: needs <threads>]', 'it waits']),
  ]);
  assert.ok(
    text.endsWith(`
## needs \\<threads\\>

- it runs (linux-arm64 under qemu; linux-x64)

## no reason given

- it waits (linux-x64)
`),
  );
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
