// Runs clang-tidy over the native code and its tests, two or more files at a time, by .clang-tidy: it
// is short, and all of it fatal. A file that was clean is not looked at again until it, a header or
// the rules change: the first run takes minutes, the next ones seconds.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { findClang } from './support/clang.mjs';
import { configureCMake } from './support/native-tests.mjs';
import { filesUnder, inRoot, root } from './support/paths.mjs';
import { Failure, capture, main } from './support/run.mjs';
import { hashInputs, isFresh, writeStamp } from './support/stamp.mjs';

const buildFolder = 'build/lint'; // not where tests are built, perhaps at this moment

/** The files that the build compiles, so that each is read with its own flags. */
function compiledFiles() {
  const commands = JSON.parse(fs.readFileSync(inRoot(buildFolder, 'compile_commands.json')));
  const files = commands.map(({ file }) => file.slice(root.length + 1).replaceAll('\\', '/'));
  return [...new Set(files)].filter(file => /^(native|test\/native)\//.test(file)).sort();
}

function lint(program, file) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-p', buildFolder, '--quiet', file], { cwd: root });
    let findings = '';
    child.stdout.on('data', chunk => (findings += chunk));
    child.stderr.resume(); // how many warnings of foreign headers were not shown
    child.on('error', reject);
    child.on('close', code =>
      resolve(code === 0 ? '' : findings || `${file}: exit code ${code}\n`),
    );
  });
}

async function lintAll(program, files, stampOf) {
  const waiting = [...files];
  let bad = 0;
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const findings = await lint(program, file);
      if (findings === '') {
        writeStamp(...stampOf(file));
      } else {
        bad++;
        process.stdout.write(findings);
      }
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  return bad;
}

await main('clang-tidy', async () => {
  const program = findClang('clang-tidy');
  if (!program) throw new Failure('clang-tidy is missing');
  configureCMake(buildFolder, {});
  const headers = ['native', 'test/native'].flatMap(filesUnder).filter(file => file.endsWith('.h'));
  const rules = ['.clang-tidy', 'test/native/.clang-tidy'];
  const version = capture(program, ['--version']).output;
  const common = hashInputs([...headers, ...rules, 'CMakeLists.txt', 'binding.gyp'], version);
  const stampOf = file => [`build/clang-tidy/${file}`, hashInputs([file], common)];
  const files = compiledFiles();
  const changed = files.filter(file => !isFresh(...stampOf(file)));
  const bad = await lintAll(program, changed, stampOf);
  const verdict = bad === 0 ? 'clean' : `${bad} with findings`;
  process.stdout.write(`clang-tidy: ${changed.length} of ${files.length} files read: ${verdict}\n`);
  if (bad > 0) process.exitCode = 1;
});
