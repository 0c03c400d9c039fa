// Two connected streams: sends, receives that wait and that do not, lists, flags, shutdowns, resets.
// For each side the model knows how many bytes lie there, and which receives wait for them; whatever
// an action completes is waited for before the next.

import { anotherPair, args, given, pair } from '../../scenarios/setups.js';
import type { Random } from '../../../support/seed.js';
import { call, get, perform, quiet, set, start, until, wait, type Step } from '../scenario.js';

const sides = ['client', 'server'] as const;
type Side = (typeof sides)[number];
const other = (side: Side): Side => (side === 'client' ? 'server' : 'client');

const capacity = 512;

class End {
  /** Bytes that have arrived and were not taken. */
  unread = 0;
  /** Event args of receives that wait, with their room. */
  readonly waiting: { e: string; room: number }[] = [];
  isSendingShut = false;
  isReceivingShut = false;
  /** The peer has sent its end of the stream. */
  isAtEnd = false;
  isClosed = false;
}

/** A reset overtakes what is not read yet, or does not. */
function canBeReset(end: End): boolean {
  const hasUnread = end.unread > 0 || end.isAtEnd || end.isReceivingShut;
  return !hasUnread && end.waiting.length <= 1;
}

class StreamModel {
  readonly random: Random;
  readonly steps: Step[] = [];
  readonly ends: Record<Side, End> = { client: new End(), server: new End() };
  /** A reset is on its way: what comes after is the system's affair. */
  isOver = false;
  #made = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Event args that nothing uses, with a buffer or a list. */
  eventArgs(length: number, seed: number): string {
    const e = `e${++this.#made}`;
    const { random } = this;
    if (length > 2 && random.percent(30)) {
      const cut = random.integer(0, length);
      const bytes = { fill: [length, seed] };
      const list = [{ part: [`@${e}Bytes`, cut, length - cut] }, { part: [`@${e}Bytes`, 0, cut] }];
      this.steps.push(quiet(args(e), ['let', `${e}Bytes`, bytes], set(e, 'bufferList', list)));
    } else {
      this.steps.push(quiet(args(e, length, seed)));
    }
    return e;
  }

  send(): void {
    const { random } = this;
    const side = random.pick(sides);
    const [from, to] = [this.ends[side], this.ends[other(side)]];
    const length = random.percent(15) ? 0 : random.integer(1, random.pick([4, 60, 300]));
    const e = this.eventArgs(length, random.integer(1, 200));
    if (from.isClosed || from.isSendingShut) {
      this.steps.push(start(e, 'sendAsync', side));
      return;
    }
    // Answered by a reset, which may arrive now or later.
    if (to.isClosed || to.isReceivingShut) return;
    this.steps.push(start(e, 'sendAsync', side));
    to.unread += length;
    this.settle(other(side));
  }

  /** Waits for the receives that the bytes complete, in their order. */
  settle(side: Side): void {
    const end = this.ends[side];
    if (end.unread > 0 && end.waiting.length === 0) this.awaitBytes(side);
    while (end.waiting.length > 0 && end.unread > 0) {
      const { e, room } = end.waiting[0];
      end.waiting.shift();
      this.steps.push(wait(e));
      end.unread -= Math.min(room, end.unread);
      // Receives behind it may find nothing more, or not be looked at until the next turn.
    }
    if (end.isAtEnd || end.isReceivingShut) {
      if (end.unread === 0) for (const { e } of end.waiting.splice(0)) this.steps.push(wait(e));
    }
  }

  awaitBytes(side: Side): void {
    this.steps.push(until(side, 'available', this.ends[side].unread));
  }

  receive(): void {
    const { random } = this;
    const side = random.pick(sides);
    const end = this.ends[side];
    const room = random.percent(10) ? 0 : random.integer(1, random.pick([3, 50, capacity]));
    const e = this.eventArgs(room, 0);
    if (end.isClosed) {
      this.steps.push(start(e, 'receiveAsync', side));
      return;
    }
    const hasData = end.unread > 0 || end.isAtEnd || end.isReceivingShut;
    if (hasData && end.waiting.length === 0) this.receiveNow(side, e, room);
    // A receive without room waits its turn and takes nothing: what is behind it would complete too.
    else if (room > 0 && end.waiting.length < 4) {
      if (random.percent(8)) this.steps.push(set(e, 'socketFlags', '#SocketFlags.DontRoute'));
      this.steps.push(start(e, 'receiveAsync', side));
      end.waiting.push({ e, room });
    }
  }

  receiveNow(side: Side, e: string, room: number): void {
    const end = this.ends[side];
    const isPeek = room > 0 && this.random.percent(20);
    if (isPeek) this.steps.push(set(e, 'socketFlags', '#SocketFlags.Peek'));
    this.steps.push(perform(e, 'receiveAsync', side));
    if (isPeek) {
      this.steps.push(perform(e, 'receiveAsync', side));
    }
    end.unread -= Math.min(room, end.unread);
  }

  shutDown(): void {
    const { random } = this;
    const side = random.pick(sides);
    const end = this.ends[side];
    const how = random.pick(['Send', 'Send', 'Receive', 'Both']);
    if (end.isClosed || end.isSendingShut || end.isReceivingShut) return;
    if (how !== 'Send' && end.waiting.length > 1) return;
    this.steps.push(call(side, 'shutdown', `#SocketShutdown.${how}`));
    if (how !== 'Receive') {
      end.isSendingShut = true;
      this.endOf(other(side));
    }
    if (how !== 'Send') {
      end.isReceivingShut = true;
      this.settle(side);
    }
  }

  endOf(side: Side): void {
    const end = this.ends[side];
    end.isAtEnd = true;
    if (!end.isClosed) this.settle(side);
  }

  close(): void {
    const { random } = this;
    const side = random.pick(sides);
    const end = this.ends[side];
    if (end.isClosed) return;
    const peer = this.ends[other(side)];
    const how = random.pick(['dispose', 'close', 'reset']);
    const resets =
      how === 'reset' || end.unread > 0 || (end.waiting.length > 0 && !end.isSendingShut);
    if (resets && !canBeReset(peer)) return;
    this.steps.push(how === 'reset' ? call(side, 'close', 0) : call(side, how));
    for (const { e } of end.waiting.splice(0)) this.steps.push(wait(e));
    end.isClosed = true;
    if (!resets) {
      this.endOf(other(side));
      return;
    }
    this.isOver = true;
    if (!peer.isClosed) this.seeReset(other(side));
  }

  seeReset(side: Side): void {
    const { waiting } = this.ends[side];
    if (waiting.length === 0) {
      const e = this.eventArgs(8, 0);
      this.steps.push(perform(e, 'receiveAsync', side));
    }
    for (const { e } of waiting.splice(0)) this.steps.push(wait(e));
    this.steps.push(get(side, 'connected'));
  }

  /** Event args in flight refuse to be used, and to be changed. */
  misuse(): void {
    const { random } = this;
    const waiting = [...this.ends.client.waiting, ...this.ends.server.waiting];
    if (waiting.length === 0) return;
    const { e } = random.pick(waiting);
    this.steps.push(
      random.pick([
        call(e, 'setBuffer', 0, 1),
        call(e, 'setBuffer', null, 0, 0),
        set(e, 'bufferList', null),
        set(e, 'sendPacketsElements', null),
        set(e, 'userToken', '@client'),
        start(e, 'sendAsync', 'client'),
        start(e, 'receiveAsync', 'server'),
        call('listener', 'acceptAsync', `@${e}`),
        call('Socket', 'cancelConnectAsync', `@${e}`),
        get(e, 'lastOperation', 'count', 'offset'),
        call(e, 'dispose'),
      ]),
    );
  }
}

export function randomStream(random: Random): Step[] {
  const family = random.percent(30) ? 'v6' : 'v4';
  const model = new StreamModel(random);
  model.steps.push(given(pair('client', 'server', family)));
  if (random.percent(10)) model.steps.push(quiet(anotherPair('third', 'fourth', family)));
  const length = random.integer(4, 16);
  for (let i = 0; i < length && !model.isOver; i++) {
    const chance = random.integer(1, 100);
    if (chance <= 38) model.send();
    else if (chance <= 76) model.receive();
    else if (chance <= 84) model.misuse();
    else if (chance <= 92) model.shutDown();
    else if (chance <= 97) model.close();
    else model.steps.push(get(random.pick(sides), 'noDelay', 'ttl', 'lingerState', 'connected'));
  }
  return model.steps;
}
