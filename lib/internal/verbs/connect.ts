// Connect: what a socket and event args must be for it. Connecting by name, and the static form, are
// sequences of attempts; see connect-sequence.ts.

import { AddressFamily } from '../../enums/address-family.js';
import type { ProtocolType } from '../../enums/protocol-type.js';
import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { SocketError } from '../../enums/socket-error.js';
import { SocketType } from '../../enums/socket-type.js';
import { DnsEndPoint } from '../../endpoints/dns-end-point.js';
import type { EndPoint } from '../../endpoints/end-point.js';
import { IPEndPoint } from '../../endpoints/ip-end-point.js';
import { ArgumentException, ArgumentNullException } from '../../errors/argument-exceptions.js';
import { InvalidOperationException } from '../../errors/invalid-operation-exception.js';
import { NotSupportedException } from '../../errors/not-supported-exception.js';
import { SocketException } from '../../errors/socket-exception.js';
import type { Socket } from '../../socket.js';
import { ConnectSequence } from '../connect-sequence.js';
import { MadeSocket, MadeSockets, OwnSocket, type ConnectSockets } from '../connect-sockets.js';
import { writeEndPoint } from '../endpoint-codec.js';
import { addressesInText } from '../name-resolution.js';
import type { Operation } from '../operation.js';
import { canUseFamily, mapForSocket } from '../socket-addresses.js';
import type { SocketCore } from '../socket-core.js';
import { keepContext, submit } from '../submit.js';
import { upcalls } from '../upcalls.js';

/** The instance method. */
export function startConnect(core: SocketCore, operation: Operation, sender: Socket): boolean {
  if (operation.extras.bufferList !== null) {
    throw new ArgumentException('A BufferList cannot be used with ConnectAsync.', 'BufferList');
  }
  const { remoteEndPoint } = operation;
  if (remoteEndPoint === null) throw new ArgumentNullException('remoteEP');
  if (core.isListening) {
    throw new InvalidOperationException('A listening socket cannot connect.');
  }
  if (core.isConnected && core.socketType === SocketType.Stream) {
    throw new SocketException(SocketError.IsConnected, { syscall: 'connect' });
  }
  requireUsable(core, remoteEndPoint);
  if (remoteEndPoint instanceof DnsEndPoint) {
    return startByName(operation, remoteEndPoint, () => new OwnSocket(sender));
  }
  operation.requireFree();
  operation.ownSlot();
  writeEndPoint(mapForSocket(core, remoteEndPoint), operation);
  operation.begin(SocketAsyncOperation.Connect, core, sender);
  operation.ownExtras.connectSocket = null;
  return submit(core, operation);
}

/** The static method: on sockets of its own making. */
export function startStaticConnect(
  socketType: SocketType,
  protocolType: ProtocolType,
  operation: Operation,
): boolean {
  if (operation.extras.bufferList !== null) {
    throw new ArgumentException('A BufferList cannot be used with ConnectAsync.', 'e');
  }
  const { remoteEndPoint } = operation;
  if (remoteEndPoint === null) throw new ArgumentException('RemoteEndPoint is not set.', 'e');
  operation.requireFree();
  operation.ownSlot(); // where there is none left, no socket must be either
  const family = remoteEndPoint.addressFamily;
  if (remoteEndPoint instanceof DnsEndPoint) {
    return startByName(operation, remoteEndPoint, () =>
      family === AddressFamily.Unspecified
        ? new MadeSockets(socketType, protocolType)
        : new MadeSocket(family, socketType, protocolType),
    );
  }
  const sockets = new MadeSocket(family, socketType, protocolType);
  operation.begin(SocketAsyncOperation.Connect, null, null);
  operation.ownExtras.connectSocket = null;
  const sequence = new ConnectSequence(operation, sockets, false);
  return withContext(operation, sequence.start([remoteEndPoint]));
}

/** Ends a connect early: the attempt, and with it the socket. Does nothing if there is none. */
export function cancelConnect(operation: Operation): void {
  const isConnecting =
    operation.isInProgress && operation.lastOperation === SocketAsyncOperation.Connect;
  if (!isConnecting) return;
  const { cancel } = operation.extras;
  if (cancel !== null) cancel();
  else operation.core?.close(false);
}

function requireUsable(core: SocketCore, endPoint: EndPoint): void {
  const family = endPoint.addressFamily;
  const isAnyName = endPoint instanceof DnsEndPoint && family === AddressFamily.Unspecified;
  if (isAnyName || canUseFamily(core, family)) return;
  throw new NotSupportedException('The socket cannot use the address family of RemoteEndPoint.');
}

/** `makeSockets` is called when nothing else can be refused, so that none are left behind. */
function startByName(
  operation: Operation,
  endPoint: DnsEndPoint,
  makeSockets: () => ConnectSockets,
): boolean {
  operation.requireFree();
  operation.ownSlot();
  // As in .NET: a host that is refused is refused by a connect that has begun.
  operation.lastOperation = SocketAsyncOperation.Connect;
  operation.ownExtras.connectSocket = null;
  const literals = addressesInText(endPoint);
  const sockets = makeSockets();
  const { sender } = sockets;
  const core = sender === null ? null : upcalls.coreOf(sender);
  operation.begin(SocketAsyncOperation.Connect, core, sender);
  const sequence = new ConnectSequence(operation, sockets, true);
  if (literals !== null) {
    const endPoints = literals.map(each => new IPEndPoint(each, endPoint.port));
    return withContext(operation, sequence.start(endPoints));
  }
  sequence.resolveAndStart(endPoint);
  return withContext(operation, true);
}

function withContext(operation: Operation, isPending: boolean): boolean {
  if (isPending) keepContext(operation);
  return isPending;
}
