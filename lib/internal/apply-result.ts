// The only writer of results, for operations that finished at once and for those that finished
// later. Ends with the operation free again, so that the event's handler can start the next one.

import { AddressFamily } from '../enums/address-family.js';
import { SocketAsyncOperation } from '../enums/socket-async-operation.js';
import { SocketError } from '../enums/socket-error.js';
import {
  ADDRESS_FAMILY,
  ENDING_DISCONNECT_AND_REUSE,
  ENDING_NONE,
  RECORD_BYTES_TRANSFERRED,
  RECORD_BYTES_TRANSFERRED_HIGH,
  RECORD_ENDING,
  RECORD_RESULT_FLAGS,
  RECORD_RESULT_HANDLE,
  RECORD_SOCKET_ERROR,
  RECORD_SOCKET_FLAGS,
} from './abi.js';
import { writeNoAddress } from './endpoint-codec.js';
import { watchSocket } from './finalization.js';
import type { Operation } from './operation.js';
import { noteRemoteEndPoint } from './socket-addresses.js';
import { SocketCore } from './socket-core.js';
import { upcalls } from './upcalls.js';

/** Copies what native wrote into the record, and lets the kind of operation add to it. */
export function applyResult(operation: Operation): void {
  const { words, record } = operation;
  applyOutcome(
    operation,
    words[record + RECORD_SOCKET_ERROR] as SocketError,
    bytesTransferred(operation),
    words[record + RECORD_RESULT_FLAGS],
    null,
  );
}

/** More than 2 GiB in one operation are possible with SendPackets alone, whether it fails or not. */
function bytesTransferred({ lastOperation, words, record }: Operation): number {
  const low = words[record + RECORD_BYTES_TRANSFERRED];
  if (lastOperation !== SocketAsyncOperation.SendPackets) return low;
  return words[record + RECORD_BYTES_TRANSFERRED_HIGH] * 2 ** 32 + (low >>> 0);
}

/** Applies an outcome that did not come from a record, such as a name that does not resolve. */
export function applyOutcome(
  operation: Operation,
  error: SocketError,
  bytesTransferred: number,
  flags: number,
  connectByNameError: Error | null,
): void {
  const { core } = operation;
  const isSuccess = error === SocketError.Success;
  // Whatever the system said: the user has closed the socket meanwhile, and that is the reason.
  operation.socketError =
    !isSuccess && core?.isClosed === true ? SocketError.OperationAborted : error;
  if (operation.extras.connectByNameError !== connectByNameError) {
    operation.ownExtras.connectByNameError = connectByNameError;
  }
  operation.bytesTransferred = bytesTransferred;
  operation.socketFlags = flags;
  if (core !== null) {
    if (isSuccess) applySuccess(operation, core);
    else core.noteFailure(error);
  }
  operation.end();
}

/** What kinds of operation add to the results when they succeed. */
function applySuccess(operation: Operation, core: SocketCore): void {
  switch (operation.lastOperation) {
    case SocketAsyncOperation.Accept:
      applyAccept(operation, core);
      break;
    case SocketAsyncOperation.Connect:
      core.setConnected();
      operation.ownExtras.connectSocket = operation.sender;
      break;
    case SocketAsyncOperation.Disconnect:
      core.forgetRemoteEndPoint();
      if (operation.extras.disconnectReuseSocket) core.setRenewed();
      break;
    case SocketAsyncOperation.Receive:
      noteWhetherDrained(operation, core);
      break;
    case SocketAsyncOperation.ReceiveMessageFrom:
      operation.noteReceivedInformation();
      applyReceiveFrom(operation, core);
      break;
    case SocketAsyncOperation.ReceiveFrom:
      applyReceiveFrom(operation, core);
      break;
    case SocketAsyncOperation.SendPackets:
      applySendPackets(operation, core);
      break;
    default:
      break;
  }
}

/**
 * A receive that got less than it had room for has left nothing: the next one will wait. Not so at the
 * end of a stream, nor after one that only looked.
 */
function noteWhetherDrained(operation: Operation, core: SocketCore): void {
  const { bytesTransferred, count, words, record } = operation;
  core.isDrained =
    bytesTransferred > 0 && bytesTransferred < count && words[record + RECORD_SOCKET_FLAGS] === 0;
}

function applyReceiveFrom(operation: Operation, core: SocketCore): void {
  noteWhetherDrained(operation, core);
  // A connected stream has no sender, and an unnamed Unix-domain socket has no name.
  if (operation.words[operation.address + ADDRESS_FAMILY] === AddressFamily.Unspecified) {
    writeNoAddress(core.addressFamily, operation);
  }
  operation.noteReceivedEndPoint();
}

function applySendPackets(operation: Operation, core: SocketCore): void {
  const ending = operation.words[operation.record + RECORD_ENDING];
  if (ending === ENDING_NONE) return;
  core.setDisconnected(); // unlike after a disconnect, remoteEndPoint stays, as in .NET
  core.isShutForSending = true;
  if (ending === ENDING_DISCONNECT_AND_REUSE) core.setRenewed();
}

/** Makes a socket of the new connection, or puts the connection into the socket that was given. */
function applyAccept(operation: Operation, listener: SocketCore): void {
  const handle = operation.words[operation.record + RECORD_RESULT_HANDLE];
  const { extras } = operation;
  let target: SocketCore;
  if (extras.acceptSocket === null) {
    target = new SocketCore(handle, listener.kind);
    target.isBlocking = listener.isBlocking;
    target.setConnected();
    operation.ownExtras.acceptSocket = upcalls.wrapSocket(target);
  } else {
    target = upcalls.coreOf(extras.acceptSocket);
    // A socket that was closed comes to life again, as in .NET.
    if (target.isClosed) watchSocket(extras.acceptSocket, target);
    target.becomeAccepted(handle, listener);
  }
  noteRemoteEndPoint(target, operation);
}
