// What a scenario is: data that .NET (reference/interpreter) and ours (interpreter.ts) perform
// alike. Members have the names that ours have. Values are JSON, and:
//
//   "@client", "@e.acceptSocket", "@IPAddress.Loopback"   an object by its name, and its properties
//   "#SocketFlags.Peek|OutOfBand"                         members of an enum
//   "$folder/name", "$tag"                                a place for files; a word of this run alone
//   { fill: [length, seed] }                              new bytes: zeros if the seed is 0
//   { part: ['@bytes', offset, count] }                   a segment
//   { endPoint: ['127.0.0.1', '@listener'] }              the port of that socket, or a number
//
// All sockets, event args and buffers that have a name are looked at after each step; what has
// changed stands in the trace, unless something is in flight on them.

export type Json = null | boolean | number | string | readonly Json[] | { [key: string]: Json };

/** A verb and its arguments. */
export type Step = readonly [verb: string, ...rest: Json[]];

export interface Scenario {
  /** A sentence; rows of the conformance cases stand at its beginning. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** How long a wait may take. */
  readonly deadlineMs?: number;
}

/** What a step gave; with the changes, by "object.property". */
export type Entry = string | readonly [outcome: string, changes: Record<string, string>];

export interface Trace {
  readonly name: string;
  readonly trace: readonly Entry[];
}

export function scenario(name: string, ...steps: readonly (Step | readonly Step[])[]): Scenario {
  return { name, steps: steps.flatMap(each => (isStep(each) ? [each] : each)) };
}

function isStep(value: Step | readonly Step[]): value is Step {
  return typeof value[0] === 'string';
}

// The verbs. Names of objects are given without "@" where nothing else can stand.

/** Gives a value a name. */
export const let_ = (name: string, value: Json): Step => ['let', name, value];

/** Constructs an object of a public class. */
export const make = (name: string, type: string, ...args: Json[]): Step => [
  'new',
  name,
  type,
  ...args,
];

export const get = (target: string, ...properties: string[]): Step => [
  'get',
  targetOf(target),
  ...properties,
];

export const set = (target: string, property: string, value: Json): Step => [
  'set',
  targetOf(target),
  property,
  value,
];

export const call = (target: string, method: string, ...args: Json[]): Step => [
  'call',
  targetOf(target),
  method,
  ...args,
];

/** Starts an operation, where it is certain whether it will be pending. */
export const start = (e: string, method: string, target: string, ...args: Json[]): Step => [
  'start',
  `@${e}`,
  method,
  targetOf(target),
  ...args,
];

/** Waits for the end of an operation that was started. */
export const wait = (e: string): Step => ['await', `@${e}`];

/** Starts and waits; whether it was pending is no part of the trace. */
export const perform = (e: string, method: string, target: string, ...args: Json[]): Step => [
  'do',
  `@${e}`,
  method,
  targetOf(target),
  ...args,
];

/** Waits until a number is reached. */
export const until = (target: string, property: string, least: number): Step => [
  'until',
  targetOf(target),
  property,
  least,
];

/** Steps to be performed inside the handler of the next completion. */
export const onCompleted = (e: string, ...steps: Step[]): Step => ['onCompleted', `@${e}`, steps];

/** Preparations, of which the trace says nothing as long as they succeed. */
export const quiet = (...steps: (Step | readonly Step[])[]): Step => [
  'quiet',
  scenario('', ...steps).steps,
];

/** Classes have capitals, objects have not. */
function targetOf(name: string): string {
  return /^[A-Z]/.test(name) ? name : `@${name}`;
}
