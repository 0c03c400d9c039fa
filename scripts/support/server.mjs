// Trying a program that echoes on a port until it is ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const betweenTriesMs = 50;
const text = 'hello';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function echoOnce(port, ms) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(ms, () => socket.destroy());
    socket.once('data', data => socket.destroy() && resolve(data.toString()));
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}

/**
 * Runs the program in a file, on a free port in place of the one it names, and talks to it. `command`
 * is what runs it; answers what went wrong, or undefined.
 */
export async function tryServer(file, port, { command = [process.execPath], ms, env }) {
  const free = String(await freePort());
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(port, free));
  const log = `${file}.log`; // no pipe: programs under Wine cannot write to one
  const output = fs.openSync(log, 'w');
  const [program, ...args] = [...command, path.basename(file)];
  const options = { cwd: path.dirname(file), stdio: ['ignore', output, output], env };
  const child = spawn(program, args, options);
  const ended = once(child, 'close');
  const until = performance.now() + ms;
  let echo;
  while (echo === undefined && performance.now() < until && child.exitCode === null) {
    echo = await echoOnce(Number(free), ms); // refused until it listens
    if (echo === undefined) await wait(betweenTriesMs);
  }
  child.kill();
  await ended;
  fs.closeSync(output);
  return echo === text ? undefined : `echoed ${echo}\n${fs.readFileSync(log, 'utf8')}`;
}
