// The workloads of datagrams, and the servers that play the part of a UDP echo.

import { existsSync } from 'node:fs';
import path from 'node:path';

import { cpuUsPerMessage } from './figures.js';
import { output } from './machine.js';
import type { Server } from './servers.js';
import type { Workload } from './workloads.js';

/** What the servers with a single socket ask for, so that no burst of the load is lost. */
export const receiveBufferBytes = 4 << 20;

export const udpWorkloads: readonly Workload[] = [64, 1200].map(sizeBytes => ({
  name: `udp-echo-${sizeBytes}b`,
  group: 'udp-echo',
  title: `UDP echo, ${sizeBytes} B × 8 sockets × 32 in flight`,
  part: 'udp-echo',
  mode: 'udp-echo',
  connectionCount: 8,
  sizeBytes,
  depth: 32,
  bufferSize: 2048,
  mainFigure: cpuUsPerMessage,
  heapMessageCount: 300_000,
}));

export function listUdpServers(root: string): readonly Server[] {
  return [
    nodeServer(root, 'saea-udp', 'socket-async-event-args', 'saea-udp-echo.js', true),
    nodeServer(root, 'dgram', 'node:dgram', 'dgram-echo.js', false),
    floor(root, 'recvmmsg', 'C, recvmmsg and sendmmsg of 64 (the floor)', 64),
    floor(root, 'recvfrom', 'C, recvfrom and sendto', 1),
  ];
}

function nodeServer(
  root: string,
  name: string,
  title: string,
  file: string,
  isOurs: boolean,
): Server {
  const program = path.join('dist', 'bench', 'servers', file);
  return {
    name,
    title,
    isOurs,
    parts: ['udp-echo'],
    hasHeapReport: true,
    command: [process.execPath, path.join(root, program)],
    version: `node ${process.version}`,
    missing: existsSync(path.join(root, program)) ? null : `${program} is not there`,
  };
}

function floor(root: string, name: string, title: string, batch: number): Server {
  const program = path.join(root, 'build', 'bench', 'udp_echo');
  return {
    name,
    title,
    isOurs: false,
    parts: ['udp-echo'],
    hasHeapReport: false,
    command: [program, '--batch', String(batch)],
    version: output(program, ['--version']) ?? 'unknown',
    missing: existsSync(program) ? null : 'build/bench/udp_echo was not built',
  };
}
