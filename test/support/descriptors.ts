// The sockets that this process has open, as the system counts them.

import { readdirSync, readlinkSync } from 'node:fs';

/** Whether the system tells. */
export const canCountDescriptors = process.platform === 'linux';

/** How many descriptors of sockets are open; pipes, files and the like do not count. */
export function countSocketDescriptors(): number {
  const folder = '/proc/self/fd';
  return readdirSync(folder).filter(name => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith('socket:');
    } catch {
      return false; // the descriptor that the folder itself was read by
    }
  }).length;
}
