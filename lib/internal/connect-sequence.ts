// Connecting to the first of several endpoints that answers, one after another. To the user it is
// one operation; here it is a step of native per endpoint, each begun when the last one has failed.

import { SocketError } from '../enums/socket-error.js';
import type { DnsEndPoint } from '../endpoints/dns-end-point.js';
import type { EndPoint } from '../endpoints/end-point.js';
import { IPEndPoint } from '../endpoints/ip-end-point.js';
import { SocketException } from '../errors/socket-exception.js';
import type { Socket } from '../socket.js';
import { RECORD_SOCKET_ERROR } from './abi.js';
import { applyOutcome, applyResult } from './apply-result.js';
import type { ConnectSockets } from './connect-sockets.js';
import { raise, raiseApart } from './dispatch.js';
import { writeEndPoint } from './endpoint-codec.js';
import { resolve } from './name-resolution.js';
import type { Operation } from './operation.js';
import { mapForSocket } from './socket-addresses.js';
import { submitStep } from './submit.js';
import { upcalls } from './upcalls.js';

export class ConnectSequence {
  readonly #operation: Operation;
  readonly #sockets: ConnectSockets;
  /** Connecting by name reports its failure as an exception too. */
  readonly #isByName: boolean;
  #endPoints: readonly EndPoint[] = [];
  #tried = 0;
  // What is reported when there was nothing to try.
  #lastError: SocketError = SocketError.NoData;
  #isResolving = false;
  #isCancelled = false;

  /** For an operation that has begun. */
  constructor(operation: Operation, sockets: ConnectSockets, isByName: boolean) {
    this.#operation = operation;
    this.#sockets = sockets;
    this.#isByName = isByName;
    operation.ownExtras.cancel = () => {
      this.#cancel();
    };
  }

  /** Resolves a name, then tries its addresses. Always pending. */
  resolveAndStart(endPoint: DnsEndPoint): void {
    this.#isResolving = true;
    resolve(endPoint, (error, addresses) => {
      if (this.#isCancelled) return; // completed already
      this.#isResolving = false;
      if (error !== SocketError.Success) this.#lastError = error;
      const isPending = this.start(addresses.map(each => new IPEndPoint(each, endPoint.port)));
      if (!isPending) raiseApart(this.#operation);
    });
  }

  /** Tries endpoints in order. `true` if it is pending; `false` if the results are there. */
  start(endPoints: readonly EndPoint[]): boolean {
    this.#endPoints = endPoints;
    try {
      return this.#tryNext();
    } catch (error) {
      // An endpoint class of the user's that does not serialize: as if nothing had been started.
      this.#operation.ownExtras.cancel = null;
      this.#sockets.failed();
      this.#operation.end();
      throw error;
    }
  }

  #tryNext(): boolean {
    while (this.#tried < this.#endPoints.length && this.#operation.core?.isClosed !== true) {
      const endPoint = this.#endPoints[this.#tried];
      this.#tried++;
      const socket = this.#socketFor(endPoint);
      if (socket === null) continue;
      if (this.#submit(socket, endPoint)) return true;
      if (this.#settle()) return false;
    }
    this.#fail();
    return false;
  }

  #socketFor(endPoint: EndPoint): Socket | null {
    try {
      return this.#sockets.for(endPoint);
    } catch (error) {
      if (!(error instanceof SocketException)) throw error;
      this.#lastError = error.socketErrorCode; // there is none to be had: this attempt has failed
      return null;
    }
  }

  #submit(socket: Socket, endPoint: EndPoint): boolean {
    const operation = this.#operation;
    const core = upcalls.coreOf(socket);
    operation.core = core;
    operation.sender = socket;
    writeEndPoint(mapForSocket(core, endPoint), operation);
    const isPending = submitStep(core, operation);
    if (isPending) {
      operation.ownExtras.nextStep = () => {
        if (this.#settle() || !this.#tryNext()) raise(operation);
      };
    }
    return isPending;
  }

  /** Looks at the attempt that has just ended; `true` if nothing is left to do. */
  #settle(): boolean {
    const operation = this.#operation;
    const error = operation.words[operation.record + RECORD_SOCKET_ERROR] as SocketError;
    if (error !== SocketError.Success) {
      this.#lastError = error;
      return false;
    }
    operation.ownExtras.cancel = null;
    if (operation.sender !== null) this.#sockets.succeeded(operation.sender);
    applyResult(operation);
    return true;
  }

  #fail(): void {
    const operation = this.#operation;
    const isAborted = this.#isCancelled || operation.core?.isClosed === true;
    const error = isAborted ? SocketError.OperationAborted : this.#lastError;
    operation.ownExtras.cancel = null;
    operation.sender = this.#isByName ? this.#sockets.sender : null; // as in .NET
    const exception = this.#isByName ? new SocketException(error, { syscall: 'connect' }) : null;
    applyOutcome(operation, error, 0, 0, exception);
    // Not before: the outcome on a closed socket would be OperationAborted.
    this.#sockets.failed();
  }

  #cancel(): void {
    this.#isCancelled = true;
    this.#operation.ownExtras.cancel = null;
    // An attempt in progress is completed by this, through the ring.
    this.#sockets.cancel();
    // A lookup cannot be stopped, but need not be waited for either.
    if (this.#isResolving) {
      setImmediate(() => {
        this.#fail();
        raiseApart(this.#operation);
      });
    }
  }
}
