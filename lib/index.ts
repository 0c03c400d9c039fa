// The public surface.

export { Socket } from './socket.js';
export { SocketAsyncEventArgs } from './socket-async-event-args.js';
export type { CompletedHandler } from './internal/completed-emitter.js';
export { SendPacketsElement } from './send-packets-element.js';
export { SocketAsyncEventArgsPool } from './socket-async-event-args-pool.js';
export { BufferManager } from './buffer-manager.js';

export { AddressFamily } from './enums/address-family.js';
export { ExtraSocketOptionName } from './enums/extra-socket-option-name.js';
export { IOControlCode } from './enums/io-control-code.js';
export { IPProtectionLevel } from './enums/ip-protection-level.js';
export { ProtocolType } from './enums/protocol-type.js';
export { SelectMode } from './enums/select-mode.js';
export { SocketAsyncOperation } from './enums/socket-async-operation.js';
export { SocketClientAccessPolicyProtocol } from './enums/socket-client-access-policy-protocol.js';
export { SocketError } from './enums/socket-error.js';
export { SocketFlags } from './enums/socket-flags.js';
export { SocketOptionLevel } from './enums/socket-option-level.js';
export { SocketOptionName } from './enums/socket-option-name.js';
export { SocketShutdown } from './enums/socket-shutdown.js';
export { SocketType } from './enums/socket-type.js';
export { TransmitFileOptions } from './enums/transmit-file-options.js';

export { DnsEndPoint } from './endpoints/dns-end-point.js';
export { EndPoint } from './endpoints/end-point.js';
export { IPAddress } from './endpoints/ip-address.js';
export { IPEndPoint } from './endpoints/ip-end-point.js';
export { SocketAddress } from './endpoints/socket-address.js';
export { UnixDomainSocketEndPoint } from './endpoints/unix-domain-socket-end-point.js';

export { IPPacketInformation } from './options/ip-packet-information.js';
export { IPv6MulticastOption } from './options/ipv6-multicast-option.js';
export { LingerOption } from './options/linger-option.js';
export { MulticastOption } from './options/multicast-option.js';

export {
  ArgumentException,
  ArgumentNullException,
  ArgumentOutOfRangeException,
} from './errors/argument-exceptions.js';
export { FormatException } from './errors/format-exception.js';
export { IndexOutOfRangeException } from './errors/index-out-of-range-exception.js';
export { InvalidOperationException } from './errors/invalid-operation-exception.js';
export {
  DirectoryNotFoundException,
  FileNotFoundException,
  IOException,
} from './errors/io-exceptions.js';
export { NotImplementedException } from './errors/not-implemented-exception.js';
export {
  NotSupportedException,
  PlatformNotSupportedException,
} from './errors/not-supported-exception.js';
export { ObjectDisposedException } from './errors/object-disposed-exception.js';
export { OverflowException } from './errors/overflow-exception.js';
export { SocketException } from './errors/socket-exception.js';
export type { SocketExceptionDetails } from './errors/socket-exception.js';
export { UnauthorizedAccessException } from './errors/unauthorized-access-exception.js';
export { Win32Exception } from './errors/win32-exception.js';

// What is compiled to CommonJS has accessors for all this, in an object that V8 reads slowly, at
// each use in each program that is compiled to CommonJS too. As plain properties of a new object they
// cost nothing.
(module as { exports: object }).exports = { ...(module.exports as object) };
