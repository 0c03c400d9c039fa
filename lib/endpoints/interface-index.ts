// From an interface's name to its index, for scopes such as "fe80::1%eth0".

import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

function indexFromAddresses(name: string): number {
  // Only a link-local address carries the index of its interface; 0 means it has none.
  for (const address of networkInterfaces()[name] ?? []) {
    if (address.family === 'IPv6' && address.scopeid !== 0) return address.scopeid;
  }
  return 0;
}

function indexFromFileSystem(name: string): number {
  // Linux publishes the index of every interface, also of those without an IPv6 address, which the
  // list above leaves at 0. Elsewhere the file is simply missing.
  const index = Number.parseInt(readFileSync(`/sys/class/net/${name}/ifindex`, 'utf8'), 10);
  return Number.isInteger(index) && index > 0 ? index : 0;
}

/**
 * The index of a network interface, or 0 if there is none of this name. Asks the system each time,
 * because interfaces come and go.
 *
 * @internal
 */
export function interfaceIndexOf(name: string): number {
  // A name never has a slash; one that had would lead the second look-up out of its folder.
  if (name === '' || name.includes('/')) return 0;
  for (const lookUp of [indexFromAddresses, indexFromFileSystem]) {
    try {
      const index = lookUp(name);
      if (index !== 0) return index;
    } catch {
      // Sandboxes may forbid either look-up. A name that cannot be looked up counts as unknown.
    }
  }
  return 0;
}
