// Performs the steps of a scenario with our own sockets and writes the trace. The reference does the
// same with .NET's: reference/interpreter/Scenario.cs is the other half of this file.

import { closeSync } from 'node:fs';

import { Socket, SocketAsyncEventArgs } from 'socket-async-event-args';

import { callMember, construct, getMember, setMember } from './members.js';
import { Names, NothingThere } from './names.js';
import type { Entry, Json, Scenario, Step, Trace } from './scenario.js';
import { Show } from './show.js';
import { EventArgs, Snapshots } from './snapshots.js';
import { classOf, Values } from './values.js';

const usualDeadlineMs = 4000;

/** What a step that went well says; all else is worth a look where nothing should be said. */
const fine = /^(|done|pending|complete|by .*)$/;

/** Performs one scenario. */
export async function run(scenario: Scenario): Promise<Trace> {
  return new Interpreter().run(scenario);
}

class Interpreter {
  readonly #names = new Names();
  readonly #values = new Values(this.#names);
  readonly #show = new Show(this.#names);
  readonly #snapshots = new Snapshots(this.#names, this.#show);
  readonly #eventArgs: EventArgs[] = [];
  readonly #handlers = new Map<EventArgs, readonly Step[]>();
  readonly #inHandlers: string[] = [];
  #deadlineMs = usualDeadlineMs;

  async run({ name, steps, deadlineMs }: Scenario): Promise<Trace> {
    this.#deadlineMs = deadlineMs ?? usualDeadlineMs;
    const trace: Entry[] = [];
    for (const step of steps) {
      const outcome = await this.#perform(step);
      const changes = this.#snapshots.take(this.#eventArgs);
      const isQuiet = step[0] === 'quiet' && outcome === '';
      const isSame = isQuiet || Object.keys(changes).length === 0;
      trace.push(isSame ? outcome : [outcome, changes]);
    }
    await this.#end();
    for (const each of this.#values.descriptors) closeSync(each);
    this.#names.dispose();
    return { name, trace };
  }

  async #perform(step: Step): Promise<string> {
    const [verb, first] = step;
    try {
      switch (verb) {
        case 'quiet':
          return await this.#quiet(first as readonly Step[]);
        case 'await':
          return await this.#await(this.#argsOf(first));
        case 'do':
          this.#start(step);
          return (await this.#await(this.#argsOf(first))) === 'late' ? 'late' : 'done';
        case 'until':
          return await this.#until(step);
        default:
          return this.#performNow(step);
      }
    } catch (error) {
      return this.#show.thrown(error);
    }
  }

  /** The steps that wait for nothing; handlers may consist of them. */
  #performNow(step: Step): string {
    const [verb, first, second, third, ...rest] = step;
    switch (verb) {
      case 'let':
        return this.#let(first as string, this.#values.read(second));
      case 'new': {
        const args = step.slice(3).map(each => this.#values.read(each));
        return this.#let(first as string, construct(classOf(second as string), args));
      }
      case 'get':
        return step
          .slice(2)
          .map(name => this.#get(first, name as string))
          .join(' ');
      case 'set':
        setMember(this.#target(first), second as string, this.#values.read(third));
        return '';
      case 'call':
        return this.#call(step);
      case 'start':
        return this.#start([verb, first, second, third, ...rest]) ? 'pending' : 'complete';
      case 'onCompleted':
        this.#handlers.set(this.#argsOf(first), second as unknown as readonly Step[]);
        return '';
      default:
        throw new NothingThere(`step ${verb}`);
    }
  }

  async #quiet(steps: readonly Step[]): Promise<string> {
    let wrong = '';
    for (const step of steps) {
      const outcome = await this.#perform(step);
      if (!fine.test(outcome)) wrong += `${JSON.stringify(step)}: ${outcome}`;
    }
    this.#snapshots.take(this.#eventArgs);
    return wrong;
  }

  #let(name: string, value: unknown): string {
    this.#names.add(name, value);
    if (value instanceof SocketAsyncEventArgs && !this.#eventArgs.some(({ e }) => e === value)) {
      const args = new EventArgs(value);
      this.#eventArgs.push(args);
      value.on('completed', sender => this.#completed(args, sender));
    }
    return value === null ? 'null' : '';
  }

  #get(target: Json, name: string): string {
    try {
      return this.#show.property(this.#target(target), name);
    } catch (error) {
      return this.#show.thrown(error);
    }
  }

  #call([, target, method, ...args]: Step): string {
    const values = args.map(each => this.#values.read(each));
    const result = callMember(this.#target(target), method as string, values);
    return result === undefined ? '' : this.#show.value(result);
  }

  /** An object by its name, or a class for its static members. */
  #target(target: Json): object {
    const text = target as string;
    return (text.startsWith('@') ? this.#values.read(text) : classOf(text)) as object;
  }

  #argsOf(reference: Json): EventArgs {
    const e = this.#values.read(reference);
    const found = this.#eventArgs.find(each => each.e === e);
    if (found === undefined) throw new NothingThere(JSON.stringify(reference));
    return found;
  }

  /** ["start", "@e", method, target, …arguments before e] */
  #start([, reference, method, targetName, ...rest]: Step): boolean {
    const args = this.#argsOf(reference);
    const target = this.#target(targetName);
    const values = [...rest.map(each => this.#values.read(each)), args.e];
    const startNow = (): boolean => callMember(target, method as string, values) as boolean;
    if (args.isInFlight) return startNow();
    const wasUnsettled = args.isUnsettled;
    args.begin(target);
    try {
      args.wasPending = startNow();
    } catch (error) {
      args.wasPending = false;
      args.isUnsettled = wasUnsettled;
      args.end();
      throw error;
    }
    if (!args.wasPending) {
      args.isUnsettled = wasUnsettled;
      args.end();
    }
    return args.wasPending;
  }

  #completed(args: EventArgs, sender: Socket | null): void {
    args.finish(sender);
    const steps = this.#handlers.get(args);
    if (steps !== undefined) {
      this.#handlers.delete(args);
      this.#inHandlers.push(...steps.map(step => this.#performSafely(step)));
    }
    if (!args.isInFlight) args.end();
  }

  #performSafely(step: Step): string {
    try {
      return this.#performNow(step);
    } catch (error) {
      return this.#show.thrown(error);
    }
  }

  async #await(args: EventArgs): Promise<string> {
    if (!(await args.settle(this.#deadlineMs))) return 'late';
    if (!args.wasPending) return 'was complete';
    const nested = this.#inHandlers.splice(0).join('; ');
    return `by ${this.#show.value(args.sender)}${nested === '' ? '' : ` [${nested}]`}`;
  }

  async #until([, target, property, least]: Step): Promise<string> {
    const end = Date.now() + this.#deadlineMs;
    while (Date.now() < end) {
      const value = getMember(this.#target(target), property as string);
      if ((value as number) >= (least as number)) return '';
      await new Promise(resolve => setImmediate(resolve));
    }
    return 'late';
  }

  /** Closes everything. How that ends what is still in flight is a matter of time. */
  async #end(): Promise<void> {
    for (const [, value] of this.#names.all) if (value instanceof Socket) value.dispose();
    for (const args of this.#eventArgs) {
      await args.settle(this.#deadlineMs);
      args.e.acceptSocket?.dispose();
      args.e.connectSocket?.dispose();
      args.e.dispose();
    }
  }
}
