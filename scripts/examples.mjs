// Every code block of README.md, docs/buffers.md and docs/guides, compiled and run. A block is a whole program, or it
// follows a comment that says what it is:
//
//   <!-- example: connected -->    the middle of test/guides/connected.ts
//   <!-- example: server 7000 -->  a program that echoes on that port until it is ended
//   <!-- example: not run -->      compiled only; the text says why
//   <!-- example: on linux-x64 --> a program that is run there, and compiled only elsewhere
//
//   node scripts/examples.mjs buffers    the documents with that in their name

import fs from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { filesUnder, inRoot, root, toolPath } from './support/paths.mjs';
import { Failure, main, mustRun } from './support/run.mjs';
import { tryServer } from './support/server.mjs';

const folder = 'build/examples';
const deadlineMs = 20_000;
const mark = '/* the example */';

/** [{ name, language, kind, code }] of a document. */
export function blocksOf(document, text) {
  const pattern = /(?:<!-- example: ([^>]*?) -->\s*\n)?^```(ts|js)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(pattern)].map(([, kind = 'program', language, code], index) => {
    const base = path.basename(document, '.md').toLowerCase();
    return { name: `${base}-${index + 1}`, language, kind, code };
  });
}

function sourceOf({ kind, code, name }) {
  if (/^(program|server|not run|on )/.test(kind)) return code;
  const prelude = fs.readFileSync(inRoot(`test/guides/${kind}.ts`), 'utf8');
  if (!prelude.includes(mark)) throw new Failure(`test/guides/${kind}.ts has no place for ${name}`);
  return prelude.replace(mark, () => code);
}

function writeAll(blocks) {
  fs.rmSync(inRoot(folder), { recursive: true, force: true });
  fs.mkdirSync(inRoot(folder), { recursive: true });
  for (const block of blocks) {
    block.source = `${block.name}.${block.language === 'ts' ? 'mts' : 'mjs'}`;
    fs.writeFileSync(inRoot(folder, block.source), sourceOf(block));
  }
  const project = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      outDir: 'out',
      rootDir: '.',
      allowJs: true,
      declaration: false,
      declarationMap: false,
      noUnusedLocals: false,
      types: ['node'],
    },
    include: ['*.mts', '*.mjs'],
    exclude: [],
  };
  fs.writeFileSync(inRoot(folder, 'tsconfig.json'), JSON.stringify(project));
}

function start(file) {
  const child = spawn(process.execPath, [file], { cwd: root, timeout: deadlineMs });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => (output += text));
  }
  return { child, output: () => output, ended: once(child, 'close') };
}

/** What went wrong, or undefined. */
async function runProgram(file) {
  const { ended, output } = start(file);
  const [code, signal] = await ended;
  if (signal) return `was not at its end after ${deadlineMs / 1000} s\n${output()}`;
  return code === 0 ? undefined : output();
}

function runBlock({ kind, source }) {
  const file = inRoot(folder, 'out', source.replace(/\.mts$/, '.mjs'));
  const platform = /^on (\S+)$/.exec(kind)?.[1];
  if (kind === 'not run' || (platform && platform !== `${process.platform}-${process.arch}`)) {
    return undefined;
  }
  const port = /^server (\d+)$/.exec(kind)?.[1];
  return port ? tryServer(file, port, { ms: deadlineMs }) : runProgram(file);
}

await main('examples', async () => {
  // What a block may import by name: the binary that the package carries for this platform.
  mustRun(process.execPath, [inRoot('scripts/binary.mjs')]);
  const documents = ['README.md', 'docs/buffers.md', ...filesUnder('docs/guides')].filter(
    file => file.endsWith('.md') && file.toLowerCase().includes(process.argv[2] ?? ''),
  );
  const blocks = documents.flatMap(file => blocksOf(file, fs.readFileSync(inRoot(file), 'utf8')));
  if (blocks.length === 0) throw new Failure('no code blocks');
  writeAll(blocks);
  mustRun(process.execPath, [toolPath('typescript/bin/tsc'), '-p', folder], {
    failure: 'a code block of the documents does not compile; see above',
  });
  for (const block of blocks) {
    const wrong = await runBlock(block);
    if (wrong === undefined) continue;
    process.exitCode = 1;
    process.stdout.write(`${folder}/${block.source}: ${wrong}\n`);
  }
  const count = `${blocks.length} code blocks of ${documents.length} documents`;
  process.stdout.write(`examples: ${count}: ${process.exitCode ? 'see above' : 'all well'}\n`);
});
