// Disconnect: always finishes at once on Unix, and throws where .NET's inner shutdown does.

import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { SocketShutdown } from '../../enums/socket-shutdown.js';
import type { Socket } from '../../socket.js';
import { ENDING_DISCONNECT, ENDING_DISCONNECT_AND_REUSE, RECORD_ENDING } from '../abi.js';
import type { Operation } from '../operation.js';
import type { SocketCore } from '../socket-core.js';
import { submit } from '../submit.js';

export function startDisconnect(core: SocketCore, operation: Operation, sender: Socket): boolean {
  operation.begin(SocketAsyncOperation.Disconnect, core, sender);
  try {
    core.shutdown(SocketShutdown.Both);
  } catch (error) {
    operation.end();
    throw error;
  }
  const { words, record } = operation;
  words[record + RECORD_ENDING] = operation.extras.disconnectReuseSocket
    ? ENDING_DISCONNECT_AND_REUSE
    : ENDING_DISCONNECT;
  return submit(core, operation);
}
