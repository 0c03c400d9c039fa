// `npm run soak`: ten million echoes, forty million operations, and nothing allocated for them.

import { Echoes, measureAllocation, operationsPerEcho } from '../support/allocation.js';
import { connectedPair } from '../fixtures/sockets.js';

const echoes = 10_000_000;
const connections = 16;
const mostBytesPerOperation = 8;
const mostRssGrowth = 16 << 20;

function mebibytes(bytes: number): string {
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}

async function main(): Promise<void> {
  const begin = performance.now();
  const pairs = await Promise.all(Array.from({ length: connections }, connectedPair));
  const report = await measureAllocation(new Echoes(pairs), echoes);
  for (const socket of pairs.flat()) socket.close();

  const { bytesPerOperation, sites, rssBefore, rssAfter } = report;
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  console.log(`${echoes * operationsPerEcho} operations in ${seconds} s`);
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

void main();
