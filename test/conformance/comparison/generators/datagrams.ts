// Two or three datagram sockets on the loopback address, which loses nothing and keeps the order:
// sends of all sizes, receives of all kinds, truncation, Peek, connecting.

import { anyOf, args, at, bind, loopbackOf, udp } from '../../scenarios/setups.js';
import type { Random } from '../../../support/seed.js';
import { call, get, perform, quiet, set, start, until, wait, type Step } from '../scenario.js';

const names = ['a', 'b', 'c'] as const;
type Name = (typeof names)[number];

const receives = ['receiveFromAsync', 'receiveMessageFromAsync', 'receiveAsync'] as const;

class DatagramModel {
  readonly random: Random;
  readonly family: 'v4' | 'v6';
  readonly steps: Step[] = [];
  /** Lengths of what has arrived. */
  readonly queues: Record<Name, number[]> = { a: [], b: [], c: [] };
  readonly waiting: Record<Name, string[]> = { a: [], b: [], c: [] };
  readonly closed = new Set<Name>();
  #made = 0;

  constructor(random: Random) {
    this.random = random;
    this.family = random.percent(35) ? 'v6' : 'v4';
    for (const name of names) {
      this.steps.push(quiet(udp(name, this.family), bind(name, loopbackOf(this.family))));
    }
  }

  eventArgs(length: number, seed: number): string {
    const e = `e${++this.#made}`;
    if (length > 1 && this.random.percent(25)) {
      const cut = this.random.integer(0, length);
      const list = [{ part: [`@${e}Bytes`, 0, cut] }, { part: [`@${e}Bytes`, cut, length - cut] }];
      const bytes = { fill: [length, seed] };
      this.steps.push(quiet(args(e), ['let', `${e}Bytes`, bytes], set(e, 'bufferList', list)));
    } else {
      this.steps.push(quiet(args(e, length, seed)));
    }
    return e;
  }

  send(): void {
    const { random } = this;
    const [from, to] = [random.pick(names), random.pick(names)];
    const length = random.percent(10) ? 0 : random.integer(1, random.pick([5, 200, 2000]));
    const e = this.eventArgs(length, random.integer(1, 200));
    if (this.closed.has(to)) return;
    this.steps.push(set(e, 'remoteEndPoint', `@${to}.localEndPoint`));
    this.steps.push(start(e, 'sendToAsync', from));
    if (this.closed.has(from)) return;
    const waiting = this.waiting[to].shift();
    if (waiting !== undefined) {
      this.steps.push(wait(waiting));
    } else {
      this.queues[to].push(length);
      // The system tells the length of the first alone.
      if (this.queues[to][0] > 0) this.steps.push(until(to, 'available', 1));
    }
  }

  receive(): void {
    const { random } = this;
    const name = random.pick(names);
    const room = random.integer(1, random.pick([4, 150, 3000]));
    const e = this.eventArgs(room, 0);
    const method = random.pick(receives);
    if (method !== 'receiveAsync' || random.percent(20)) {
      this.steps.push(set(e, 'remoteEndPoint', at(anyOf(this.family))));
    }
    const queue = this.queues[name];
    if (this.closed.has(name) || queue.length === 0) {
      if (this.waiting[name].length > 3) return;
      this.steps.push(start(e, method, name));
      if (!this.closed.has(name)) this.waiting[name].push(e);
      return;
    }
    if (random.percent(20)) {
      this.steps.push(set(e, 'socketFlags', '#SocketFlags.Peek'), perform(e, method, name));
      return;
    }
    this.steps.push(perform(e, method, name));
    queue.shift();
    // The flags that it got go into the next one.
    if (queue.length > 0 && random.percent(30)) {
      this.steps.push(perform(e, method, name));
      queue.shift();
    }
  }

  close(): void {
    const name = this.random.pick(names);
    if (this.closed.has(name)) return;
    this.steps.push(call(name, this.random.pick(['close', 'dispose'])));
    this.closed.add(name);
    for (const e of this.waiting[name].splice(0)) this.steps.push(wait(e));
  }

  refuse(): void {
    const { random } = this;
    const e = this.eventArgs(4, 3);
    const name = random.pick(names);
    const endPoint = random.pick([
      null,
      { dns: ['localhost', 9] },
      { unix: ['$folder/none'] },
      at(this.family === 'v4' ? '::1' : '127.0.0.1', 9),
    ]);
    // Other families are the system's affair where something is sent.
    const method = random.pick(['receiveFromAsync', 'receiveMessageFromAsync'] as const);
    this.steps.push(set(e, 'remoteEndPoint', endPoint), start(e, method, name));
  }
}

export function randomDatagrams(random: Random): Step[] {
  const model = new DatagramModel(random);
  const length = random.integer(3, 14);
  for (let i = 0; i < length; i++) {
    const chance = random.integer(1, 100);
    if (chance <= 45) model.send();
    else if (chance <= 85) model.receive();
    else if (chance <= 91) model.refuse();
    else if (chance <= 96) model.close();
    else {
      model.steps.push(get(random.pick(names), 'isBound', 'connected', 'ttl', 'enableBroadcast'));
    }
  }
  return model.steps;
}
