// What `doctor` says. Nothing of the package is loaded before it is asked for: that it cannot be
// loaded is what is to be found out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { thisProcess } from '../lib/internal/host.js';

export interface Diagnosis {
  readonly lines: readonly string[];
  readonly isWell: boolean;
}

interface Limits {
  readonly soft: number | string;
  readonly hard: number | string;
}

/** The parts of a diagnostic report that are of use here. */
interface Report {
  readonly header: { readonly glibcVersionRuntime?: string; readonly osRelease: string };
  /** Not on Windows. */
  readonly userLimits?: { readonly open_files: Limits };
}

/** How long the echo is measured. */
const echoMs = 500;

function row(name: string, value: string): string {
  // What is longer than a line goes on under its own column.
  return `  ${name.padEnd(12)} ${value.replaceAll('\n', `\n${' '.repeat(15)}`)}`;
}

function readReport(): Report {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  report.excludeNetwork = true; // it would look up names
  return report.getReport() as Report;
}

function describePlatform({ header }: Report): string {
  const { platform, arch, libc } = thisProcess();
  const system = `${platform} ${arch}, ${header.osRelease}`;
  if (platform !== 'linux') return system;
  return `${system}, ${libc()} ${header.glibcVersionRuntime ?? ''}`.trimEnd();
}

function describeOpenFiles({ userLimits }: Report): string {
  if (userLimits === undefined) return 'no limit of this kind here';
  const { soft, hard } = userLimits.open_files;
  return `${soft} at once, can be raised to ${hard} (ulimit -n); one per socket`;
}

function describeListenQueue(): string {
  try {
    const text = readFileSync('/proc/sys/net/core/somaxconn', 'utf8').trim();
    return `${text} connections at most wait to be accepted (net.core.somaxconn)`;
  } catch {
    return 'set by the system';
  }
}

async function describeBinary(): Promise<string> {
  const { bindingPath } = await import('../lib/internal/binding.js');
  return bindingPath ?? 'given by the program';
}

async function describeCalls(): Promise<string> {
  const { sendsMayWait } = await import('../lib/internal/submit.js');
  if (sendsMayWait) return 'sends and receives of a turn share them (io_uring)';
  const isDeclined = !thisProcess().sharesCalls;
  return `one for each send and receive (${isDeclined ? 'SAEA_IO_URING is 0' : 'no io_uring'})`;
}

async function describeEcho(): Promise<string> {
  const { measureEcho } = await import('./echo-rate.js');
  const { roundTrips, seconds, byteLength } = await measureEcho(echoMs);
  const rate = Math.round(roundTrips / seconds).toLocaleString('en');
  return `${rate} round trips per second: ${byteLength} bytes, one connection, both ends here`;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${code}: ${error.message}` : error.message;
}

/** Looks at everything; what fails is said in its row, and the rest is still looked at. */
export async function diagnose(): Promise<Diagnosis> {
  const manifest = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const report = readReport();
  const { node, uv, napi } = process.versions;
  const lines = [
    `socket-async-event-args ${version}`,
    row('platform', describePlatform(report)),
    row('Node.js', `${node}, libuv ${uv}, Node-API ${napi}`),
    row('open files', describeOpenFiles(report)),
    row('listen queue', describeListenQueue()),
  ];
  let isWell = true;
  for (const [name, describe] of [
    ['binary', describeBinary],
    ['system calls', describeCalls],
    ['echo', describeEcho],
  ] as const) {
    try {
      lines.push(row(name, await describe()));
    } catch (error) {
      lines.push(row(name, explain(error)));
      isWell = false;
      break; // without a binary there is no echo
    }
  }
  lines.push(isWell ? 'It works here.' : 'It does not work here.');
  return { lines, isWell };
}
