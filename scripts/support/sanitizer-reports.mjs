// What the sanitizers wrote while the jest suite ran, its child processes included.
//
// Errors end their process. Leaks need judgement: a process that ends by process.exit() leaves
// node's own memory behind, some objects of Node-API are never freed at all, and no exit code can
// tell these from ours. So leaks change no exit code; they are written down, and count when it was
// the addon itself that allocated.

import fs from 'node:fs';
import { inRoot } from './paths.mjs';

const allocator = /\blib(asan|ubsan|stdc\+\+|c)\.so/;
// Code of an unknown module that allocates is an addon's that was unloaded meanwhile; compiled
// JavaScript is of no module either, but only calls who allocates.
const ours = /socket_async_event_args\.node|<unknown module>/;

/** The environment in which reports land in a folder. */
export function reportInto(folder) {
  fs.rmSync(inRoot(folder), { recursive: true, force: true });
  fs.mkdirSync(inRoot(folder), { recursive: true });
  // Without the module (%M), a frame with a source line does not say whose it is.
  const frames = 'stack_trace_format="    #%n in %f %S %M"';
  const common = `abort_on_error=1:exitcode=0:log_path=${inRoot(folder, 'report')}:${frames}`;
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
  return report.split(/\n\s*\n/).filter(isOurLeak);
}

function isOurLeak(block) {
  if (!/^(Direct|Indirect) leak of/m.test(block)) return false;
  const frames = block.match(/^ *#\d+ .*$/gm) ?? [];
  return ours.test(frames.find(frame => !allocator.test(frame)) ?? '');
}
