// The values of a scenario's steps, as our members take them.

import { openSync, writeFileSync } from 'node:fs';

import * as api from 'socket-async-event-args';

import { getMember } from './members.js';
import { NothingThere, type Names } from './names.js';
import type { Json } from './scenario.js';

/** A public class or enum by its name. */
export function classOf(name: string): object {
  if (!Object.hasOwn(api, name)) throw new NothingThere(name);
  return (api as Record<string, unknown>)[name] as object;
}

/** Which bytes `{ fill: [length, seed] }` has. */
export function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  if (seed === 0) return bytes;
  for (let i = 0; i < length; i++) bytes[i] = seed + i * 31 + (i >> 8) * 7;
  return bytes;
}

export class Values {
  readonly #names: Names;
  readonly #kinds: Record<string, (content: readonly Json[]) => unknown>;
  /** Descriptors of files that a scenario has opened. */
  readonly descriptors: number[] = [];

  constructor(names: Names) {
    this.#names = names;
    this.#kinds = {
      bytes: content => Uint8Array.from(content as number[]),
      fill: ([length, seed]) => pattern(length as number, seed as number),
      part: ([of, offset, count]) => this.#part(of, offset as number, count as number),
      ip: ([text]) => api.IPAddress.parse(text as string),
      endPoint: ([text, port]) => this.#endPoint(text as string, port),
      dns: content => this.#dns(content),
      unix: ([path]) => new api.UnixDomainSocketEndPoint(this.#names.fill(path as string)),
      file: ([path, length]) => this.#file(path as string, length as number),
      open: ([path]) => this.#open(path as string),
    };
  }

  read(value: Json): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map(each => this.read(each as Json));
    if (value === null || typeof value !== 'object') return value;
    const [[kind, content]] = Object.entries(value);
    if (!Object.hasOwn(this.#kinds, kind)) throw new NothingThere(kind);
    return this.#kinds[kind](content as readonly Json[]);
  }

  #text(text: string): unknown {
    if (text.startsWith('@')) return this.#follow(text.slice(1));
    return text.startsWith('#') ? readEnum(text.slice(1)) : this.#names.fill(text);
  }

  /** "e.acceptSocket", "IPAddress.Loopback" */
  #follow(path: string): unknown {
    const [first, ...rest] = path.split('.');
    const root = /^[A-Z]/.test(first) ? classOf(first) : this.#names.find(first);
    return rest.reduce((object, name) => getMember(object as object, name), root);
  }

  #part(of: Json, offset: number, count: number): Uint8Array {
    return (this.read(of) as Uint8Array).subarray(offset, offset + count);
  }

  #endPoint(text: string, port: Json): api.IPEndPoint {
    return new api.IPEndPoint(api.IPAddress.parse(text), this.#port(port));
  }

  #dns(content: readonly Json[]): api.DnsEndPoint {
    const [host, port, family] = content;
    const number = this.#port(port);
    if (content.length === 2) return new api.DnsEndPoint(host as string, number);
    return new api.DnsEndPoint(host as string, number, this.read(family) as api.AddressFamily);
  }

  #port(port: Json): number {
    if (typeof port === 'number') return port;
    return ((this.read(port) as api.Socket).localEndPoint as api.IPEndPoint).port;
  }

  #file(path: string, length: number): string {
    const full = this.#names.fill(path);
    writeFileSync(full, pattern(length, 1));
    return full;
  }

  #open(path: string): number {
    const descriptor = openSync(this.#names.fill(path), 'r');
    this.descriptors.push(descriptor);
    return descriptor;
  }
}

/** "SocketFlags.Peek|OutOfBand" */
function readEnum(text: string): number {
  const dot = text.indexOf('.');
  const members = classOf(text.slice(0, dot)) as Record<string, number>;
  const names = text.slice(dot + 1).split('|');
  return names.map(name => members[name]).reduce((sum, each) => sum | each, 0);
}
