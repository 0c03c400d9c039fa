// Looks at a finished binary: is it what the target asks for, and does it ask for nothing more than
// the oldest system that is served has?

import fs from 'node:fs';
import { capture } from '../support/run.mjs';
import { floor } from './targets.mjs';

const entryPoint = 'napi_register_module_v1';

/** The libraries a binary may ask for, by system. */
const allowedLibraries = {
  Linux:
    /^(?:lib(?:c|m|gcc_s|stdc\+\+|pthread|dl)\.so(?:\.\d+)?|ld-linux[\w-]*\.so\.\d+|ld64\.so\.\d+)$/,
  Windows: /^(?:KERNEL32|msvcrt|WS2_32|ntdll|api-ms-win-crt-[\w-]+|ucrtbase)\.dll$/i,
  Darwin: /^(?:\/usr\/lib\/libSystem\.B\.dylib|(?:@rpath\/)?socket_async_event_args\.node)$/, // and its own name
};

/** { kind, machine } by the first bytes of a file. */
export function formatOf(bytes) {
  if (bytes.toString('latin1', 0, 4) === '\x7fELF') {
    const isLittleEndian = bytes[5] === 1;
    return {
      kind: 'ELF',
      machine: isLittleEndian ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18),
    };
  }
  if (bytes.toString('latin1', 0, 2) === 'MZ') {
    return { kind: 'PE', machine: bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4) };
  }
  if (bytes.readUInt32LE(0) === 0xfeedfacf) {
    return { kind: 'Mach-O', machine: bytes.readUInt32LE(4) };
  }
  return { kind: 'unknown', machine: 0 };
}

/** { exported, libraries, versions }: names, and for ELF the newest version of each library. */
function inspect(file, kind) {
  // LLVM's reader knows all three formats, whatever the machine.
  const { status, output } = capture('llvm-readobj', [
    ...['--needed-libs', ...(kind === 'ELF' ? ['--dyn-syms'] : [])],
    ...(kind === 'PE' ? ['--coff-exports'] : []),
    ...(kind === 'Mach-O' ? ['--syms'] : []),
    file,
  ]);
  if (status !== 0) throw new Error(`llvm-readobj cannot read ${file}: ${output}`);
  const needed = /NeededLibraries \[\n([\s\S]*?)\]/.exec(output)?.[1] ?? '';
  const libraries = needed.split('\n').map(line => line.trim());
  const names = [...output.matchAll(/^\s*Name: (\S+)/gm)].map(match => match[1]);
  return { libraries: libraries.filter(Boolean), names };
}

/** Below zero, zero or above it, as version a is older than b, the same or newer. */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map(version => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); ++i) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** For ELF names with versions: the newest of each library, such as { GLIBC: '2.28' }. */
export function newestVersions(names) {
  const newest = {};
  for (const name of names) {
    const found = /@(GLIBC|GLIBCXX|CXXABI)_([\d.]+)$/.exec(name);
    if (!found) continue;
    const [, library, version] = found;
    if (!newest[library] || compareVersions(version, newest[library]) > 0) {
      newest[library] = version;
    }
  }
  return newest;
}

/** What is wrong with a binary, as sentences; none if nothing is. */
export function findFaults(target, file) {
  const faults = [];
  const format = formatOf(fs.readFileSync(file));
  if (format.kind !== target.format.kind || format.machine !== target.format.machine) {
    faults.push(`it is ${format.kind} for machine ${format.machine}`);
    return faults;
  }
  const { libraries, names } = inspect(file, format.kind);
  if (!names.some(name => name.replace(/^_/, '').startsWith(entryPoint))) {
    faults.push(`it does not export ${entryPoint}`);
  }
  for (const library of libraries) {
    if (!allowedLibraries[target.system].test(library)) faults.push(`it needs ${library}`);
  }
  for (const [library, version] of Object.entries(newestVersions(names))) {
    if (!target.hasFloor) break; // the compiler's own system decides
    if (compareVersions(version, floor[library]) > 0) {
      const which = names.filter(name => name.endsWith(`@${library}_${version}`));
      faults.push(
        `it needs ${library}_${version} (${which.join(', ')}); ${floor[library]} is there`,
      );
    }
  }
  return faults;
}
