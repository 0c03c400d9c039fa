// TCP echo over this package for many connections that say little: everything belonging to a
// connection is made when it comes. With --zero-byte it waits for data with a receive of no bytes
// and takes a buffer from a small common stock only while a message is in its hands.

import {
  BufferManager,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  type Socket,
} from 'socket-async-event-args';

import { runServer } from '../support/saea-listener.js';
import { readServerOptions } from '../support/server-program.js';

const zeroByteFlag = '--zero-byte';
const waitsWithoutBuffer = process.argv.includes(zeroByteFlag);
process.argv = process.argv.filter(argument => argument !== zeroByteFlag);
const { port, bufferSize } = readServerOptions();

/** A buffer of its own for each connection. */
class BufferedConnection extends SocketAsyncEventArgs {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super(true);
    this.#socket = socket;
    this.setBuffer(new Uint8Array(bufferSize), 0, bufferSize);
  }

  start(): void {
    if (!this.#socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    let isPending = false;
    while (!isPending) {
      const isReceived = this.lastOperation === SocketAsyncOperation.Receive;
      if (this.socketError !== SocketError.Success || (isReceived && this.bytesTransferred === 0)) {
        this.#socket.close();
        return;
      }
      this.setBuffer(0, isReceived ? this.bytesTransferred : bufferSize);
      isPending = isReceived ? this.#socket.sendAsync(this) : this.#socket.receiveAsync(this);
    }
  }
}

const workerCount = 64;
const idleWorkers: ExchangeArgs[] = [];
const queued: WaitingConnection[] = [];

/** Waits for data, and holds nothing meanwhile. */
class WaitingConnection extends SocketAsyncEventArgs {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super(true);
    this.#socket = socket;
  }

  wait(): void {
    if (!this.#socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    if (this.socketError !== SocketError.Success) {
      this.#socket.close();
      return;
    }
    const worker = idleWorkers.pop();
    if (worker === undefined) queued.push(this);
    else worker.serve(this);
  }

  get socket(): Socket {
    return this.#socket;
  }
}

/** One of the few event args that have a buffer: receives what is there, and sends it back. */
class ExchangeArgs extends SocketAsyncEventArgs {
  #connection: WaitingConnection | null = null;

  constructor(buffers: BufferManager) {
    super(true);
    buffers.setBuffer(this);
  }

  serve(connection: WaitingConnection): void {
    this.#connection = connection;
    this.setBuffer(this.offset, bufferSize);
    if (!connection.socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    const connection = this.#connection;
    if (connection === null) return;
    const { socket } = connection;
    const isReceived = this.lastOperation === SocketAsyncOperation.Receive;
    if (this.socketError !== SocketError.Success || (isReceived && this.bytesTransferred === 0)) {
      socket.close();
      this.#release();
      return;
    }
    if (isReceived) {
      this.setBuffer(this.offset, this.bytesTransferred);
      if (socket.sendAsync(this)) return;
    }
    this.#release();
    connection.wait();
  }

  #release(): void {
    this.#connection = null;
    const next = queued.shift();
    if (next === undefined) idleWorkers.push(this);
    else this.serve(next);
  }
}

if (waitsWithoutBuffer) {
  const buffers = new BufferManager(bufferSize * workerCount, bufferSize);
  buffers.initBuffer();
  for (let i = 0; i < workerCount; i++) idleWorkers.push(new ExchangeArgs(buffers));
}

runServer(port, socket => {
  if (waitsWithoutBuffer) new WaitingConnection(socket).wait();
  else new BufferedConnection(socket).start();
});
