// Host names → addresses, by the resolver that Node itself uses (getaddrinfo, so /etc/hosts counts),
// in the resolver's order.

import { lookup } from 'node:dns';

import { AddressFamily } from '../enums/address-family.js';
import { SocketError } from '../enums/socket-error.js';
import type { DnsEndPoint } from '../endpoints/dns-end-point.js';
import { IPAddress } from '../endpoints/ip-address.js';
import { ArgumentException } from '../errors/argument-exceptions.js';
import { socketErrorFromNodeCode } from '../errors/socket-error-codes.js';

/**
 * The address that a host is already, when it is one in text, or none if another family is asked
 * for; `null` if it is a name.
 *
 * @throws {ArgumentException} "hostName" for 0.0.0.0 and ::, which nobody can connect to.
 */
export function addressesInText(endPoint: DnsEndPoint): readonly IPAddress[] | null {
  const address = IPAddress.tryParse(endPoint.host);
  if (address === null) return null;
  if (address.equals(IPAddress.Any) || address.equals(IPAddress.IPv6Any)) {
    throw new ArgumentException('The unspecified address cannot be connected to.', 'hostName');
  }
  const family = endPoint.addressFamily;
  return family === AddressFamily.Unspecified || family === address.addressFamily ? [address] : [];
}

/** Calls back, never from inside, with the addresses of a host, or with the error. */
export function resolve(
  endPoint: DnsEndPoint,
  callback: (error: SocketError, addresses: readonly IPAddress[]) => void,
): void {
  const options = {
    all: true,
    family: familyOption(endPoint.addressFamily),
    verbatim: true,
  } as const;
  try {
    lookup(endPoint.host, options, (error, found) => {
      if (error === null) {
        callback(
          SocketError.Success,
          found.map(({ address }) => IPAddress.parse(address)),
        );
      } else {
        callback(socketErrorFromNodeCode(error.code ?? ''), []);
      }
    });
  } catch {
    // From Node 22 on a name with a NUL in it is refused. No host has such a name.
    setImmediate(callback, SocketError.HostNotFound, []);
  }
}

function familyOption(family: AddressFamily): 0 | 4 | 6 {
  switch (family) {
    case AddressFamily.InterNetwork:
      return 4;
    case AddressFamily.InterNetworkV6:
      return 6;
    default:
      return 0;
  }
}
