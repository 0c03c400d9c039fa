// The sockets and files that this process has open, as the system counts them.

import { readdirSync, readlinkSync } from 'node:fs';

/** Whether the system tells. */
export const canCountDescriptors = process.platform === 'linux';

/** How many descriptors of sockets are open; pipes, files and the like do not count. */
export function countSocketDescriptors(): number {
  return countDescriptorsOf('socket:');
}

/** How many descriptors lead to something whose name begins so: a file, or what is in a folder. */
export function countDescriptorsOf(begin: string): number {
  const folder = '/proc/self/fd';
  return readdirSync(folder).filter(name => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith(begin);
    } catch {
      return false; // the descriptor that the folder itself was read by
    }
  }).length;
}
