// Finds the addon's file and loads it. What the program gave comes first, then a local build, then
// the binary that came with the package (docs/decisions/0010).

import { dirname, isAbsolute, join, resolve } from 'node:path';

import { BindingError } from './binding-error.js';
import type { GivenBinding } from './given-binding.js';
import type { Host } from './host.js';

export interface LoadedAddon {
  readonly addon: object;
  /** The file; undefined where the program loaded it itself. */
  readonly path: string | undefined;
}

interface Attempt {
  readonly path: string;
  readonly error: unknown;
}

const packageName = 'socket-async-event-args';
const localBuilds = ['build/Release', 'build/Debug'];
const localName = 'socket_async_event_args.node';

const otherRuntimes: Readonly<Record<string, string>> = {
  // Bun ends the process when an addon calls uv_poll_init_socket, Deno when it calls a function
  // that is missing there; so nothing is loaded at all.
  bun: 'Bun does not have. Use Bun.listen and Bun.connect there, or node:net',
  deno: 'Deno does not have. Use Deno.listen and Deno.connect there, or node:net',
};

/** Name of the binary for a platform, from the package's root; docs/platforms.md lists them. */
export function prebuiltPath(host: Pick<Host, 'platform' | 'arch' | 'libc'>): string {
  const { platform, arch } = host;
  const tags = [arch === 'arm' ? '.armv7' : '', platform === 'linux' ? `.${host.libc()}` : ''];
  return join('prebuilds', `${platform}-${arch}`, `${packageName}${tags.join('')}.node`);
}

function isOurs(host: Host, folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!host.isFile(manifest)) return false;
  const { name } = JSON.parse(host.readText(manifest)) as { name?: unknown };
  return name === packageName;
}

function ownRoot(host: Host): string | undefined {
  let folder = host.folder;
  while (folder !== undefined && !isOurs(host, folder)) {
    const parent = dirname(folder);
    folder = parent === folder ? undefined : parent;
  }
  return folder;
}

/** The folders that may hold build/ and prebuilds/. */
function roots(host: Host): string[] {
  const own = ownRoot(host);
  if (own !== undefined) return [own];
  // This code is in a bundle. The binaries were copied beside it, or are in node_modules still.
  const start = host.folder ?? host.workingFolder;
  try {
    return [start, dirname(host.resolve(start, `${packageName}/package.json`))];
  } catch {
    return [start];
  }
}

function candidates(host: Host): string[] {
  if (host.named !== undefined) return [resolve(host.workingFolder, host.named)];
  const files = [...localBuilds.map(folder => join(folder, localName)), prebuiltPath(host)];
  return roots(host).flatMap(root => files.map(file => join(root, file)));
}

function refuseOtherRuntimes(host: Host): void {
  for (const [runtime, advice] of Object.entries(otherRuntimes)) {
    if (host.versions[runtime] === undefined) continue;
    throw new BindingError(
      'ERR_SAEA_UNSUPPORTED_RUNTIME',
      `${packageName} needs Node.js: its engine calls parts of libuv that ${advice}.`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function noBinary(host: Host, attempts: readonly Attempt[]): BindingError {
  const disabled = attempts.find(
    ({ error }) => (error as { code?: unknown } | undefined)?.code === 'ERR_DLOPEN_DISABLED',
  );
  if (disabled !== undefined) {
    return new BindingError(
      'ERR_SAEA_ADDONS_DISABLED',
      `Node.js may not load addons here; with --permission it takes --allow-addons. ` +
        `${disabled.path}: ${messageOf(disabled.error)}`,
      { cause: disabled.error },
    );
  }
  const platform = host.platform === 'linux' ? `linux (${host.libc()})` : host.platform;
  const lines = attempts.map(({ path, error }) => `  ${path}: ${messageOf(error)}`);
  const cause = attempts.find(({ path }) => host.isFile(path))?.error;
  return new BindingError(
    'ERR_SAEA_NO_BINARY',
    `No addon for ${platform} on ${host.arch}, Node.js ${host.versions['node']}. Tried:\n` +
      `${lines.join('\n')}\n` +
      'To build it, in the folder of the package: npx cmake-js (docs/platforms.md).',
    cause === undefined ? undefined : { cause },
  );
}

function loadFirst(host: Host, paths: readonly string[]): LoadedAddon {
  const attempts: Attempt[] = [];
  for (const path of paths) {
    if (!host.isFile(path)) {
      attempts.push({ path, error: 'no such file' });
      continue;
    }
    try {
      return { addon: host.load(path) as object, path };
    } catch (error) {
      attempts.push({ path, error });
    }
  }
  throw noBinary(host, attempts);
}

/**
 * The addon, as its file exports it.
 *
 * @throws {BindingError} There is none for this process; the message lists everything tried.
 */
export function loadAddon(host: Host, given: GivenBinding | undefined): LoadedAddon {
  refuseOtherRuntimes(host);
  if (given === undefined || host.named !== undefined) return loadFirst(host, candidates(host));
  if (typeof given === 'object') return { addon: given, path: undefined };
  // A bundler's path is meant from the bundle; a program's own is absolute.
  const start = host.folder ?? host.workingFolder;
  return loadFirst(host, [isAbsolute(given) ? given : resolve(start, given)]);
}
