// Child processes of the benchmark: started, listened to line by line, waited for with a deadline,
// and ended by their own process, never by name. Whatever way the runner ends, those that still
// live are killed first.

import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type Stream = 'stdout' | 'stderr';

const living = new Set<ChildProcess>();

/** Makes sure that no child outlives the runner. Called once, before the first child. */
export function killChildrenAtExit(): void {
  process.once('exit', killLiving);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      console.error(`\n${signal}: ending ${living.size} child process(es)`);
      // The 'exit' listener above does the killing. 128 + number is what a shell expects.
      process.exit(128 + constants.signals[signal]);
    });
  }
}

function killLiving(): void {
  for (const child of living) child.kill('SIGKILL');
}

export class Child {
  readonly title: string;
  readonly #process: ChildProcess;
  readonly #lines: Record<Stream, string[]> = { stdout: [], stderr: [] };
  readonly #exited: Promise<Exit>;
  #exit: Exit | null = null;
  #spawnError: Error | null = null;
  /** Called when a line came or the process ended. */
  #wake: () => void = () => {};

  constructor(
    title: string,
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const program = command.at(0);
    const args = command.slice(1);
    if (program === undefined) throw new Error(`${title}: there is no command`);
    this.title = title;
    this.#process = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    living.add(this.#process);
    this.#collect('stdout');
    this.#collect('stderr');
    // A child that ends while it is written to is reported by its exit, not by EPIPE.
    this.#process.stdin?.on('error', () => {});
    this.#exited = new Promise(resolve => {
      const settle = (exit: Exit): void => {
        living.delete(this.#process);
        this.#exit = exit;
        this.#wake();
        resolve(exit);
      };
      this.#process.once('error', error => {
        // A failed kill comes here too, and then 'close' still follows.
        if (this.#process.pid !== undefined) return;
        this.#spawnError = error;
        settle({ code: null, signal: null });
      });
      // 'close' rather than 'exit': all output has been read by then.
      this.#process.once('close', (code, signal) => {
        settle({ code, signal });
      });
    });
  }

  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error(`${this.title} was not started: ${this.#spawnError}`);
    return pid;
  }

  /** Everything the child complained about that nobody waited for. */
  get complaints(): string {
    return this.#lines.stderr.join('\n');
  }

  /** How it ended, for a message; null while it lives. */
  get obituary(): string | null {
    return this.#exit === null ? null : this.#describeEnd();
  }

  send(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** The next line that matches; the ones before it are dropped. */
  async waitForLine(stream: Stream, pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    const what = `${this.title} to print ${pattern.source}`;
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.#takeLine(stream, pattern);
      if (found !== null) return found;
      if (this.#exit !== null) throw new Error(`waited for ${what}, but ${this.#describeEnd()}`);
      if (Date.now() >= deadline) throw new Error(`waited ${timeoutMs} ms for ${what}, in vain`);
      await this.#change(deadline);
    }
  }

  /** Waits for the end, and for the last output with it. */
  async waitForExit(timeoutMs: number): Promise<Exit> {
    const deadline = Date.now() + timeoutMs;
    while (this.#exit === null) {
      if (Date.now() >= deadline) {
        throw new Error(`waited ${timeoutMs} ms for ${this.title} to end, in vain`);
      }
      await this.#change(deadline);
    }
    return this.#exit;
  }

  /** What is left on standard output, once the child has ended. */
  takeOutput(): string {
    return this.#lines.stdout.splice(0).join('\n');
  }

  /** Asks to end, then insists. The answer says whether the child ended as it should: code 0. */
  async stop(timeoutMs: number): Promise<string | null> {
    if (this.#exit === null) this.signal('SIGTERM');
    const end = await this.waitForExit(timeoutMs).catch(() => null);
    if (end === null) {
      await this.kill();
      return `${this.title} did not end within ${timeoutMs} ms of SIGTERM and was killed`;
    }
    return end.code === 0 ? null : this.#describeEnd();
  }

  async kill(): Promise<void> {
    if (this.#exit === null) this.#process.kill('SIGKILL');
    await this.#exited;
  }

  #collect(stream: Stream): void {
    let rest = '';
    const readable = this.#process[stream];
    readable?.setEncoding('utf8');
    readable?.on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      this.#lines[stream].push(...parts);
      this.#wake();
    });
    readable?.on('end', () => {
      if (rest !== '') this.#lines[stream].push(rest);
      rest = '';
    });
  }

  #takeLine(stream: Stream, pattern: RegExp): RegExpExecArray | null {
    const lines = this.#lines[stream];
    for (const [index, line] of lines.entries()) {
      const found = pattern.exec(line);
      if (found === null) continue;
      lines.splice(0, index + 1);
      return found;
    }
    return null;
  }

  #change(deadline: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, Math.max(0, deadline - Date.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #describeEnd(): string {
    if (this.#spawnError !== null) {
      return `${this.title} was not started: ${this.#spawnError.message}`;
    }
    const { code, signal } = this.#exit ?? { code: null, signal: null };
    const how = signal === null ? `code ${code}` : signal;
    return `${this.title} ended with ${how}${this.complaints === '' ? '' : `: ${this.complaints}`}`;
  }
}
