// What the sanitizers wrote while the jest suite ran, its child processes included.
//
// Errors end their process. Leaks need judgement: a process that ends by process.exit() leaves
// node's own memory behind, and no exit code can tell that from ours. So leaks change no exit code;
// they are written down, and count if a frame of the addon allocated them.

import fs from 'node:fs';
import { inRoot } from './paths.mjs';

const addonFrame = /socket_async_event_args\.node|<unknown module>/; // unknown: already unloaded

/** The environment in which reports land in a folder. */
export function reportInto(folder) {
  fs.rmSync(inRoot(folder), { recursive: true, force: true });
  fs.mkdirSync(inRoot(folder), { recursive: true });
  const common = `abort_on_error=1:exitcode=0:log_path=${inRoot(folder, 'report')}`;
  return {
    ASAN_OPTIONS: common,
    LSAN_OPTIONS: common,
    UBSAN_OPTIONS: `${common}:halt_on_error=1:print_stacktrace=1`,
  };
}

/** The texts of all findings in that folder that are ours. */
export function readReports(folder) {
  return fs
    .readdirSync(inRoot(folder))
    .map(file => fs.readFileSync(inRoot(folder, file), 'utf8'))
    .flatMap(findingsIn);
}

export function findingsIn(report) {
  if (!report.includes('LeakSanitizer')) return report.trim() === '' ? [] : [report];
  return report
    .split(/\n\s*\n/)
    .filter(block => /^(Direct|Indirect) leak of/m.test(block) && addonFrame.test(block));
}
