// .NET's own SocketAsyncEventArgs: the structure of the reference page's sample, a hand-tuned
// server, and that one with completions run on the threads that poll.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { output } from '../support/machine.js';
import { plainServer, type Peer, type Places, type Server } from './peer.js';

const names = ['dotnet-sample', 'dotnet', 'dotnet-inline'] as const;
const publishTimeoutMs = 300_000;

/** Tiered compilation instruments, counts calls, and compiles again in the background. */
const warmupSeconds = 3;

export const dotnetPeer: Peer = {
  names,
  create: (places: Places) => {
    const version = output('dotnet', ['--version']);
    const source = path.join(places.root, 'bench', 'servers', 'dotnet');
    const folder = path.join(places.root, 'build', 'bench-dotnet');
    const missing = version === null ? 'there is no dotnet' : publish(source, folder);
    const play = (server: string, part: string): readonly string[] => [
      path.join(folder, 'server'),
      server,
      part,
    ];
    const common = {
      ...plainServer,
      version: `SDK ${version ?? 'missing'}`,
      missing,
      canCollect: true,
      warmupSeconds,
    };
    const tunedPrograms: Server['programs'] = {
      'tcp-echo': play('tuned', 'tcp-echo'),
      'tcp-echo-lazy': play('tuned', 'tcp-echo'),
      'tcp-sink': play('tuned', 'tcp-sink'),
      'tcp-source': play('tuned', 'tcp-source'),
      'tcp-file': play('tuned', 'tcp-file'),
      'udp-echo': play('tuned', 'udp-echo'),
      'udp-sink': play('tuned', 'udp-sink'),
    };
    const [sample, tuned, inline] = names;
    return [
      {
        ...common,
        name: sample,
        title: ".NET SocketAsyncEventArgs, as in the reference page's sample",
        programs: {
          'tcp-echo': play('sample', 'tcp-echo'),
          'udp-echo': play('sample', 'udp-echo'),
          'udp-sink': play('sample', 'udp-sink'),
        },
      },
      {
        ...common,
        name: tuned,
        title: '.NET SocketAsyncEventArgs, tuned',
        programs: tunedPrograms,
      },
      {
        ...common,
        name: inline,
        title: '.NET SocketAsyncEventArgs, tuned, inline completions',
        environment: { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS: '1' },
        programs: tunedPrograms,
      },
    ];
  },
};

/** Why there is nothing to start; null when there is. */
function publish(source: string, folder: string): string | null {
  const program = path.join(folder, 'server');
  const changedMs = readdirSync(source, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => statSync(path.join(source, name)).mtimeMs);
  if (existsSync(program) && statSync(program).mtimeMs > Math.max(...changedMs)) return null;
  console.log('publishing the .NET servers into build/bench-dotnet');
  const args = ['publish', source, '--configuration', 'Release', '--output', folder];
  const { status, stdout, error } = spawnSync('dotnet', args, {
    encoding: 'utf8',
    timeout: publishTimeoutMs,
  });
  if (status === 0) return null;
  const said = error?.message ?? stdout.split('\n').find(line => line.includes('error'));
  return `dotnet publish failed: ${said ?? 'no message'}`;
}
