// Disconnect: always finishes at once on Unix, and throws where .NET's inner shutdown does.

import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { SocketShutdown } from '../../enums/socket-shutdown.js';
import type { Socket } from '../../socket.js';
import { RECORD_REUSE_SOCKET } from '../abi.js';
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
  words[record + RECORD_REUSE_SOCKET] = operation.disconnectReuseSocket ? 1 : 0;
  return submit(core, operation);
}
