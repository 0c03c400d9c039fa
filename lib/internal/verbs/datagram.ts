// ReceiveFrom, ReceiveMessageFrom and SendTo: what the remote endpoint must be, and when its bytes
// are in the record already.

import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { SocketError } from '../../enums/socket-error.js';
import { DnsEndPoint } from '../../endpoints/dns-end-point.js';
import { ArgumentException } from '../../errors/argument-exceptions.js';
import type { Socket } from '../../socket.js';
import { writeEndPoint } from '../endpoint-codec.js';
import type { Operation } from '../operation.js';
import { canUseFamily, mapForSocket } from '../socket-addresses.js';
import type { SocketCore } from '../socket-core.js';
import { submit } from '../submit.js';

export function startReceiveFrom(core: SocketCore, operation: Operation, sender: Socket): boolean {
  prepareToReceive(core, operation);
  operation.begin(SocketAsyncOperation.ReceiveFrom, core, sender);
  operation.ownSlot();
  return submit(core, operation);
}

export function startReceiveMessageFrom(
  core: SocketCore,
  operation: Operation,
  sender: Socket,
): boolean {
  prepareToReceive(core, operation);
  operation.begin(SocketAsyncOperation.ReceiveMessageFrom, core, sender);
  operation.ownSlot();
  operation.forgetPacketInformation();
  return submit(core, operation);
}

/**
 * The endpoint given says which family and class the sender's will be. One that came from the last
 * receive on a socket of the same family says so without being looked at.
 */
function prepareToReceive(core: SocketCore, operation: Operation): void {
  if (operation.hasReceivedEndPointOf(core.addressFamily)) return;
  const { remoteEndPoint } = operation;
  if (remoteEndPoint === null) throw new ArgumentException('RemoteEndPoint is not set.', 'e');
  if (remoteEndPoint instanceof DnsEndPoint) {
    throw new ArgumentException('A DnsEndPoint cannot be received from.', 'e');
  }
  if (!canUseFamily(core, remoteEndPoint.addressFamily)) {
    throw new ArgumentException('The socket cannot use the family of RemoteEndPoint.', 'e');
  }
  const mapped = mapForSocket(core, remoteEndPoint);
  if (mapped !== remoteEndPoint) {
    operation.requireFree();
    operation.remoteEndPoint = mapped;
  }
}

export function startSendTo(core: SocketCore, operation: Operation, sender: Socket): boolean {
  if (!operation.hasReceivedEndPointOf(core.addressFamily)) writeRemoteEndPoint(core, operation);
  operation.begin(SocketAsyncOperation.SendTo, core, sender);
  const isPending = submit(core, operation);
  // The system has bound the socket, unless the call has failed.
  if (isPending || operation.socketError === SocketError.Success) core.isBound = true;
  return isPending;
}

function writeRemoteEndPoint(core: SocketCore, operation: Operation): void {
  const { remoteEndPoint } = operation;
  if (remoteEndPoint === null) throw new ArgumentException('RemoteEndPoint is not set.', 'e');
  if (remoteEndPoint instanceof DnsEndPoint) {
    throw new ArgumentException('A name cannot be sent to; resolve it first.', 'remoteEP');
  }
  operation.requireFree(); // the record is not ours to write otherwise
  operation.ownSlot();
  writeEndPoint(mapForSocket(core, remoteEndPoint), operation);
}
