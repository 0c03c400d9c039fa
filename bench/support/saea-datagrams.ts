// Serving datagrams over this package, the way a server that cares is written: as many receives
// outstanding as one call of the system serves, no async context, and onCompleted overridden.

import {
  AddressFamily,
  BufferManager,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { announce, onTerminate, type ServerOptions } from './server-program.js';
import { receiveBufferBytes } from './udp.js';

/** What one recvmmsg of the engine takes. */
const outstanding = 64;

/** Receives datagrams, one after the other, and sends back the beginning of those that want it. */
export abstract class DatagramArgs extends SocketAsyncEventArgs {
  readonly #socket: Socket;
  readonly #bufferSize: number;

  constructor(socket: Socket, buffers: BufferManager, bufferSize: number) {
    super(true);
    this.#socket = socket;
    this.#bufferSize = bufferSize;
    buffers.setBuffer(this);
    this.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
  }

  start(): void {
    if (!this.#socket.receiveFromAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    let isPending = false;
    while (!isPending) {
      if (this.socketError === SocketError.OperationAborted) return;
      const isReceived =
        this.lastOperation === SocketAsyncOperation.ReceiveFrom &&
        this.socketError === SocketError.Success;
      const length = isReceived ? this.answerLength() : 0;
      if (length > 0) {
        this.setBuffer(this.offset, length);
        isPending = this.#socket.sendToAsync(this);
      } else {
        this.setBuffer(this.offset, this.#bufferSize);
        isPending = this.#socket.receiveFromAsync(this);
      }
    }
  }

  /** How many bytes of the datagram that just came go back to its sender; 0: no answer. */
  protected abstract answerLength(): number;
}

/** The whole life of a server of one socket. */
export function runDatagramServer(
  { port, bufferSize }: ServerOptions,
  createArgs: (socket: Socket, buffers: BufferManager, bufferSize: number) => DatagramArgs,
): void {
  const buffers = new BufferManager(bufferSize * outstanding, bufferSize);
  buffers.initBuffer();
  const socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
  socket.receiveBufferSize = receiveBufferBytes;
  socket.bind(new IPEndPoint(IPAddress.Loopback, port));
  for (let i = 0; i < outstanding; i++) createArgs(socket, buffers, bufferSize).start();
  announce((socket.localEndPoint as IPEndPoint).port);
  onTerminate(() => {
    socket.close();
  });
}
