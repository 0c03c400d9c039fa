// What finding the addon asks of the process it runs in. A value of this type stands for the
// process, so that tests can be on any platform.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The C library that Node was built for; an addon for the other one cannot be loaded. */
export type Libc = 'glibc' | 'musl';

export interface Host {
  readonly platform: string;
  readonly arch: string;
  /** `process.versions`: Bun and Deno name themselves there. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** The file named by SAEA_BINDING: another build, such as one with sanitizers. */
  readonly named: string | undefined;
  /** False if SAEA_IO_URING is 0: then nothing is asked of io_uring, and each call made by itself. */
  readonly sharesCalls: boolean;
  /** The folder of this file; undefined where a bundler made an ES module of it. */
  readonly folder: string | undefined;
  /** Where a name is looked up that `folder` cannot lead to. */
  readonly workingFolder: string;
  readonly libc: () => Libc;
  isFile(path: string): boolean;
  readText(path: string): string;
  /** Where a module's name leads from this folder; throws where it leads nowhere. */
  resolve(from: string, name: string): string;
  /** Loads an addon, once per thread; throws the system's own error. */
  load(path: string): unknown;
}

/**
 * Asked of the process and not of a distribution's files: there are more systems with musl than
 * Alpine, and more in a container than its base.
 */
function libc(): Libc {
  // The network part of a report looks up names, which can take seconds.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const { excludeNetwork } = report;
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (excludeNetwork !== undefined) report.excludeNetwork = excludeNetwork;
  return header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

// Not `require`: bundlers would replace it by one that knows their own modules alone.
function requireFrom(folder: string): NodeJS.Require {
  return createRequire(join(folder, 'index.js'));
}

/** This very process. */
export function thisProcess(): Host {
  const folder = typeof __dirname === 'string' ? __dirname : undefined;
  const named = process.env['SAEA_BINDING'];
  return {
    platform: process.platform,
    arch: process.arch,
    versions: process.versions,
    named: named === '' ? undefined : named,
    sharesCalls: process.env['SAEA_IO_URING'] !== '0',
    folder,
    workingFolder: process.cwd(),
    libc,
    isFile: existsSync,
    readText: path => readFileSync(path, 'utf8'),
    resolve: (from, name) => requireFrom(from).resolve(name),
    load: path => requireFrom(folder ?? process.cwd())(path) as unknown,
  };
}
