// Values that C# would not compile or that no `int` can be, and what each kind of parameter answers to
// them: a member is crossed with all of them at once.

import { ae, ane, aoore, thrownBy } from './thrown.js';

export const values = {
  undefined,
  null: null,
  string: 'x',
  NaN: Number.NaN,
  '1.5': 1.5,
  '-1': -1,
  '2 ** 31': 2 ** 31,
  '{}': {},
  '[]': [],
  symbol: Symbol('wrong'),
  function: () => undefined,
};

export type Name = keyof typeof values;

/** What a parameter of a kind answers to each of the values. */
export type Answers = (paramName: string) => Record<Name, string>;

export const allAs = (thrown: string): Record<Name, string> =>
  Object.fromEntries(Object.keys(values).map(name => [name, thrown])) as Record<Name, string>;

export const anObject: Answers = p => ({ ...allAs(ae(p)), undefined: ane(p), null: ane(p) });
export const aBoolean = anObject;
export const anObjectOrNull: Answers = p => ({ ...anObject(p), null: 'nothing' });
export const anArrayOrNull: Answers = p => ({ ...anObjectOrNull(p), '[]': 'nothing' });
export const anInt: Answers = p => ({
  ...anObject(p),
  NaN: aoore(p),
  '1.5': aoore(p),
  '-1': 'nothing',
  '2 ** 31': aoore(p),
});
export const aSize: Answers = p => ({ ...anInt(p), '-1': aoore(p) });
export const anOptionalBoolean: Answers = p => ({ ...aBoolean(p), undefined: 'nothing' });

/** An enum is an int; the system, then, does not know -1. */
export const anEnum =
  (error: string): Answers =>
  p => ({ ...anInt(p), '-1': `SocketException(${error})` });

export type Row<T> = readonly [
  what: string,
  answers: Record<Name, string>,
  call: (target: T, value: never) => unknown,
];

export function cross<T>([, answers, call]: Row<T>, target: T): Record<string, string> {
  const names = Object.keys(values) as Name[];
  const results = names.map(name => [name, thrownBy(() => call(target, values[name] as never))]);
  expect(Object.keys(answers).sort()).toEqual([...names].sort());
  return Object.fromEntries(results) as Record<string, string>;
}
