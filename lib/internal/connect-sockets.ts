// Which socket tries which address of a connect sequence: the user's own, or sockets made on demand
// for the static ConnectAsync.

import { type AddressFamily } from '../enums/address-family.js';
import type { ProtocolType } from '../enums/protocol-type.js';
import { SocketOptionLevel } from '../enums/socket-option-level.js';
import { SocketOptionName } from '../enums/socket-option-name.js';
import type { SocketType } from '../enums/socket-type.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { IPEndPoint } from '../endpoints/ip-end-point.js';
import type { Socket } from '../socket.js';
import { canUseFamily } from './socket-addresses.js';
import { SocketCore } from './socket-core.js';
import { setIntOption } from './socket-options.js';
import { upcalls } from './upcalls.js';

export interface ConnectSockets {
  /** The socket, if there is only one to try with: the sender of the event, however it ends. */
  readonly sender: Socket | null;
  /** The socket to try an endpoint with; `null` if there is none for its family. May throw. */
  for(endPoint: EndPoint): Socket | null;
  /** One of them is connected; the others are not needed. */
  succeeded(connected: Socket): void;
  /** No endpoint could be connected to. */
  failed(): void;
  /** Ends the attempt in progress. */
  cancel(): void;
}

/** The user's own socket: kept after a failure, disposed by a cancellation, as in .NET. */
export class OwnSocket implements ConnectSockets {
  readonly sender: Socket;

  constructor(socket: Socket) {
    this.sender = socket;
  }

  for(endPoint: EndPoint): Socket | null {
    const core = upcalls.coreOf(this.sender);
    return canUseFamily(core, endPoint.addressFamily) ? this.sender : null;
  }

  succeeded(): void {
    // The user has it already.
  }

  failed(): void {
    // It may be used for another attempt.
  }

  cancel(): void {
    upcalls.coreOf(this.sender).close(false);
  }
}

/** The socket of a static ConnectAsync that knows the address family: disposed unless connected. */
export class MadeSocket extends OwnSocket {
  /** @throws {SocketException} if the system has no such socket. */
  constructor(family: AddressFamily, socketType: SocketType, protocolType: ProtocolType) {
    super(upcalls.wrapSocket(SocketCore.create(family, socketType, protocolType)));
  }

  override failed(): void {
    this.cancel();
  }
}

/** Sockets of a static ConnectAsync by name: one per family, disposed unless connected. */
export class MadeSockets implements ConnectSockets {
  readonly sender = null;
  readonly #socketType: SocketType;
  readonly #protocolType: ProtocolType;
  readonly #byFamily = new Map<AddressFamily, Socket>();

  constructor(socketType: SocketType, protocolType: ProtocolType) {
    this.#socketType = socketType;
    this.#protocolType = protocolType;
  }

  for(endPoint: EndPoint): Socket {
    const family = endPoint.addressFamily;
    let socket = this.#byFamily.get(family);
    if (socket === undefined) {
      socket = upcalls.wrapSocket(SocketCore.create(family, this.#socketType, this.#protocolType));
      this.#byFamily.set(family, socket);
    }
    if (endPoint instanceof IPEndPoint && endPoint.address.isIPv4MappedToIPv6) {
      const core = upcalls.coreOf(socket);
      setIntOption(core, SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, 0);
    }
    return socket;
  }

  succeeded(connected: Socket): void {
    for (const socket of this.#byFamily.values()) {
      if (socket !== connected) upcalls.coreOf(socket).close(false);
    }
  }

  failed(): void {
    for (const socket of this.#byFamily.values()) upcalls.coreOf(socket).close(false);
  }

  cancel(): void {
    this.failed();
  }
}
