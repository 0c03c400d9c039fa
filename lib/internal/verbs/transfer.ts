// Receive and Send: nothing to check that the system would not check itself.

import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import type { Socket } from '../../socket.js';
import type { Operation } from '../operation.js';
import type { SocketCore } from '../socket-core.js';
import { submit } from '../submit.js';

export function startReceive(core: SocketCore, operation: Operation, sender: Socket): boolean {
  operation.begin(SocketAsyncOperation.Receive, core, sender);
  return submit(core, operation);
}

export function startSend(core: SocketCore, operation: Operation, sender: Socket): boolean {
  operation.begin(SocketAsyncOperation.Send, core, sender);
  return submit(core, operation);
}
