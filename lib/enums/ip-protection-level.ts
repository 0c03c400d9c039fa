/**
 * How far an IPv6 socket may be reached; Windows alone knows the option.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.ipprotectionlevel
 */
export const IPProtectionLevel = {
  /** The system's default. */
  Unspecified: -1,
  /** Reachable over the whole Internet, tunnels through address translators included. */
  Unrestricted: 10,
  /** Reachable over the Internet, but not through such tunnels. */
  EdgeRestricted: 20,
  /** Reachable from the same site or link only. */
  Restricted: 30,
} as const;

/** One of the values of {@link IPProtectionLevel}. */
export type IPProtectionLevel = (typeof IPProtectionLevel)[keyof typeof IPProtectionLevel];
