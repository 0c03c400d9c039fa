// Windows: a library of the functions that Node offers its addons, to link against; what each
// member does is said in host-functions.c.

import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../support/paths.mjs';
import { mustRunQuietly } from '../support/run.mjs';
import { hashInputs, isFresh, writeStamp } from '../support/stamp.mjs';

const jumps = {
  'win32-x64': name => `  jmp *__imp_${name}(%rip)`,
  'win32-arm64': name =>
    `  adrp x16, __imp_${name}\n  ldr x16, [x16, :lo12:__imp_${name}]\n  br x16`,
};

/** The names of all functions that Node's headers declare. */
export function declaredFunctions(headers) {
  const read = name => fs.readFileSync(path.join(headers, name), 'utf8');
  const withoutNoise = text =>
    text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*#(?:.*\\\n)*.*$/gm, '');
  const all = ['node_api.h', 'js_native_api.h', 'uv.h'].map(read).map(withoutNoise).join('\n');
  const declared = /\b(?:NAPI|UV)_EXTERN\b[^;{(]*?\b((?:napi|node_api|uv)_\w+)\s*\(/g;
  return [...new Set([...all.matchAll(declared)].map(match => match[1]))].sort();
}

function member(name, jump) {
  return `  .section .saea$m,"dr"
  .p2align 4
  .quad .Lname
  .quad __imp_${name}
  .section .rdata,"dr"
  .quad saea_host_functions
.Lname:
  .asciz "${name}"
  .data
  .p2align 3
  .globl __imp_${name}
__imp_${name}:
  .quad 0
  .text
  .p2align 4
  .globl ${name}
${name}:
${jump(name)}
`;
}

/** Makes the library in this folder, unless it is there; answers its path. */
export function makeHostFunctions(target, headers, folder) {
  const library = path.join(inRoot(folder), 'libhost_functions.a');
  const names = declaredFunctions(headers);
  const makers = ['host-functions.c', 'host-functions.mjs'].map(name => `scripts/prebuild/${name}`);
  const inputs = hashInputs(makers, names, target.assembler);
  if (isFresh(folder, inputs)) return library;
  fs.rmSync(inRoot(folder), { recursive: true, force: true });
  fs.mkdirSync(inRoot(folder), { recursive: true });
  for (const name of names) {
    fs.writeFileSync(path.join(inRoot(folder), `${name}.s`), member(name, jumps[target.name]));
  }
  const here = { cwd: inRoot(folder), env: { ...process.env, ...target.environment } };
  const sources = names.map(name => `${name}.s`);
  const [assembler, ...flags] = target.assembler;
  mustRunQuietly(assembler, [...flags, '-c', ...sources], here);
  const resolver = inRoot('scripts/prebuild/host-functions.c');
  const [compiler, ...compilerFlags] = target.compiler;
  const asC = ['-O2', '-x', 'c', '-c', resolver, '-o', 'resolver.o'];
  mustRunQuietly(compiler, [...compilerFlags, ...asC], here);
  const objects = fs.readdirSync(inRoot(folder)).filter(file => file.endsWith('.o'));
  const [archiver, ...archiverFlags] = [target.archiver].flat();
  mustRunQuietly(archiver, [...archiverFlags, 'rcs', library, ...objects], here);
  writeStamp(folder, inputs);
  return library;
}
