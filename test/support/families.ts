// The address families that behaviour is the same for: for `describe.each`.

import { AddressFamily } from 'socket-async-event-args';

export const families = [
  ['IPv4', AddressFamily.InterNetwork],
  ['IPv6', AddressFamily.InterNetworkV6],
] as const;
