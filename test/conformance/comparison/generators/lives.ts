// The lives of stream sockets: binding, listening, accepting, connecting, refusals, disconnecting,
// cancelling and closing, in any order that timing cannot change.

import { args, bind, given, loopbackOf, tcp, type Family } from '../../scenarios/setups.js';
import type { Random } from '../../../support/seed.js';
import { call, get, perform, quiet, set, start, wait, type Step } from '../scenario.js';

class LifeModel {
  readonly random: Random;
  readonly family: Family;
  readonly steps: Step[] = [];
  /** Accepts that wait on the listener. */
  readonly accepting: string[] = [];
  /** Connections that nobody has accepted yet. */
  unaccepted = 0;
  isListenerClosed = false;
  readonly free: string[] = [];
  readonly connected: string[] = [];
  readonly closed: string[] = [];
  #made = 0;

  constructor(random: Random) {
    this.random = random;
    this.family = random.percent(30) ? 'v6' : 'v4';
    const { family } = this;
    const local = loopbackOf(family);
    this.steps.push(
      given(tcp('listener', family), bind('listener', local), call('listener', 'listen')),
      given(tcp('deaf', family), bind('deaf', local)),
    );
  }

  eventArgs(...buffer: [number, number] | []): string {
    const e = `e${++this.#made}`;
    this.steps.push(quiet(args(e, ...buffer)));
    return e;
  }

  socket(): string {
    const name = `s${++this.#made}`;
    this.steps.push(quiet(tcp(name, this.family)));
    return name;
  }

  accept(): void {
    if (this.accepting.length > 3) return;
    const e = this.eventArgs();
    const { random } = this;
    if (random.percent(20)) {
      const target = random.percent(70) ? this.socket() : this.anySocket();
      this.steps.push(set(e, 'acceptSocket', `@${target}`));
      // A target that is in use is refused; one that was closed comes to life again.
      if (!/^s\d+$/.test(target) || this.connected.includes(target) || this.free.includes(target)) {
        this.steps.push(call('listener', 'acceptAsync', null));
        return;
      }
    }
    if (this.isListenerClosed) this.steps.push(start(e, 'acceptAsync', 'listener'));
    else if (this.unaccepted > 0) {
      this.steps.push(perform(e, 'acceptAsync', 'listener'));
      this.unaccepted--;
    } else {
      this.steps.push(start(e, 'acceptAsync', 'listener'));
      this.accepting.push(e);
    }
  }

  anySocket(): string {
    const all = [...this.free, ...this.connected, ...this.closed];
    return all.length === 0 ? this.socket() : this.random.pick(all);
  }

  connect(): void {
    if (this.isListenerClosed) return;
    const { random } = this;
    const isReused = this.free.length > 0 && random.percent(50);
    const name = isReused ? (this.free.pop() as string) : this.socket();
    const e = random.percent(20) ? this.eventArgs(random.integer(1, 200), 3) : this.eventArgs();
    const byName = { dns: [loopbackOf(this.family), '@listener'] };
    this.steps.push(
      set(e, 'remoteEndPoint', random.percent(20) ? byName : '@listener.localEndPoint'),
    );
    if (random.percent(15)) {
      const kind = ['#SocketType.Stream', '#ProtocolType.Tcp'];
      this.steps.push(perform(e, 'connectAsync', 'Socket', ...kind));
      this.free.push(name);
    } else {
      this.steps.push(perform(e, 'connectAsync', name));
      this.connected.push(name);
    }
    const accepting = this.accepting.shift();
    if (accepting === undefined) this.unaccepted++;
    else this.steps.push(wait(accepting));
  }

  connectInVain(): void {
    const { random } = this;
    const name = this.free.pop() ?? this.socket();
    const e = this.eventArgs();
    if (random.percent(20)) this.steps.push(set(name, 'noDelay', true));
    this.steps.push(set(e, 'remoteEndPoint', '@deaf.localEndPoint'));
    this.steps.push(
      perform(e, 'connectAsync', name),
      call('Socket', 'cancelConnectAsync', `@${e}`),
    );
    this.free.push(name);
  }

  connectAgain(): void {
    if (this.connected.length === 0) return;
    const e = this.eventArgs();
    this.steps.push(set(e, 'remoteEndPoint', '@deaf.localEndPoint'));
    this.steps.push(start(e, 'connectAsync', this.random.pick(this.connected)));
  }

  disconnect(): void {
    const { random } = this;
    const e = this.eventArgs();
    if (this.connected.length === 0 || random.percent(15)) {
      this.steps.push(start(e, 'disconnectAsync', this.anySocket()));
      return;
    }
    const name = this.connected.splice(random.integer(0, this.connected.length - 1), 1)[0];
    const reuse = random.percent(60);
    this.steps.push(set(e, 'disconnectReuseSocket', reuse), start(e, 'disconnectAsync', name));
    if (reuse) this.free.push(name);
    else this.closed.push(name);
  }

  close(): void {
    const { random } = this;
    if (random.percent(15) && !this.isListenerClosed) {
      this.isListenerClosed = true;
      this.steps.push(call('listener', random.pick(['close', 'dispose'])));
      for (const e of this.accepting.splice(0)) this.steps.push(wait(e));
      return;
    }
    const from = random.pick([this.free, this.connected]);
    const name = from.pop();
    if (name === undefined) return;
    this.steps.push(random.percent(30) ? call(name, 'close', 0) : call(name, 'dispose'));
    this.closed.push(name);
  }

  refuse(): void {
    const e = this.eventArgs();
    const { random } = this;
    this.steps.push(
      random.pick([
        start(e, 'acceptAsync', 'deaf'),
        start(e, 'connectAsync', 'listener'),
        start(e, 'connectAsync', 'deaf'),
        start(e, 'disconnectAsync', 'deaf'),
        start(e, 'receiveAsync', 'listener'),
        start(e, 'sendAsync', 'deaf'),
        start(e, 'sendPacketsAsync', 'deaf'),
        get('listener', 'connected', 'isBound'),
      ]),
    );
  }
}

export function randomLives(random: Random): Step[] {
  const model = new LifeModel(random);
  const length = random.integer(3, 12);
  for (let i = 0; i < length; i++) {
    const chance = random.integer(1, 100);
    if (chance <= 25) model.accept();
    else if (chance <= 55) model.connect();
    else if (chance <= 65) model.connectInVain();
    else if (chance <= 70) model.connectAgain();
    else if (chance <= 84) model.disconnect();
    else if (chance <= 94) model.close();
    else model.refuse();
  }
  return model.steps;
}
