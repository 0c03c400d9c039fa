// `npm run soak`: ten million echoes over TCP and one million over UDP, forty-four million operations
// in all, and nothing allocated for them. `npm run soak -- udp` runs one of the two.

import {
  Echoes,
  measureAllocation,
  operationsPerEcho,
  type AllocationReport,
} from '../support/allocation.js';
import { DatagramEchoes } from '../support/datagram-echoes.js';
import { connectedPair } from '../fixtures/sockets.js';

const streamEchoes = 10_000_000;
const datagramEchoes = 1_000_000;
const connections = 16;
const mostBytesPerOperation = 8;
const mostRssGrowth = 16 << 20;

function mebibytes(bytes: number): string {
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}

async function measureStreams(): Promise<AllocationReport> {
  const pairs = await Promise.all(Array.from({ length: connections }, connectedPair));
  const report = await measureAllocation(new Echoes(pairs), streamEchoes);
  for (const socket of pairs.flat()) socket.close();
  return report;
}

async function measureDatagrams(): Promise<AllocationReport> {
  const echoes = new DatagramEchoes();
  const report = await measureAllocation(echoes, datagramEchoes);
  echoes.close();
  return report;
}

async function soak(
  name: string,
  echoes: number,
  measure: () => Promise<AllocationReport>,
): Promise<void> {
  const only = process.argv.at(2);
  if (only !== undefined && only !== name) return;
  const begin = performance.now();
  const { bytesPerOperation, sites, rssBefore, rssAfter } = await measure();
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  console.log(`${name}: ${echoes * operationsPerEcho} operations in ${seconds} s`);
  console.log(`bytes per operation: ${bytesPerOperation.toFixed(2)}`);
  console.log(`allocation sites:    ${sites.length === 0 ? 'none' : sites.join(', ')}`);
  console.log(`resident before:     ${mebibytes(rssBefore)}`);
  console.log(`resident after:      ${mebibytes(rssAfter)}`);
  const isGood =
    bytesPerOperation <= mostBytesPerOperation &&
    sites.length === 0 &&
    rssAfter - rssBefore <= mostRssGrowth;
  if (!isGood) process.exitCode = 1;
}

async function main(): Promise<void> {
  await soak('tcp', streamEchoes, measureStreams);
  await soak('udp', datagramEchoes, measureDatagrams);
}

void main();
