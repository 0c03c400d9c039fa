// Each rule of tidy is shown a bad sample, on which it fires, and a good one, on which it does not.
// Words and paths that tidy forbids are put together from pieces here, as tidy reads this file too.

import assert from 'node:assert/strict';
import test from 'node:test';
import { check, rules } from './tidy/check.mjs';
import { outline } from './tidy/cpp.mjs';
import { makeProject } from './tidy/project.mjs';

const sources = (...common) => JSON.stringify({ variables: { common, posix: [], win: [] } });

/** The names of the rules that fire, with their lines: ['rule:3', …]. */
function firing(files, allowed) {
  const listed = Object.keys(files).filter(path => /^native\/.*\.cc$/.test(path));
  const withList =
    listed.length === 0 ? files : { 'native/sources.gypi': sources(...listed), ...files };
  return check(makeProject(withList), allowed).map(found => `${found.rule}:${found.line}`);
}

const samples = [
  // Layers of native.
  [
    'native-layers',
    { 'native/abi/a.h': '#include <vector>\n' },
    { 'native/abi/a.h': '#include <cstdint>\n' },
  ],
  [
    'native-layers',
    { 'native/engine/a.h': '#include "os/x.h"\n' },
    { 'native/engine/a.h': '#include <uv.h>\n#include "abi/abi.h"\n' },
  ],
  [
    'native-layers',
    { 'native/engine/a.h': '#include <sys/socket.h>\n' },
    { 'native/engine/a.h': '#include <memory>\n#include "b.h"\n' },
  ],
  [
    'native-layers',
    { 'native/engine/a.h': '#include <napi.h>\n' },
    { 'native/binding/a.h': '#include <napi.h>\n' },
  ],
  [
    'native-layers',
    { 'native/os/a.h': '#include <uv.h>\n' },
    { 'native/os/a.h': '#include <sys/socket.h>\n' },
  ],
  [
    'native-layers',
    { 'native/os/posix/a.h': '#include "os/win/b.h"\n' },
    { 'native/os/posix/a.h': '#include "os/b.h"\n#include "os/posix/c.h"\n' },
  ],
  [
    'native-layers',
    { 'native/os/elsewhere/a.h': '#include "os/linux/b.h"\n' },
    { 'native/os/linux/a.h': '#include "os/linux/b.h"\n#include "os/posix/c.h"\n' },
  ],
  [
    'native-layers',
    { 'native/engine/a.h': '#include "engine/linux/b.h"\n' },
    { 'native/engine/linux/a.h': '#include "os/event_set.h"\n#include "engine/uv/c.h"\n' },
  ],
  [
    'native-layers',
    { 'native/socket/a.h': '#include "os/posix/b.h"\n' },
    { 'native/socket/a.h': '#include "os/b.h"\n#include "engine/c.h"\n' },
  ],
  [
    'native-layers',
    { 'native/socket/a.h': '#include <uv.h>\n' },
    { 'native/binding/environment.h': '#include <uv.h>\n' },
  ],
  [
    'native-layers',
    { 'native/binding/a.h': '#include <uv.h>\n' },
    { 'native/binding/a.h': '#include "socket/b.h"\n' },
  ],
  [
    'native-layers',
    { 'native/binding/a.h': '#include "os/socket_ops.h"\n' },
    { 'native/binding/a.h': '#include "os/page_block.h"\n' },
  ],
  ['native-layers', { 'native/utils/a.h': '' }, { 'native/addon.h': '#include "binding/b.h"\n' }],
  // Layers of lib.
  [
    'lib-layers',
    { 'lib/a.ts': "import net from 'node:net';" },
    { 'lib/a.ts': "import dns from 'node:dns';" },
  ],
  [
    'lib-layers',
    { 'lib/a.ts': "export * from 'dgram';" },
    { 'lib/a.ts': "export * from './enums/b';" },
  ],
  [
    'lib-layers',
    { 'lib/a.ts': "import x from 'left-pad';" },
    { 'lib/a.ts': "import x from './internal/b';" },
  ],
  [
    'lib-layers',
    { 'lib/internal/a.ts': "import { Socket } from '../socket';" },
    { 'lib/internal/a.ts': "import type { Socket } from '../socket';" },
  ],
  [
    'lib-layers',
    { 'lib/internal/a.ts': "import { type A, B } from '../socket';" },
    { 'lib/internal/a.ts': "import { type A } from '../socket';" },
  ],
  [
    'lib-layers',
    { 'lib/endpoints/a.ts': "import { x } from '../internal/slots.js';" },
    { 'lib/endpoints/a.ts': "import { x } from '../internal/validate.js';" },
  ],
  [
    'lib-layers',
    { 'lib/endpoints/a.ts': "import { x } from '../options/b.js';" },
    { 'lib/internal/a.ts': "import { x } from '../endpoints/b.js';" },
  ],
  [
    'lib-layers',
    { 'lib/enums/a.ts': "import '../errors/b';" },
    { 'lib/errors/a.ts': "import '../enums/b';" },
  ],
  [
    'lib-layers',
    { 'lib/a.ts': "import { x } from '../test/x';" },
    { 'lib/a.ts': "import { x } from './endpoints/x';" },
  ],
  [
    'lib-layers',
    { 'lib/a.ts': "import { x } from './index';" },
    { 'lib/index.mts': "export * from './index.js';" },
  ],
  ['lib-layers', { 'lib/utils/a.ts': '' }, { 'lib/options/a.ts': '' }],
  [
    'lib-layers',
    { 'lib/a.ts': "require('./x.node');" },
    { 'lib/internal/host.ts': "require('./x.node');" },
  ],
  [
    'addon-loader',
    { 'lib/a.ts': "import { createRequire } from 'node:module';" },
    { 'lib/internal/host.ts': "import 'node:module';" },
  ],
  [
    'addon-loader',
    { 'lib/a.ts': 'if (process.platform) {}' },
    { 'lib/internal/host.ts': 'if (process.platform) {}' },
  ],
  [
    'examples-use-the-surface',
    { 'examples/a.ts': "import '../lib/internal/b';" },
    { 'examples/a.ts': "import '../lib/index';" },
  ],
  // Native code.
  [
    'platform',
    { 'native/engine/a.h': '#ifdef _WIN32\n#endif\n' },
    { 'native/os/a.h': '#ifdef _WIN32\n#endif\n' },
  ],
  [
    'platform',
    { 'native/engine/a.h': '#if defined(__linux__)\n#endif\n' },
    { 'native/engine/a.h': '#ifndef A_H\n#endif // _WIN32\n'.replace(' // _WIN32', '') },
  ],
  [
    'mutable-global',
    { 'native/engine/a.h': 'static int count = 0;\n' },
    { 'native/engine/a.h': 'static int Count();\nstatic constexpr int kMax = 1;\n' },
  ],
  [
    'mutable-global',
    { 'native/engine/a.h': 'namespace a {\nstd::vector<int> all;\n}\n' },
    {
      'native/engine/a.h':
        'namespace a {\nclass B;\nusing C = int;\nint F(int);\nconst char* const kName = "x";\n}\n',
    },
  ],
  [
    'mutable-global',
    { 'native/engine/a.h': 'void F() {\n  static const char* last;\n}\n' },
    {
      'native/engine/a.h':
        'void F() {\n  int local;\n  static_assert(true);\n  auto x = static_cast<int>(1);\n}\n',
    },
  ],
  [
    'javascript-entry',
    { 'native/binding/a.h': 'napi_make_callback(env);\n' },
    { 'native/binding/a.h': '// napi_make_callback\n' },
  ],
  [
    'javascript-entry',
    { 'native/engine/a.h': 'uv_default_loop();\n' },
    { 'native/engine/a.h': 'uv_poll_stop();\n' },
  ],
  [
    'function-length',
    { 'native/engine/a.h': `int F() {\n${'  x();\n'.repeat(60)}}\n` },
    { 'native/engine/a.h': `int F() {\n${'  x();\n'.repeat(58)}}\n` },
  ],
  [
    'function-length',
    { 'lib/a.ts': `function f() {\n${'  x();\n'.repeat(60)}}\n` },
    { 'lib/a.ts': `function f() {\n${'  x();\n'.repeat(58)}}\n` },
  ],
  ['file-length', { 'lib/a.ts': '//\n'.repeat(301) }, { 'lib/a.ts': '//\n'.repeat(300) }],
  ['file-length', { 'scripts/a.mjs': '//\n'.repeat(201) }, { 'scripts/a.mjs': '//\n'.repeat(200) }],
  [
    'sources-listed',
    { 'native/sources.gypi': sources(), 'native/engine/a.cc': '' },
    { 'native/engine/a.cc': '' },
  ],
  [
    'sources-listed',
    { 'native/sources.gypi': sources('native/engine/gone.cc') },
    { 'native/sources.gypi': sources() },
  ],
  ['sources-listed', { 'native/os/posix/a.cc': '' }, { 'native/os/a.cc': '' }],
  ['sources-listed', { 'native/engine/linux/a.cc': '' }, { 'native/engine/uv/a.cc': '' }],
  [
    'sources-listed',
    { 'native/sources.gypi': "{ 'variables': {} }" },
    { 'native/sources.gypi': sources() },
  ],
  // Tests.
  [
    'test-titles',
    { 'test/unit/a.test.ts': "test('it should work', f);" },
    { 'test/unit/a.test.ts': "test('works', () => say('should'));" },
  ],
  [
    'test-titles',
    { 'test/unit/a.test.ts': 'it.each([1])(`${x} should`, f);' },
    { 'test/unit/a.test.ts': 'it.each([1])(`${x} does`, f);' },
  ],
  [
    'test-titles',
    { 'test/native/a_test.cc': 'TEST(ShouldClose) {}' },
    { 'test/native/a_test.cc': 'TEST(Closes) {}' },
  ],
  [
    'silent-skip',
    { 'test/unit/a.test.ts': "test.only('a', f);" },
    { 'test/unit/a.test.ts': "list.skip(3); test('a', f);" },
  ],
  [
    'silent-skip',
    { 'test/unit/a.test.ts': "describe.skip.each([1])('a', f);" },
    { 'test/support/skip.ts': "test.skip('a', f);" },
  ],
  [
    'silent-skip',
    { 'test/unit/a.test.ts': "xit('a', f);" },
    { 'test/unit/a.test.ts': "exit('a', f);" },
  ],
  // All files.
  ['markers', { 'lib/a.ts': `// ${'FIX' + 'ME'} later` }, { 'lib/a.ts': '// fixed' }],
  [
    'markers',
    { 'lib/a.ts': `// ${'TO' + 'DO'} later` },
    { 'lib/a.ts': `// ${'TO' + 'DO'}(#12): later` },
  ],
  ['file-size', { 'docs/a.png': { bytes: 250_001 } }, { 'docs/a.png': { bytes: 250_000 } }],
  [
    'published-files',
    { 'package.json': '{"files":["dist/lib","gone.md"]}' },
    { 'package.json': '{"files":["dist/lib","lib"]}', 'lib/a.ts': '' },
  ],
  [
    'private-places',
    { 'docs/a.md': `see ${'/ro' + 'ot'}/x` },
    { 'docs/a.md': 'see native/root/x and the/work/done' },
  ],
  [
    'private-places',
    { 'a.json': `"https://${'registry.' + 'example.org'}/x"` },
    { 'a.ts': 'this.registry.register(x)' },
  ],
];

for (const [index, [rule, bad, good]] of samples.entries()) {
  test(`${rule} fires on bad sample ${index} and not on the good one`, () => {
    const has = files => firing(files).some(found => found.startsWith(`${rule}:`));
    assert.deepEqual({ bad: has(bad), good: has(good) }, { bad: true, good: false });
  });
}

test('every rule has a sample', () => {
  const shown = new Set(samples.map(([rule]) => rule));
  assert.deepEqual(
    rules.map(rule => rule.name).filter(name => !shown.has(name)),
    [],
  );
});

test('a finding carries its line and its document', () => {
  const [found] = check(makeProject({ 'lib/a.ts': "\nimport 'node:net';\n" }));
  assert.equal(found.line, 2);
  assert.match(found.source, /ARCHITECTURE\.md/);
});

test('an exception needs a decision record that exists, and a use', () => {
  const long = { 'lib/a.ts': '//\n'.repeat(301) };
  const record = 'docs/decisions/0042-one-long-file.md';
  const entry = { rule: 'file-length', path: 'lib/a.ts', record };
  assert.deepEqual(firing({ ...long, [record]: '' }, [entry]), []);
  assert.deepEqual(firing(long, [entry]), ['exceptions:1']);
  assert.deepEqual(firing({ ...long, [record]: '' }, [{ ...entry, record: 'a.md' }]), [
    'exceptions:1',
  ]);
  assert.deepEqual(firing({ [record]: '' }, [entry]), ['exceptions:1']);
});

test('functions are found among initialisers, lambdas, operators and branches of #if', () => {
  const text = `
namespace a {
constexpr int kTable[] = {1, 2, 3};
struct alignas(64) P { int x = 0; bool operator==(const P& o) const { return x == o.x; } };
#ifdef A
void F(int a) {
#else
void F() {
#endif
  auto lambda = [] { return "}{"; };
}
Loop::Loop(int a) : first_{a}, second_(a) {
  // a brace in a comment: }
}
int G(P p = {}) { return '}'; }
}
`;
  const names = outline(text).functions.map(({ name, length }) => `${name} ${length}`);
  assert.deepEqual(names, ['operator 1', 'F 6', 'Loop::Loop 3', 'G 1']);
});
