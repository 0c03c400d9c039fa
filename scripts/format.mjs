// `npm run format` writes, `node scripts/format.mjs --check` only looks; --staged takes the files of
// the next commit alone. Prettier for everything it reads, clang-format for C and C++.

import { findClang } from './support/clang.mjs';
import { projectFiles, stagedFiles, toolPath } from './support/paths.mjs';
import { main, run } from './support/run.mjs';

const byPrettier = /\.([cm]?[jt]s|json|gyp|gypi|md|ya?ml)$|^\.prettierrc$/;
const byClangFormat = /^(native|test\/native|bench\/native)\/.*\.(cc|h|c)$/;

function prettier(files, write) {
  if (files.length === 0) return true;
  const args = [write ? '--write' : '--check', '--log-level=warn', '--ignore-unknown', ...files];
  return run(process.execPath, [toolPath('prettier/bin/prettier.cjs'), ...args]) === 0;
}

function clangFormat(files, write) {
  if (files.length === 0) return true;
  const program = findClang('clang-format');
  if (!program) {
    process.stderr.write('format: SKIPPED C++: clang-format is missing; CI will look\n');
    return true;
  }
  const mode = write ? ['-i'] : ['--dry-run', '--Werror'];
  return run(program, [...mode, '--style=file', ...files]) === 0;
}

await main('format', () => {
  const write = process.argv.includes('--write');
  const files = process.argv.includes('--staged') ? stagedFiles() : projectFiles();
  const good = [
    prettier(
      files.filter(file => byPrettier.test(file)),
      write,
    ),
    clangFormat(
      files.filter(file => byClangFormat.test(file)),
      write,
    ),
  ];
  if (good.includes(false)) {
    process.stderr.write('format: `npm run format` puts this right\n');
    process.exitCode = 1;
  }
});
