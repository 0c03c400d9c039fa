import assert from 'node:assert/strict';
import test from 'node:test';
import { wrongWithFiles, wrongWithManifest, wrongWithMaps } from './tarball.mjs';

const packed = [
  'CHANGELOG.md',
  'CMakeLists.txt',
  'LICENSE',
  'README.md',
  'bin/a.ts',
  'dist/lib/a.d.ts',
  'dist/lib/a.d.ts.map',
  'dist/lib/a.js',
  'dist/lib/a.js.map',
  'lib/a.ts',
  'lib/index.mts',
  'native/engine/a.cc',
  'native/sources.gypi',
  'package.json',
  'prebuilds/linux-arm/socket-async-event-args.armv7.glibc.node',
  'prebuilds/linux-x64/socket-async-event-args.musl.node',
  'prebuilds/win32-x64/socket-async-event-args.node',
];

test('a list of what is published, with its sources, has nothing wrong with it', () => {
  assert.deepEqual(wrongWithFiles(packed, ['lib/a.ts', 'native/engine/a.cc']), []);
});

test('a source that is not packed is named', () => {
  assert.deepEqual(wrongWithFiles(packed, ['lib/b.ts']), ['lib/b.ts is missing']);
});

for (const file of [
  'test/a.ts',
  'docs/a.md',
  'lib/a.js',
  'dist/test/a.js.map',
  'dist/lib/a.tsbuildinfo',
  'native/a.o',
  'prebuilds/linux-x64/other.node',
  'prebuilds/linux-x64/deep/socket-async-event-args.node',
  '.npmrc',
]) {
  test(`${file} has no place in the tarball`, () => {
    assert.deepEqual(wrongWithFiles([...packed, file], []), [`${file} has no place in it`]);
  });
}

for (const file of ['dist/lib/b.js', 'dist/lib/b.mjs', 'dist/lib/b.d.ts', 'dist/lib/b.d.mts']) {
  test(`${file} needs its map`, () => {
    assert.deepEqual(wrongWithFiles([...packed, file], []), [`${file} has no map`]);
    assert.deepEqual(wrongWithFiles([...packed, file, `${file}.map`], []), []);
  });
}

const manifest = { scripts: { test: 'x', prepack: 'x' }, gypfile: false };

test('a manifest without hooks, gyp and dependencies has nothing wrong with it', () => {
  assert.deepEqual(wrongWithManifest(manifest), []);
});

for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
  test(`the script ${hook} would run at a user's and is refused`, () => {
    const wrong = wrongWithManifest({ ...manifest, scripts: { [hook]: 'x' } });
    assert.deepEqual(wrong, [`package.json has the script ${hook}`]);
  });
}

test('npm would build a package that does not say that it has no gyp file', () => {
  const expected = ['package.json does not say "gypfile": false'];
  assert.deepEqual(wrongWithManifest({}), expected);
  assert.deepEqual(wrongWithManifest({ gypfile: true }), expected);
});

test('dependencies of either kind are named', () => {
  const wrong = wrongWithManifest({
    ...manifest,
    dependencies: { a: '1' },
    optionalDependencies: { b: '1' },
    devDependencies: { c: '1' },
  });
  assert.deepEqual(wrong, ['depends on a', 'depends on b']);
});

test('a map leads to a file that is packed, seen from where the map is', () => {
  const read = () => JSON.stringify({ sources: ['../../lib/a.ts'] });
  assert.deepEqual(wrongWithMaps(['dist/lib/a.js', 'dist/lib/a.js.map', 'lib/a.ts'], read), []);
  assert.deepEqual(wrongWithMaps(['dist/lib/a.js.map'], read), [
    'dist/lib/a.js.map leads to lib/a.ts, which is not packed',
  ]);
});
