// Deno.listen. The npm package brings the binary in a package per platform.

import path from 'node:path';
import { npmPackage } from './npm-packages.js';
import { plainServer, type Peer, type Places } from './peer.js';

const name = 'deno';

export const denoPeer: Peer = {
  names: [name],
  create: (places: Places) => {
    const { folder, version, missing } = npmPackage(places.root, name);
    const program = path.join(folder, '..', '@deno', `linux-${process.arch}-glibc`, 'deno');
    const script = path.join(places.root, 'bench', 'servers', 'deno-server.mjs');
    const play = (part: string): readonly string[] => [
      ...[program, 'run', '--quiet', '--no-lock', '--no-config', '--allow-all'],
      ...['--v8-flags=--expose-gc', script, part],
    ];
    return [
      {
        ...plainServer,
        name,
        title: 'Deno.listen; files by pipeTo()',
        version,
        missing,
        canCollect: true,
        programs: {
          'tcp-echo': play('tcp-echo'),
          'tcp-echo-lazy': play('tcp-echo'),
          'tcp-sink': play('tcp-sink'),
          'tcp-source': play('tcp-source'),
          'tcp-file': play('tcp-file'),
        },
      },
    ];
  },
};
