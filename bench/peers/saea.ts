// This package, by its public API; always measured.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canSharePort } from '../support/saea-listener.js';
import { nodeProgram, nodeServer } from './node-programs.js';
import type { Peer, Places } from './peer.js';

function packageVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}

const names = ['saea', 'saea-zero-byte', 'saea-two-threads'] as const;

export const saeaPeer: Peer = {
  names,
  create: (places: Places) => {
    const version = `${packageVersion(places.root)} on node ${process.version}`;
    const [plain, zeroByte, twoThreads] = names;
    const ours = { ...nodeServer, isOurs: true, version };
    return [
      {
        ...ours,
        name: plain,
        title: 'socket-async-event-args',
        programs: {
          'tcp-echo': nodeProgram(places, 'saea-echo.js'),
          'tcp-echo-lazy': nodeProgram(places, 'saea-echo-lazy.js'),
          'tcp-echo-two-threads': nodeProgram(places, 'saea-echo.js'),
          'tcp-sink': nodeProgram(places, 'saea-sink.js'),
          'tcp-source': nodeProgram(places, 'saea-source.js'),
          'tcp-file': nodeProgram(places, 'saea-file.js'),
          'udp-echo': nodeProgram(places, 'saea-udp-echo.js'),
          'udp-sink': nodeProgram(places, 'saea-udp-sink.js'),
        },
      },
      {
        ...ours,
        name: zeroByte,
        title: 'socket-async-event-args, waiting with receives of no bytes',
        programs: { 'tcp-echo-lazy': nodeProgram(places, 'saea-echo-lazy.js', '--zero-byte') },
      },
      {
        ...ours,
        name: twoThreads,
        title: 'socket-async-event-args, two worker threads',
        missing: canSharePort() ? null : 'Socket has no setRawSocketOption to share a port with',
        programs: { 'tcp-echo-two-threads': nodeProgram(places, 'saea-echo-two-threads.js') },
      },
    ];
  },
};
