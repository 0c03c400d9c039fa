import assert from 'node:assert/strict';
import test from 'node:test';
import { findingsIn } from './sanitizer-reports.mjs';

const addon = 'in Loop::Open /x/loop.cc:3 (/x/build/sanitize/socket_async_event_args.node+0x1)';
const node = 'in napi_create_external (/usr/bin/node+0xc50413)';
const compiled = 'in (null) (<unknown module>)';

const leak = (...frames) =>
  ['in operator new (/lib/libasan.so.8+0xb94c8)', ...frames]
    .map((frame, index) => `    #${index} ${frame}`)
    .join('\n')
    .replace(/^/, 'Direct leak of 8 byte(s) in 1 object(s) allocated from:\n');

const leaks = (...blocks) =>
  `==1==ERROR: LeakSanitizer: detected memory leaks\n\n${blocks.join('\n\n')}\n\nSUMMARY: x\n`;

test('a leak counts when the addon allocated it', () => {
  assert.deepEqual(findingsIn(leaks(leak(node), leak(addon, node))), [leak(addon, node)]);
  const byWayOfLibrary = leak('in std::string::_M_create (/lib/libstdc++.so.6+0x1)', addon);
  assert.deepEqual(findingsIn(leaks(byWayOfLibrary)), [byWayOfLibrary]);
  assert.deepEqual(findingsIn(leaks(leak(compiled))), [leak(compiled)]);
});

test('a leak of node does not count, whoever called node', () => {
  assert.deepEqual(findingsIn(leaks(leak(node, addon), leak(node, compiled))), []);
});

test('everything that is no leak counts', () => {
  const error = '==1==ERROR: AddressSanitizer: heap-use-after-free\n  #0 in node\n';
  assert.deepEqual(findingsIn(error), [error]);
  assert.equal(findingsIn('loop.cc:3:1: runtime error: signed integer overflow\n').length, 1);
  assert.deepEqual(findingsIn(''), []);
});
