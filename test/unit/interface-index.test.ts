import { networkInterfaces } from 'node:os';

import { interfaceIndexOf } from '../../lib/endpoints/interface-index.js';
import { IPAddress } from '../../lib/endpoints/ip-address.js';

const scoped = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
  (addresses ?? [])
    .filter(address => address.family === 'IPv6' && address.scopeid !== 0)
    .map(address => ({ name, scope: address.family === 'IPv6' ? address.scopeid : 0 })),
);

test('the index is that of the link-local addresses', () => {
  // Holds of every interface of this machine, be there many or none.
  for (const { name, scope } of scoped) {
    expect(interfaceIndexOf(name)).toBe(scope);
    expect(IPAddress.parse(`fe80::1%${name}`).scopeId).toBe(scope);
  }
});

test('the loopback interface has an index where it is called lo', () => {
  const isThere = 'lo' in networkInterfaces();
  expect(interfaceIndexOf('lo') > 0).toBe(isThere);
});

test.each(['', '.', '..', '../net/lo', '/', 'lo/', 'no-such-interface', 'a\0b'])(
  '%j is no interface',
  name => {
    expect(interfaceIndexOf(name)).toBe(0);
  },
);
