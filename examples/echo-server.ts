// The main job: the server of the reference page on 127.0.0.1, with its counters printed.
//
//   npm start -- --port 7000 --connections 2000 --buffer-size 16384

import { parseArgs } from 'node:util';

import { IPAddress, IPEndPoint } from 'socket-async-event-args';

import { Server } from './server.js';

const usage = `Usage: npm start -- [--port N] [--connections N] [--buffer-size BYTES]

  --port          port on 127.0.0.1; 0 lets the system choose one     (default 0)
  --connections   the most connections to be served at once           (default 2000)
  --buffer-size   bytes of the buffer of each operation               (default 16384)`;

/** How often the counters are printed at most. */
const printIntervalMs = 500;

function fail(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail(`--${name} takes a whole number from ${least} to ${most}, not '${text}'.`);
}

function readOptions(): { port: number; connections: number; bufferSize: number } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        connections: { type: 'string', default: '2000' },
        'buffer-size': { type: 'string', default: '16384' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return {
      port: readNumber('port', values.port, 0, 65_535),
      connections: readNumber('connections', values.connections, 1, 500_000),
      bufferSize: readNumber('buffer-size', values['buffer-size'], 1, 1 << 24),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Prints the server's own reports, but not each of them: there is one per message, and a terminal
 * would be slower than the server. The last one of every interval is printed, and the very last.
 */
class Printer {
  #pending: string | null = null;
  #timer: NodeJS.Timeout | null = null;

  readonly writeLine = (line: string): void => {
    this.#pending = line;
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, printIntervalMs).unref();
  };

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending !== null) console.log(this.#pending);
    this.#pending = null;
  }
}

const options = readOptions();
const printer = new Printer();
const server = new Server(options.connections, options.bufferSize, printer.writeLine);
server.init();
try {
  server.start(new IPEndPoint(IPAddress.Loopback, options.port));
} catch (error) {
  fail(`Cannot listen on port ${options.port}: ${error instanceof Error ? error.message : ''}`);
}
console.log(`Listening on ${server.localEndPoint.toString()}`);

let isStopping = false;

/** Closes everything; with nothing left to wait for, the process then ends by itself. */
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdin.pause();
  server.stop();
  setImmediate(() => {
    printer.flush();
    console.log(`The server has read a total of ${server.totalBytesRead} bytes. Goodbye.`);
  });
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// A key ends the server on a terminal only: elsewhere standard input is often at its end already.
if (process.stdin.isTTY) {
  console.log('Press any key to terminate the server process....');
  process.stdin.setRawMode(true);
  process.stdin.resume();
  process.stdin.once('data', stop);
}
