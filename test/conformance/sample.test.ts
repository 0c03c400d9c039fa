// The sample of the reference page, on .NET and here: the same clients get the same bytes, and both
// servers print the same.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

import { IPAddress, IPEndPoint } from 'socket-async-event-args';

import { Server } from '../../examples/server.js';
import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { skipUnless } from '../support/skip.js';
import { buildReference, hasDotnet } from './comparison/dotnet.js';
import { pattern } from './comparison/values.js';

const connections = 4;
const receiveBufferSize = 512;
const lengths = [1, 100, 512, 300, 2];

/** One client after another, each with several messages; what came back. */
async function talk(port: number, lines: readonly string[]): Promise<string[]> {
  const echoes: string[] = [];
  for (let client = 0; client < 6; client++) {
    const closed = lines.filter(line => line.startsWith('A client')).length;
    const socket = connect(port, '127.0.0.1');
    await withDeadline(once(socket, 'connect'), 'the connection');
    for (const length of lengths) {
      let echo = Buffer.alloc(0);
      const onData = (data: Buffer): void => void (echo = Buffer.concat([echo, data]));
      socket.on('data', onData).write(pattern(length, client + length));
      await until(() => echo.length >= length, 'the echo is there');
      socket.off('data', onData);
      echoes.push(echo.toString('hex'));
    }
    socket.end();
    await withDeadline(once(socket, 'close'), 'the end of the connection');
    await until(
      () => lines.filter(line => line.startsWith('A client')).length > closed,
      'the server has noticed the end',
    );
  }
  return echoes;
}

async function onDotnet(): Promise<{ lines: string[]; echoes: string[] }> {
  const [command, program] = buildReference('sample');
  const child = spawn(command, [program, String(connections), String(receiveBufferSize)]);
  const lines: string[] = [];
  createInterface(child.stdout).on('line', line => lines.push(line));
  try {
    await until(() => lines.length > 0, 'the server of .NET listens');
    const port = Number(/:(\d+)$/.exec(lines.shift() ?? '')?.[1]);
    return { echoes: await talk(port, lines), lines };
  } finally {
    child.stdin.end();
    await withDeadline(once(child, 'close'), 'the end of the server of .NET');
  }
}

async function onOurs(): Promise<{ lines: string[]; echoes: string[] }> {
  const lines: string[] = [];
  const server = new Server(connections, receiveBufferSize, line => lines.push(line));
  server.init();
  server.start(new IPEndPoint(IPAddress.Loopback, 0));
  try {
    return { echoes: await talk(server.localEndPoint.port, lines), lines };
  } finally {
    server.stop();
  }
}

const compares = skipUnless(hasDotnet(), 'there is no dotnet here to run the sample in C#');

compares(
  'the sample of the reference page echoes and prints the same on .NET and here',
  async () => {
    const theirs = await onDotnet();
    const ours = await onOurs();
    expect(ours.echoes).toEqual(theirs.echoes);
    expect(ours.lines).toEqual(theirs.lines);
    expect(ours.lines.length).toBe(6 * (lengths.length + 2));
  },
  120_000,
);
