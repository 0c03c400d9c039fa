// All peers, in the order of the tables.

import { bunPeer } from './bun.js';
import { denoPeer } from './deno.js';
import { dotnetPeer } from './dotnet.js';
import { floorPeer } from './floor.js';
import { nodeNetPeer } from './node-net.js';
import type { Peer, Places, Server } from './peer.js';
import { saeaPeer } from './saea.js';
import { turboNetPeer } from './turbo-net.js';

const peers: readonly Peer[] = [
  saeaPeer,
  nodeNetPeer,
  turboNetPeer,
  bunPeer,
  denoPeer,
  dotnetPeer,
  floorPeer,
];

/** Those that --peers knows. Ours among them are measured always. */
export const serverNames: readonly string[] = peers.flatMap(peer => peer.names);

/** Ours and the named ones; all servers when none are named. Installs and builds what it takes. */
export function createServers(places: Places, named: readonly string[] | null): readonly Server[] {
  for (const name of named ?? []) {
    if (!serverNames.includes(name)) {
      throw new Error(`there is no server '${name}'; there are: ${serverNames.join(', ')}`);
    }
  }
  const isWanted = (name: string): boolean => named === null || named.includes(name);
  return peers
    .filter(peer => peer === saeaPeer || peer.names.some(isWanted))
    .flatMap(peer => peer.create(places))
    .filter(server => server.isOurs || isWanted(server.name));
}
