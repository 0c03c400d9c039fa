/**
 * The protocols by which a browser plug-in fetched its access policy file.
 *
 * @deprecated Nothing reads it; it is kept so that ported code compiles. .NET Framework was the
 * last to have it.
 * @see https://learn.microsoft.com/dotnet/api/system.net.sockets.socketclientaccesspolicyprotocol
 */
export const SocketClientAccessPolicyProtocol = {
  /** The policy file comes over a socket of its own. */
  Tcp: 0,
  /** The policy file comes from a web server. */
  Http: 1,
} as const;

/**
 * One of the values of {@link SocketClientAccessPolicyProtocol}.
 *
 * @deprecated See the object of the same name.
 */
export type SocketClientAccessPolicyProtocol = 0 | 1;
