// Echoes by datagrams, for the measurement of what they allocate (allocation.ts).

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncOperation,
  SocketType,
} from 'socket-async-event-args';

import { Actor, bufferSize, messageSize, type Echoing, type Work } from './allocation.js';

/** Enough for recvmmsg and sendmmsg to have something to do, and not more than sockets hold. */
const clientSockets = 4;
const inFlightPerSocket = 16;
const serverArgs = 32;

/** Sends a datagram back to where it came from, without looking who that is. */
class Server extends Actor {
  protected next(): boolean {
    if (this.lastOperation === SocketAsyncOperation.ReceiveFrom) {
      this.setBuffer(0, this.bytesTransferred);
      return this.socket.sendToAsync(this);
    }
    return this.listen();
  }

  listen(): boolean {
    this.setBuffer(0, bufferSize);
    return this.socket.receiveFromAsync(this);
  }
}

/** Sends a datagram, waits for its echo, and sends the next. */
class Client extends Actor {
  readonly #work: Work;

  constructor(socket: Socket, work: Work) {
    super(socket);
    this.#work = work;
  }

  protected next(): boolean {
    if (this.lastOperation === SocketAsyncOperation.SendTo) {
      return this.socket.receiveFromAsync(this);
    }
    const work = this.#work;
    if (work.left === 0) {
      work.running--;
      if (work.running === 0) work.done();
      return true; // nothing is; but there is nothing to go on with
    }
    work.left--;
    return this.socket.sendToAsync(this);
  }

  start(): void {
    this.#work.running++;
    this.#work.left--;
    if (!this.socket.sendToAsync(this)) this.onCompleted();
  }
}

function boundSocket(): Socket {
  const socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
  socket.bind(new IPEndPoint(IPAddress.Loopback, 0));
  return socket;
}

export class DatagramEchoes implements Echoing {
  readonly #work: Work = { left: 0, running: 0, done: () => undefined };
  readonly #sockets: Socket[] = [];
  readonly #clients: Client[] = [];

  constructor() {
    const server = this.#track(boundSocket());
    for (let i = 0; i < serverArgs; i++) {
      const e = new Server(server);
      e.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
      e.listen();
    }
    for (let i = 0; i < clientSockets * inFlightPerSocket; i++) {
      if (i % inFlightPerSocket === 0) this.#track(boundSocket());
      const client = new Client(this.#sockets.at(-1) as Socket, this.#work);
      client.remoteEndPoint = server.localEndPoint;
      client.setBuffer(0, messageSize);
      this.#clients.push(client);
    }
  }

  run(count: number): Promise<void> {
    return new Promise(resolve => {
      this.#work.left = count;
      this.#work.done = resolve;
      for (const client of this.#clients) client.start();
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  #track(socket: Socket): Socket {
    this.#sockets.push(socket);
    return socket;
  }
}
