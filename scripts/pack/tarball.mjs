// The tarball that npm would publish, and what must and must not be in it.

import fs from 'node:fs';
import { npmProgram } from '../support/npm.mjs';
import { filesUnder, inRoot } from '../support/paths.mjs';
import { Failure, capture } from '../support/run.mjs';

const folder = inRoot('build/pack');

/** Packs; answers { path, files, manifest }. */
export function makeTarball() {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const { command, args } = npmProgram();
  const flags = ['pack', '--json', '--ignore-scripts', '--silent', `--pack-destination=${folder}`];
  const { status, output } = capture(command, [...args, ...flags]);
  if (status !== 0) throw new Failure(`npm pack failed: ${output}`);
  const [packed] = JSON.parse(output.slice(output.indexOf('[')));
  return {
    path: `${folder}/${packed.filename}`,
    files: packed.files.map(file => file.path).sort(),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    manifest: JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8')),
  };
}

const allowed = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|CMakeLists\.txt)$/,
  /^dist\/(lib|bin)\/.*\.(js|mjs|d\.ts|d\.mts)(\.map)?$/,
  /^lib\/.*\.m?ts$/, // what the maps lead to
  /^bin\/.*\.ts$/,
  /^native\/.*\.(cc|h|gypi)$/,
  /^prebuilds\/[\w-]+\/socket-async-event-args(\.armv7)?(\.glibc|\.musl)?\.node$/,
];

/** What is wrong with a list of packed files; an empty list if nothing is. */
export function wrongWithFiles(files, sources) {
  const missing = sources.filter(file => !files.includes(file));
  const stray = files.filter(file => !allowed.some(pattern => pattern.test(file)));
  const unmapped = files.filter(
    file => /^dist\/.*\.(m?js|d\.m?ts)$/.test(file) && !files.includes(`${file}.map`),
  );
  const described = [
    [missing, 'is missing'],
    [stray, 'has no place in it'],
    [unmapped, 'has no map'],
  ];
  return described.flatMap(([list, what]) => list.map(file => `${file} ${what}`));
}

/** What is wrong with the manifest of a package that must run no script when it is installed. */
export function wrongWithManifest({ scripts = {}, gypfile, dependencies, optionalDependencies }) {
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
  return [
    ...hooks.filter(hook => hook in scripts).map(hook => `package.json has the script ${hook}`),
    ...(gypfile === false ? [] : ['package.json does not say "gypfile": false']),
    ...Object.keys({ ...dependencies, ...optionalDependencies }).map(name => `depends on ${name}`),
  ];
}

/** A map whose source is not packed leads nowhere, and editors then show the declaration. */
export function wrongWithMaps(files, read = file => fs.readFileSync(inRoot(file), 'utf8')) {
  return files
    .filter(file => file.endsWith('.map'))
    .flatMap(file => {
      const { sources } = JSON.parse(read(file));
      const base = new URL(file, 'file:///');
      return sources
        .map(source => new URL(source, base).pathname.slice(1))
        .filter(source => !files.includes(source))
        .map(source => `${file} leads to ${source}, which is not packed`);
    });
}

export function contentSteps({ files, manifest, size, unpackedSize }) {
  const body = () => {
    const sources = ['lib', 'native'].flatMap(filesUnder);
    const wrong = [
      ...wrongWithFiles(files, [...sources, 'CMakeLists.txt', 'LICENSE', 'README.md']),
      ...wrongWithManifest(manifest),
      ...wrongWithMaps(files),
    ];
    for (const line of wrong) process.stdout.write(`  ${line}\n`);
    const kilobytes = bytes => `${Math.ceil(bytes / 1000)} kB`;
    process.stdout.write(
      `  ${files.length} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked\n`,
    );
    return wrong.length === 0;
  };
  return [{ name: 'contents', body }];
}
