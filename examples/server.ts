// The server of the reference page, ported name by name: it accepts connections and sends back what
// it receives, with event args and buffers that are allocated once, in init().
//
// Three things are not as they are there. `waitOne` returns a promise, since nothing may block the
// thread. A receive gets its whole segment back after an echo, which the original forgets, so that
// its window never grows again after a short message. And the backlog is the longest that the system
// allows: with the original's 100, of a thousand clients that connect at once some are reset.

import {
  BufferManager,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncEventArgsPool,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
  SocketType,
  ProtocolType,
  type IPEndPoint,
} from 'socket-async-event-args';

import { Semaphore } from './semaphore.js';

/** Segments per connection: one for reading, one for writing. */
const opsToPreAlloc = 2;

export class Server {
  readonly #numConnections: number;
  readonly #receiveBufferSize: number;
  readonly #writeLine: (line: string) => void;
  readonly #bufferManager: BufferManager;
  readonly #readWritePool: SocketAsyncEventArgsPool;
  readonly #maxNumberAcceptedClients: Semaphore;
  readonly #connected = new Set<Socket>();
  #listenSocket: Socket | null = null;
  #totalBytesRead = 0;
  #isStopped = false;

  /**
   * @param numConnections The most connections to be served at once.
   * @param receiveBufferSize Bytes of the buffer of each operation.
   * @param writeLine Where the server reports what happens.
   */
  constructor(numConnections: number, receiveBufferSize: number, writeLine = console.log) {
    this.#numConnections = numConnections;
    this.#receiveBufferSize = receiveBufferSize;
    this.#writeLine = writeLine;
    // Room for one outstanding read and one outstanding write of every connection.
    this.#bufferManager = new BufferManager(
      receiveBufferSize * numConnections * opsToPreAlloc,
      receiveBufferSize,
    );
    this.#readWritePool = new SocketAsyncEventArgsPool(numConnections);
    this.#maxNumberAcceptedClients = new Semaphore(numConnections, numConnections);
  }

  get numConnectedSockets(): number {
    return this.#connected.size;
  }

  get totalBytesRead(): number {
    return this.#totalBytesRead;
  }

  /** The endpoint that the server listens on. */
  get localEndPoint(): IPEndPoint {
    return this.#listenSocket?.localEndPoint as IPEndPoint;
  }

  /** Allocates everything that serving takes: one slab, and event args for all connections. */
  init(): void {
    this.#bufferManager.initBuffer();
    for (let i = 0; i < this.#numConnections; i++) {
      const readWriteEventArg = new SocketAsyncEventArgs();
      readWriteEventArg.on('completed', (_, e) => {
        this.ioCompleted(e);
      });
      this.#bufferManager.setBuffer(readWriteEventArg);
      this.#readWritePool.push(readWriteEventArg);
    }
  }

  /** Starts to listen for connections. */
  start(localEndPoint: IPEndPoint): void {
    this.#listenSocket = new Socket(
      localEndPoint.addressFamily,
      SocketType.Stream,
      ProtocolType.Tcp,
    );
    this.#listenSocket.bind(localEndPoint);
    this.#listenSocket.listen();
    const acceptEventArg = new SocketAsyncEventArgs();
    acceptEventArg.on('completed', (_, e) => {
      this.acceptCompleted(e);
    });
    void this.startAccept(this.#listenSocket, acceptEventArg);
  }

  /** Closes the listening socket and every connection. */
  stop(): void {
    this.#isStopped = true;
    this.#listenSocket?.close();
    for (const socket of this.#connected) socket.close();
  }

  /** Posts an accept, and the next, for as long as they finish at once. */
  async startAccept(listenSocket: Socket, acceptEventArg: SocketAsyncEventArgs): Promise<void> {
    let willRaiseEvent = false;
    while (!willRaiseEvent) {
      await this.#maxNumberAcceptedClients.waitOne();
      if (this.#isStopped) return;
      // To be cleared, since the event args are being reused.
      acceptEventArg.acceptSocket = null;
      willRaiseEvent = listenSocket.acceptAsync(acceptEventArg);
      if (!willRaiseEvent) this.processAccept(acceptEventArg);
    }
  }

  acceptCompleted(e: SocketAsyncEventArgs): void {
    this.processAccept(e);
    if (!this.#isStopped && this.#listenSocket !== null) {
      void this.startAccept(this.#listenSocket, e);
    }
  }

  processAccept(e: SocketAsyncEventArgs): void {
    const socket = e.acceptSocket;
    if (e.socketError !== SocketError.Success || socket === null) {
      this.#maxNumberAcceptedClients.release();
      return;
    }
    this.#connected.add(socket);
    this.#writeLine(
      `Client connection accepted. There are ${this.numConnectedSockets} clients connected to the server`,
    );
    const readEventArgs = this.#readWritePool.pop();
    readEventArgs.userToken = socket;
    // As soon as the client is connected, post a receive.
    const willRaiseEvent = socket.receiveAsync(readEventArgs);
    if (!willRaiseEvent) this.processReceive(readEventArgs);
  }

  /** Called whenever a receive or a send is complete. */
  ioCompleted(e: SocketAsyncEventArgs): void {
    switch (e.lastOperation) {
      case SocketAsyncOperation.Receive:
        this.processReceive(e);
        break;
      case SocketAsyncOperation.Send:
        this.processSend(e);
        break;
      default:
        throw new Error('The last operation completed on the socket was not a receive or send');
    }
  }

  /** Sends back what was received; closes the connection at its end. */
  processReceive(e: SocketAsyncEventArgs): void {
    if (e.bytesTransferred > 0 && e.socketError === SocketError.Success) {
      this.#totalBytesRead += e.bytesTransferred;
      this.#writeLine(`The server has read a total of ${this.#totalBytesRead} bytes`);
      e.setBuffer(e.offset, e.bytesTransferred);
      // What was complete before stop() closed its socket still gets here.
      if (this.#isStopped) {
        this.closeClientSocket(e);
        return;
      }
      const socket = e.userToken as Socket;
      const willRaiseEvent = socket.sendAsync(e);
      if (!willRaiseEvent) this.processSend(e);
    } else {
      this.closeClientSocket(e);
    }
  }

  /** Posts the next receive. */
  processSend(e: SocketAsyncEventArgs): void {
    if (e.socketError === SocketError.Success && !this.#isStopped) {
      e.setBuffer(e.offset, this.#receiveBufferSize);
      const socket = e.userToken as Socket;
      const willRaiseEvent = socket.receiveAsync(e);
      if (!willRaiseEvent) this.processReceive(e);
    } else {
      this.closeClientSocket(e);
    }
  }

  closeClientSocket(e: SocketAsyncEventArgs): void {
    const socket = e.userToken as Socket;
    try {
      socket.shutdown(SocketShutdown.Send);
    } catch {
      // The client has closed already.
    }
    socket.close();
    this.#connected.delete(socket);
    e.userToken = null;
    e.setBuffer(e.offset, this.#receiveBufferSize);
    this.#readWritePool.push(e);
    this.#maxNumberAcceptedClients.release();
    this.#writeLine(
      `A client has been disconnected from the server. There are ${this.numConnectedSockets} clients connected to the server`,
    );
  }
}
