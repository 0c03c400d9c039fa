// Servers that run in the Node that runs the benchmark.

import path from 'node:path';
import { plainServer, type Places, type Server } from './peer.js';

/** A program among dist/bench/servers. */
export function nodeProgram(places: Places, file: string, ...args: string[]): readonly string[] {
  const program = path.join(places.root, 'dist', 'bench', 'servers', file);
  // The collector is called by those alone that are asked to.
  return [process.execPath, '--expose-gc', program, ...args];
}

export const nodeServer = {
  ...plainServer,
  hasHeapReport: true,
  canCollect: true,
} as const satisfies Partial<Server>;
