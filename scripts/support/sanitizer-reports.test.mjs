import assert from 'node:assert/strict';
import test from 'node:test';
import { findingsIn } from './sanitizer-reports.mjs';

const leak = frame => `Direct leak of 8 byte(s) in 1 object(s) allocated from:
    #0 0x7f in operator new (/lib/libasan.so)
    #1 0x7f in ${frame}`;
const leaks = (...frames) =>
  `==1==ERROR: LeakSanitizer: detected memory leaks\n\n${frames.map(leak).join('\n\n')}\n\nSUMMARY: x\n`;

test('a leak counts when the addon allocated it', () => {
  const ours = 'Loop::Open (/x/build/sanitize/socket_async_event_args.node+0x1)';
  const nodes = 'v8::NewContext (/usr/bin/node+0xef94fc)';
  assert.deepEqual(findingsIn(leaks(nodes)), []);
  assert.deepEqual(findingsIn(leaks(nodes, ours, nodes)), [leak(ours)]);
  assert.equal(findingsIn(leaks('(<unknown module>)')).length, 1);
});

test('everything that is no leak counts', () => {
  const error = '==1==ERROR: AddressSanitizer: heap-use-after-free\n  #0 in node\n';
  assert.deepEqual(findingsIn(error), [error]);
  assert.equal(findingsIn('loop.cc:3:1: runtime error: signed integer overflow\n').length, 1);
  assert.deepEqual(findingsIn(''), []);
});
