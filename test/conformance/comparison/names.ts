// Objects by the names that a scenario gives them, and names for what differs from run to run:
// ports, paths, abstract names.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ports below this are chosen by nobody but the scenario. */
const firstOpenPort = 1024;

/** The scenario asks for a member or an object that is not there. */
export class NothingThere extends Error {}

export class Names {
  readonly #objects = new Map<string, unknown>();
  readonly #names = new Map<object, string>();
  readonly #ports = new Map<number, string>();
  #folder: string | null = null;

  /** Makes the abstract names of this run different from those of all others. */
  readonly #tag = `saea-${process.pid.toString(16)}-${randomBytes(4).toString('hex')}`;

  get all(): IterableIterator<[string, unknown]> {
    return this.#objects.entries();
  }

  add(name: string, value: unknown): void {
    if (value === null) return;
    this.#objects.set(name, value);
    if (typeof value === 'object' && !this.#names.has(value)) {
      this.#names.set(value, name);
    }
  }

  find(name: string): unknown {
    if (!this.#objects.has(name)) throw new NothingThere(name);
    return this.#objects.get(name);
  }

  nameOf(value: unknown): string | undefined {
    return this.#names.get(value as object);
  }

  /** A text of a scenario, its placeholders filled. */
  fill(text: string): string {
    if (text.includes('$folder')) {
      this.#folder ??= mkdtempSync(join(tmpdir(), 'saea-'));
      text = text.replaceAll('$folder', this.#folder);
    }
    return text.replaceAll('$tag', this.#tag);
  }

  /** The reverse, for texts that go into the trace. */
  blank(text: string): string {
    if (this.#folder !== null) text = text.replaceAll(this.#folder, '$folder');
    return text.replaceAll(this.#tag, '$tag');
  }

  /** Ports that the system chose are called p1, p2, … in the order of their appearance. */
  port(port: number): string {
    if (port < firstOpenPort) return String(port);
    let name = this.#ports.get(port);
    if (name === undefined) this.#ports.set(port, (name = `p${this.#ports.size + 1}`));
    return name;
  }

  dispose(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true });
  }
}
