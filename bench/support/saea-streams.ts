// Connections over this package that begin by receiving: the loop itself, and what is shared by the
// servers of memory and of files, where each received byte asks for something to be sent.

import { SocketAsyncEventArgs, SocketError, type Socket } from 'socket-async-event-args';

const requestCapacity = 64;

/** Receives into one buffer, over and over, until the peer has ended. */
export abstract class Receiver extends SocketAsyncEventArgs {
  protected readonly socket: Socket;

  constructor(socket: Socket, bufferSize: number) {
    super(true);
    this.socket = socket;
    this.setBuffer(new Uint8Array(bufferSize), 0, bufferSize);
  }

  start(): void {
    if (!this.socket.receiveAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    do {
      if (this.socketError !== SocketError.Success || this.bytesTransferred === 0) {
        this.socket.close();
        return;
      }
      this.take(this.bytesTransferred);
    } while (!this.socket.receiveAsync(this));
  }

  /** So many bytes have come. */
  protected abstract take(byteLength: number): void;
}

/** Receives requests, and has them served one after the other. */
export class RequestReader extends Receiver {
  readonly #sender: BlockSender;

  constructor(socket: Socket, sender: BlockSender) {
    super(socket, requestCapacity);
    this.#sender = sender;
  }

  protected override take(requestCount: number): void {
    this.#sender.request(requestCount);
  }
}

/** Sends blocks, each by as many operations as it takes. */
export abstract class BlockSender extends SocketAsyncEventArgs {
  protected readonly socket: Socket;
  #blocksLeft = 0;

  constructor(socket: Socket) {
    super(true);
    this.socket = socket;
  }

  request(blockCount: number): void {
    const isBusy = this.#blocksLeft > 0;
    this.#blocksLeft += blockCount;
    if (!isBusy && !this.sendNext()) this.onCompleted();
  }

  protected override onCompleted(): void {
    do {
      // Whoever reads the requests closes the socket.
      if (this.socketError !== SocketError.Success) return;
      if (this.isBlockSent()) this.#blocksLeft--;
      if (this.#blocksLeft === 0) return;
    } while (!this.sendNext());
  }

  /** Starts the next operation; false if it is complete already. */
  protected abstract sendNext(): boolean;

  /** Whether what was just sent was the last piece of a block. */
  protected abstract isBlockSent(): boolean;
}
