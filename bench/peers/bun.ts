// Bun.listen. The npm package brings the binary in a package per platform.

import path from 'node:path';
import { npmPackage } from './npm-packages.js';
import { plainServer, type Peer, type Places } from './peer.js';

const name = 'bun';
const architectures: Readonly<Record<string, string>> = { x64: 'x64', arm64: 'aarch64' };

export const bunPeer: Peer = {
  names: [name],
  create: (places: Places) => {
    const { folder, version, missing } = npmPackage(places.root, name);
    const platform = `bun-linux-${architectures[process.arch] ?? process.arch}`;
    const program = path.join(folder, '..', '@oven', platform, 'bin', 'bun');
    const script = path.join(places.root, 'bench', 'servers', 'bun-server.mjs');
    const play = (part: string): readonly string[] => [program, script, part];
    return [
      {
        ...plainServer,
        name,
        title: 'Bun.listen and Bun.udpSocket',
        version,
        missing,
        canCollect: true,
        programs: {
          'tcp-echo': play('tcp-echo'),
          'tcp-echo-lazy': play('tcp-echo'),
          'tcp-sink': play('tcp-sink'),
          'tcp-source': play('tcp-source'),
          'udp-echo': play('udp-echo'),
          'udp-sink': play('udp-sink'),
        },
      },
    ];
  },
};
