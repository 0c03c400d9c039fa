// Programs in processes of their own: what ends a process, or fills it, cannot run in jest's.

import {
  spawn,
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  type StdioOptions,
} from 'node:child_process';
import { join } from 'node:path';

import { withDeadline } from './deadline.js';

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  stdout(): string;
}

export interface ProgramOptions {
  /** Arguments of Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly ms?: number;
  /** A shell command to be run before, in the same shell: `ulimit …`. */
  readonly before?: string;
  /** A descriptor of this process that is descriptor 3 of the program. */
  readonly inherited?: number;
}

const running = new Set<ChildProcess>();

// Under an emulator that the system does not know, Node cannot be started by its name alone.
const launcher = JSON.parse(process.env['SAEA_TEST_LAUNCHER'] ?? '[]') as string[];

/** The program, and its arguments, that run this very Node with these arguments. */
export function nodeCommand(args: readonly string[]): [program: string, args: string[]] {
  const [program, ...rest] = [...launcher, process.execPath, ...args];
  return [program, rest];
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Where the compiled files of the project lie. */
export const dist = join(__dirname, '../..');

/** Starts a compiled file of the project, named from `dist`. */
export function startProgram(file: string, args: string[], options: ProgramOptions = {}): Program {
  const command = nodeCommand([...(options.nodeArgs ?? []), join(dist, file), ...args]).flat();
  const shell = ['/bin/sh', '-c', `${options.before ?? ''}; exec "$@"`, 'sh'];
  const [program, ...rest] = options.before === undefined ? command : [...shell, ...command];
  const { inherited } = options;
  const passedOn = inherited === undefined ? [] : [inherited];
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...passedOn];
  const child = spawn(program, rest, { stdio }) as ChildProcessWithoutNullStreams;
  running.add(child);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (written[name] += text));
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, ...written });
    });
  });
  return {
    process: child,
    ended: withDeadline(ended, `the end of ${file} ${args.join(' ')}`, options.ms),
    stdout: () => written.stdout,
  };
}

/** Runs a program of test/fixtures to its end. */
export function runFixture(
  name: string,
  args: string[],
  options: ProgramOptions = {},
): Promise<Ended> {
  return startProgram(`test/fixtures/${name}.js`, args, options).ended;
}

/** Runs a program of test/fixtures, and expects it to end well; what it wrote. */
export async function succeedFixture(
  name: string,
  args: string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, signal, stdout, stderr } = await runFixture(name, args, options);
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  return stdout;
}
