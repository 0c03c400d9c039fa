// `npm run soak:file`: a sparse file of 5 GiB through SendPackets, over a loopback connection whose
// other end reads it here too. The memory stays as it is, and the loop is never held up.

import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { SendPacketsElement, SocketAsyncEventArgs, type Socket } from 'socket-async-event-args';

import { bufferArgs, connectedPair, run } from '../fixtures/sockets.js';

const length = 5 * 2 ** 30;
const mostRssGrowth = 16 << 20;
const mostDelayMs = 10;
const sampleMs = 1;

/** What was measured. */
interface Report {
  readonly seconds: number;
  readonly received: number;
  readonly rssGrowth: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

async function receiveAll(socket: Socket, onPart: () => void): Promise<number> {
  const e = bufferArgs(1 << 20);
  let received = 0;
  do {
    await run(e, each => socket.receiveAsync(each));
    received += e.bytesTransferred;
    onPart();
  } while (received < length && e.bytesTransferred > 0);
  return received;
}

async function transfer(path: string): Promise<Report> {
  const [client, server] = await connectedPair();
  const before = process.memoryUsage.rss();
  let most = before;
  const delay = monitorEventLoopDelay({ resolution: sampleMs });
  const begin = performance.now();
  delay.enable();
  const e = new SocketAsyncEventArgs();
  e.sendPacketsElements = [new SendPacketsElement(path)];
  const [received] = await Promise.all([
    receiveAll(server, () => (most = Math.max(most, process.memoryUsage.rss()))),
    run(e, each => client.sendPacketsAsync(each)),
  ]);
  delay.disable();
  const seconds = (performance.now() - begin) / 1000;
  client.close();
  server.close();
  if (e.bytesTransferred !== length) throw new Error(`${e.bytesTransferred} bytes were sent`);
  // What it reports includes the time that it sleeps between two samples.
  const toMs = (nanoseconds: number): number => nanoseconds / 1e6 - sampleMs;
  return {
    seconds,
    received,
    rssGrowth: most - before,
    p99Ms: toMs(delay.percentile(99)),
    maxMs: toMs(delay.max),
  };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'saea-'));
  const path = join(folder, 'sparse');
  const file = openSync(path, 'w');
  ftruncateSync(file, length);
  closeSync(file);
  try {
    const { seconds, received, rssGrowth, p99Ms, maxMs } = await transfer(path);
    console.log(`${received} bytes in ${seconds.toFixed(1)} s`);
    console.log(`resident memory grew by at most ${(rssGrowth / 2 ** 20).toFixed(1)} MiB`);
    console.log(`delay of the loop: p99 ${p99Ms.toFixed(2)} ms, max ${maxMs.toFixed(2)} ms`);
    const isGood = received === length && rssGrowth <= mostRssGrowth && p99Ms < mostDelayMs;
    if (!isGood) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
