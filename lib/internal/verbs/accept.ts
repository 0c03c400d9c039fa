// Accept: what a socket and event args must be for it.

import { AddressFamily } from '../../enums/address-family.js';
import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { SocketError } from '../../enums/socket-error.js';
import { ArgumentException } from '../../errors/argument-exceptions.js';
import { InvalidOperationException } from '../../errors/invalid-operation-exception.js';
import { PlatformNotSupportedException } from '../../errors/not-supported-exception.js';
import { SocketException } from '../../errors/socket-exception.js';
import type { Socket } from '../../socket.js';
import type { Operation } from '../operation.js';
import type { SocketCore } from '../socket-core.js';
import { submit } from '../submit.js';
import { upcalls } from '../upcalls.js';

export function startAccept(core: SocketCore, operation: Operation, sender: Socket): boolean {
  if (operation.extras.bufferList !== null) {
    throw new ArgumentException('A BufferList cannot be used with AcceptAsync.', 'e');
  }
  if (!core.isBound) {
    throw new InvalidOperationException('The socket must be bound before it can accept.');
  }
  if (!core.isListening) {
    throw new InvalidOperationException('The socket must listen before it can accept.');
  }
  const { acceptSocket } = operation.extras;
  if (acceptSocket !== null) requireUnused(upcalls.coreOf(acceptSocket));
  operation.begin(SocketAsyncOperation.Accept, core, sender);
  operation.ownSlot(); // accepts would leave addresses all over the slots: decision 0022
  if (operation.memory !== null) {
    operation.end(); // as in .NET it has begun, and lastOperation says so
    refuseBuffer(core, operation);
  }
  operation.readReceived(); // the peer's address takes its place
  return submit(core, operation);
}

function requireUnused(target: SocketCore): void {
  if (target.isBound && !target.isDisconnected) {
    throw new InvalidOperationException('AcceptSocket: the socket must not be bound or connected.');
  }
  if (target.isShutForSending) throw new SocketException(SocketError.InvalidArgument);
}

/**
 * On Unix .NET checks that the buffer has room for the two addresses that Windows puts there, and
 * then refuses it all the same. So do we.
 */
function refuseBuffer(core: SocketCore, operation: Operation): never {
  if (operation.count < 2 * addressRoom(core.addressFamily)) {
    throw new ArgumentException('The buffer is too small for AcceptAsync.', 'Count');
  }
  throw new PlatformNotSupportedException(
    'AcceptAsync cannot receive data here. Call receiveAsync on the accepted socket.',
  );
}

/** A system address of the family and the 16 bytes that Windows wants beside it. */
function addressRoom(family: AddressFamily): number {
  const extra = 16;
  switch (family) {
    case AddressFamily.InterNetwork:
      return 16 + extra;
    case AddressFamily.InterNetworkV6:
      return 28 + extra;
    default:
      return 110 + extra;
  }
}
