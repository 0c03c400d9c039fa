// The real .NET, as a process that performs scenarios: builds the programs of ../reference, and
// talks to them.

import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { Scenario, Trace } from './scenario.js';

const root = resolve(__dirname, '../../../..');

/** Sources are not copied when they are compiled. */
export const referenceFolder = resolve(root, 'test/conformance/reference');

const environment = {
  ...process.env,
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
};

let isThere: boolean | undefined;

export function hasDotnet(): boolean {
  isThere ??= spawnSync('dotnet', ['--version'], { env: environment }).status === 0;
  return isThere;
}

/** Builds a program of ../reference under build/; how to start it. */
export function buildReference(name: 'interpreter' | 'sample'): readonly [string, string] {
  const project = resolve(referenceFolder, name);
  const program = resolve(root, 'build/conformance', name, `${name}.dll`);
  if (isNewerThanSources(program, project)) return ['dotnet', program];
  const args = ['build', project, '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'];
  // No server of the compiler stays behind when this is over.
  const { status, stdout } = spawnSync(
    'dotnet',
    [...args, '-p:UseSharedCompilation=false', '-nr:false'],
    {
      env: environment,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`dotnet cannot build ${name}:\n${stdout}`);
  return ['dotnet', program];
}

function isNewerThanSources(program: string, project: string): boolean {
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const files = readdirSync(project).map(each => resolve(project, each));
  const properties = resolve(project, '../Directory.Build.props');
  return [...files, properties].every(each => statSync(each).mtimeMs < built);
}

/** The public members that .NET has, by class, with their numbers of overloads. */
export function membersOfDotnet(): string {
  const [command, program] = buildReference('interpreter');
  return spawnSync(command, [program, '--members'], { env: environment, encoding: 'utf8' }).stdout;
}

export class Dotnet {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (trace: Trace) => void; reject: (error: Error) => void }[] = [];

  constructor() {
    const [command, program] = buildReference('interpreter');
    this.#process = spawn(command, [program], { env: environment });
    this.#process.stderr.pipe(process.stderr);
    createInterface(this.#process.stdout).on('line', line => {
      this.#waiting.shift()?.resolve(JSON.parse(line) as Trace);
    });
    this.#process.on('close', code => {
      for (const { reject } of this.#waiting) reject(new Error(`.NET ended with code ${code}.`));
    });
  }

  /** Scenarios are performed one after another, in the order in which they are handed over. */
  run(scenario: Scenario): Promise<Trace> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(scenario)}\n`);
    });
  }

  close(): void {
    this.#process.stdin.end();
  }
}
