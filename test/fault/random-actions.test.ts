// Thousands of random actions on many sockets, from outside and from inside handlers. Whatever
// happens, every operation that was started completes exactly once, and nothing is left behind.

import {
  ArgumentException,
  DnsEndPoint,
  InvalidOperationException,
  NotSupportedException,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketException,
  SocketFlags,
  SocketType,
} from 'socket-async-event-args';

import { until } from '../support/deadline.js';
import '../support/leak-audit.js';
import { withSeed, type Random } from '../support/seed.js';
import { listener, tcpSocket } from '../support/sockets.js';

const steps = 2000;
const mostSockets = 60;
const mostPending = 200;

const knownErrors: ReadonlySet<SocketError> = new Set(Object.values(SocketError));

const refusals = [
  ArgumentException,
  InvalidOperationException, // ObjectDisposedException is one
  NotSupportedException,
  SocketException,
];

/** One event args, and whether its event is due. */
class Actor extends SocketAsyncEventArgs {
  isPending = false;
  isDisposed = false;
  asked = 0;
  readonly #world: World;

  constructor(world: World) {
    super(world.random.percent(50));
    this.#world = world;
  }

  override dispose(): void {
    this.isDisposed = true;
    super.dispose();
  }

  protected override onCompleted(): void {
    this.#world.completed(this);
  }
}

class World {
  readonly random: Random;
  readonly sockets: Socket[] = [];
  readonly listeners: Socket[] = [];
  readonly free: Actor[] = [];
  readonly pending = new Set<Actor>();
  started = 0;
  raised = 0;
  #depth = 0;
  readonly #actions: readonly (() => void)[];

  constructor(random: Random) {
    this.random = random;
    const often = [
      () => this.start('receive', (e, socket) => socket.receiveAsync(e)),
      () => this.start('send', (e, socket) => socket.sendAsync(e)),
      () => this.start('connect', (e, socket) => this.connect(e, socket)),
      () => this.accept(),
    ];
    this.#actions = [
      ...often,
      ...often,
      ...often,
      () => this.start('connect', e => this.connectStatically(e)),
      () => this.start('disconnect', (e, socket) => this.disconnect(e, socket)),
      () => this.attempt(() => this.anySocket().shutdown(random.pick([0, 1, 2]))),
      () => this.close(this.anySocket()),
      () => this.close(this.anySocket()),
      () => this.cancel(),
      () => this.disposeArgs(),
      () => void this.sockets.push(tcpSocket()),
      () => void this.listeners.push(listener()),
    ];
  }

  step(): void {
    this.random.pick(this.#actions)();
    while (this.listeners.length === 0 || this.sockets.length < 4) this.refill();
    while (this.sockets.length > mostSockets) this.close(this.sockets[0]);
    while (this.listeners.length > 5) this.close(this.listeners[0]);
  }

  refill(): void {
    if (this.listeners.length === 0) this.listeners.push(listener());
    this.sockets.push(tcpSocket());
  }

  anySocket(): Socket {
    const { random } = this;
    return random.pick(random.percent(90) ? this.sockets : this.listeners);
  }

  /** Does what may be refused, by an exception of a class that it may have; `null` if it was. */
  attempt<T>(action: () => T): T | null {
    try {
      return action();
    } catch (error) {
      if (!refusals.some(type => error instanceof type)) throw error;
      return null;
    }
  }

  /** Starts an operation with event args that are free, in flight or disposed. */
  start(kind: string, action: (e: Actor, socket: Socket) => boolean): void {
    const { random } = this;
    if (this.pending.size > mostPending) this.close(this.anySocket());
    const isMisuse = this.pending.size > 0 && random.percent(5);
    const e = isMisuse ? random.pick([...this.pending]) : this.takeFree();
    if (!isMisuse && !e.isDisposed) this.configure(e, kind);
    const { raised } = this;
    const isPending = this.attempt(() => action(e, this.anySocket()));
    expect(this.raised).toBe(raised); // no handler runs inside
    if (isMisuse || e.isDisposed) {
      expect(isPending).toBeNull();
    } else if (isPending === true) {
      e.isPending = true;
      this.pending.add(e);
      this.started++;
    } else if (isPending === false) {
      this.settle(e);
    } else {
      this.free.push(e);
    }
  }

  takeFree(): Actor {
    return this.free.pop() ?? new Actor(this);
  }

  configure(e: Actor, kind: string): void {
    const { random } = this;
    e.acceptSocket = null;
    e.bufferList = null;
    e.setBuffer(null, 0, 0);
    e.socketFlags = random.percent(5) ? random.pick([SocketFlags.Peek, SocketFlags.Partial]) : 0;
    e.disconnectReuseSocket = random.percent(50);
    const isSend = kind === 'send';
    const length = random.pick([0, 1, 100, isSend ? 5_000_000 : 4096]);
    e.asked = length;
    if (kind === 'connect' ? random.percent(20) : random.percent(70)) {
      e.setBuffer(new Uint8Array(length), 0, length);
    } else if (kind !== 'connect') {
      e.bufferList = [new Uint8Array(length), new Uint8Array(0), new Uint8Array(3)];
      e.asked = length + 3;
    }
  }

  connect(e: Actor, socket: Socket): boolean {
    const { random } = this;
    const target = random.percent(80) ? random.pick(this.listeners) : this.anySocket();
    const endPoint = target.localEndPoint; // throws if it is closed
    const isByName = endPoint !== null && random.percent(10);
    e.remoteEndPoint = isByName ? new DnsEndPoint('localhost', 9) : endPoint;
    return socket.connectAsync(e);
  }

  connectStatically(e: Actor): boolean {
    e.remoteEndPoint = this.random.pick(this.listeners).localEndPoint;
    return Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);
  }

  disconnect(e: Actor, socket: Socket): boolean {
    return socket.disconnectAsync(e);
  }

  accept(): void {
    const listening = this.random.pick(this.listeners);
    this.start('accept', e => {
      if (!e.isPending && !e.isDisposed) {
        e.bufferList = null;
        e.setBuffer(null, 0, 0);
        e.acceptSocket = this.random.percent(20) ? this.anySocket() : null;
      }
      return listening.acceptAsync(e);
    });
  }

  close(socket: Socket): void {
    const { random } = this;
    for (const list of [this.sockets, this.listeners]) {
      const index = list.indexOf(socket);
      // Mostly forgotten once closed, and sometimes kept to be used on.
      if (index >= 0 && random.percent(80)) list.splice(index, 1);
    }
    random.pick([
      () => {
        socket.close();
      },
      () => {
        socket.dispose();
      },
      () => {
        socket.close(0);
      },
      () => {
        socket.close(random.integer(1, 20));
      },
    ])();
  }

  cancel(): void {
    if (this.pending.size > 0) Socket.cancelConnectAsync(this.random.pick([...this.pending]));
  }

  disposeArgs(): void {
    if (this.pending.size > 0) this.random.pick([...this.pending]).dispose();
    if (this.free.length > 0 && this.random.percent(10)) this.free[0]?.dispose();
  }

  completed(e: Actor): void {
    this.raised++;
    expect(e.isPending).toBe(true); // an event is due, and only one
    e.isPending = false;
    this.pending.delete(e);
    this.settle(e);
    if (this.#depth > 0 || !this.random.percent(30)) return;
    this.#depth++;
    for (let i = this.random.integer(1, 3); i > 0; i--) this.step();
    this.#depth--;
  }

  /** Looks at the results, takes the sockets that there are, and keeps the event args for later. */
  settle(e: Actor): void {
    expect(knownErrors).toContain(e.socketError);
    expect(e.bytesTransferred).toBeGreaterThanOrEqual(0);
    expect(e.bytesTransferred).toBeLessThanOrEqual(e.asked);
    for (const socket of [e.acceptSocket, e.connectSocket]) {
      if (socket !== null && !this.sockets.includes(socket)) this.sockets.push(socket);
    }
    this.free.push(e);
  }

  /** Closes everything. What was closed before may have come to life again as an accept's target. */
  end(): void {
    for (const e of [...this.free, ...this.pending]) {
      for (const socket of [e.acceptSocket, e.connectSocket]) socket?.close();
    }
    for (const socket of [...this.sockets, ...this.listeners]) socket.close();
  }
}

test.each([1, 2, 3])('every operation completes once, in run %d', async () => {
  await withSeed(async random => {
    const world = new World(random);
    world.refill();
    for (let i = 0; i < steps; i++) {
      world.step();
      if (random.percent(30)) await new Promise(resolve => setImmediate(resolve));
      if (random.percent(1)) await new Promise(resolve => setTimeout(resolve, 1));
    }
    expect(world.started).toBeGreaterThan(steps / 20);
    await until(() => {
      world.end();
      return world.pending.size === 0;
    }, 'every operation has completed');
    world.end();
    expect(world.raised).toBe(world.started);
  });
});
