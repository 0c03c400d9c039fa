// What every server program of the benchmark that runs in Node shares: its command line, the line
// that says it is ready, and how it ends. The runner starts servers only through this contract, in
// whatever language they are written:
//
//   PROGRAM --port 0 --buffer-size N --connections N --block-size N [--content FILE]
//           [--heap-report] [--collect]
//
// prints `listening PORT` when it is ready and exits with 0 on SIGTERM. --heap-report and --collect
// are given only to those that know them: see peers/peer.ts.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installCollect, installHeapReport } from './heap-report.js';

export interface ServerOptions {
  readonly port: number;
  /** Bytes of one receive buffer, where the server chooses them itself. */
  readonly bufferSize: number;
  /** How many connections the load will make; a server may prepare for them. */
  readonly connectionCount: number;
  /** Bytes that a sink acknowledges, or a source sends, in one go. */
  readonly blockSize: number;
  /** The file whose bytes a source sends; '' for other parts. */
  readonly contentPath: string;
}

/** The host every server listens on. */
export const host = '127.0.0.1';

/** One for all servers: large enough that no connection of a run has to try twice. */
export const listenBacklog = 4096;

/** Reads the command line, and makes the program answer SIGUSR2 when it is asked to. */
export function readServerOptions(): ServerOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'buffer-size': { type: 'string', default: '65536' },
      connections: { type: 'string', default: '64' },
      'block-size': { type: 'string', default: '1' },
      content: { type: 'string', default: '' },
      'heap-report': { type: 'boolean', default: false },
      collect: { type: 'boolean', default: false },
    },
  });
  if (values['heap-report']) installHeapReport();
  if (values.collect) installCollect();
  return {
    port: readNumber('port', values.port),
    bufferSize: readNumber('buffer-size', values['buffer-size']),
    connectionCount: readNumber('connections', values.connections),
    blockSize: readNumber('block-size', values['block-size']),
    contentPath: values.content,
  };
}

/** The beginning of the content, one buffer of it: what a source sends over and over. */
export function readContent({ contentPath, bufferSize }: ServerOptions): Buffer {
  const content = readFileSync(contentPath);
  if (content.length !== bufferSize) throw new Error(`${contentPath} is not one buffer long`);
  return content;
}

/** Tells the runner that connections are welcome now. */
export function announce(port: number): void {
  process.stdout.write(`listening ${port}\n`);
}

/** Ends the program with code 0 on SIGTERM and SIGINT, after `close`. */
export function onTerminate(close: () => void): void {
  const terminate = (): void => {
    close();
    process.exit(0);
  };
  process.once('SIGTERM', terminate);
  process.once('SIGINT', terminate);
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Error(`--${name}: '${text}' is not a whole number`);
  }
  return value;
}
