// The servers that are compared. Each is a program with the contract of server-program.ts; how to
// start it, which parts it can play, and why it cannot be measured here, when it cannot.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { output } from './machine.js';
import type { NativeBuild } from './native-build.js';
import { listUdpServers } from './udp.js';
import type { Part, Workload } from './workloads.js';

export interface Server {
  readonly name: string;
  readonly title: string;
  /** Ours is measured always; peers and floors can be chosen by --peers. */
  readonly isOurs: boolean;
  readonly parts: readonly Part[];
  /** Answers SIGUSR2 with its heap figures when started with --heap-report. */
  readonly hasHeapReport: boolean;
  readonly command: readonly string[];
  readonly version: string;
  /** Why it cannot be started here; null when it can. */
  readonly missing: string | null;
}

/** The servers that every other one is compared with, when they are measured too. */
export const baselineNames: readonly string[] = ['epoll', 'net', 'recvmmsg', 'dgram'];

export function listServers(root: string, native: NativeBuild): readonly Server[] {
  return [
    nodeServer(root, {
      name: 'saea',
      title: 'socket-async-event-args',
      isOurs: true,
      parts: ['tcp-echo'],
      file: 'saea-echo.js',
      version: `${packageVersion(root)} on node ${process.version}`,
    }),
    nodeServer(root, {
      name: 'net',
      title: 'node:net',
      isOurs: false,
      parts: ['tcp-echo'],
      file: 'net-echo.js',
      version: `node ${process.version}`,
    }),
    {
      name: 'epoll',
      title: 'C, level-triggered epoll (the floor)',
      isOurs: false,
      parts: ['tcp-echo'],
      hasHeapReport: false,
      command: [native.echoEpoll],
      version: output(native.echoEpoll, ['--version']) ?? 'unknown',
      missing: existsSync(native.echoEpoll) ? null : 'build/bench/echo_epoll was not built',
    },
    ...listUdpServers(root),
  ];
}

/** Ours and the named peers; all servers when no peers are named. */
export function selectServers(
  servers: readonly Server[],
  peers: readonly string[] | null,
): readonly Server[] {
  if (peers === null) return servers;
  for (const name of peers) {
    if (!servers.some(server => server.name === name)) {
      const known = servers.map(server => server.name).join(', ');
      throw new Error(`there is no server '${name}'; there are: ${known}`);
    }
  }
  return servers.filter(server => server.isOurs || peers.includes(server.name));
}

/** The command line of a server for a workload, by the contract of server-program.ts. */
export function serverCommand(server: Server, workload: Workload): readonly string[] {
  return [
    ...server.command,
    ...['--port', '0'],
    ...['--buffer-size', String(workload.bufferSize)],
    ...['--connections', String(workload.connectionCount)],
  ];
}

interface NodeServer extends Pick<Server, 'name' | 'title' | 'isOurs' | 'parts' | 'version'> {
  readonly file: string;
}

function nodeServer(root: string, { file, ...server }: NodeServer): Server {
  const program = path.join('dist', 'bench', 'servers', file);
  return {
    ...server,
    hasHeapReport: true,
    command: [process.execPath, path.join(root, program)],
    missing: existsSync(path.join(root, program)) ? null : `${program} is not there`,
  };
}

function packageVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
