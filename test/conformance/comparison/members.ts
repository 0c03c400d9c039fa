// Members of our objects by name, where a scenario names one that may be missing.

import { NothingThere } from './names.js';

type Members = Record<string, unknown>;

function nameOf(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}

export function getMember(target: object, name: string): unknown {
  if (!(name in target)) throw new NothingThere(`${nameOf(target)}.${name}`);
  return (target as Members)[name];
}

export function setMember(target: object, name: string, value: unknown): void {
  if (!hasSetter(target, name)) throw new NothingThere(`${nameOf(target)}.${name}`);
  (target as Members)[name] = value;
}

function hasSetter(target: object, name: string): boolean {
  for (
    let at: object | null = target;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found.set !== undefined || found.writable === true;
  }
  return false;
}

export function callMember(target: object, name: string, args: unknown[]): unknown {
  const method = getMember(target, name);
  if (typeof method !== 'function') throw new NothingThere(`${nameOf(target)}.${name}`);
  return (method as (...args: unknown[]) => unknown).apply(target, args);
}

export function construct(type: object, args: unknown[]): object {
  return new (type as new (...args: unknown[]) => object)(...args);
}
