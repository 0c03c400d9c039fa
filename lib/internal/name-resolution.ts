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
  const { host } = endPoint;
  if (host.includes('\0')) {
    // No host has such a name. Node refuses it from version 22 on, and until then looks for its beginning.
    setImmediate(callback, SocketError.HostNotFound, []);
    return;
  }
  const family = familyOption(endPoint.addressFamily);
  lookup(host, { all: true, family, verbatim: true }, (error, found) => {
    if (error === null) {
      callback(
        SocketError.Success,
        found.map(({ address }) => IPAddress.parse(address)),
      );
    } else {
      callback(socketErrorFromNodeCode(error.code ?? ''), []);
    }
  });
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
