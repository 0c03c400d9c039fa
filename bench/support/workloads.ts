// The workloads: what the load generator is asked to do, and which part a server has to play in it.
// A new workload is an entry here; when it needs another way of driving the server, it also is a
// new mode of `load` (bench/native/load), and when it is measured by something else than CPU time,
// it names another figure.

import { cpuUsPerMessage, type Figure } from './figures.js';
import { udpWorkloads } from './udp.js';

/** What a server has to do in a workload. Servers list the parts they can play. */
export type Part = 'tcp-echo' | 'udp-echo';

export interface Workload {
  readonly name: string;
  /** Workloads of one group are chosen together on the command line. */
  readonly group: string;
  readonly title: string;
  readonly part: Part;
  /** The mode of the load generator, and its options except for port, process and times. */
  readonly mode: string;
  readonly connectionCount: number;
  readonly sizeBytes: number;
  readonly depth: number;
  /** Told to the server, for the receive buffers it makes. */
  readonly bufferSize: number;
  readonly mainFigure: Figure;
  /** Messages of the separate run that counts heap bytes; enough to drown its own few KB. */
  readonly heapMessageCount: number;
}

export const workloads: readonly Workload[] = [
  {
    name: 'tcp-echo-64b',
    group: 'tcp-echo',
    title: 'TCP echo, 64 B × 64 connections',
    part: 'tcp-echo',
    mode: 'tcp-echo',
    connectionCount: 64,
    sizeBytes: 64,
    depth: 1,
    bufferSize: 4096,
    mainFigure: cpuUsPerMessage,
    heapMessageCount: 300_000,
  },
  {
    name: 'tcp-echo-64k',
    group: 'tcp-echo',
    title: 'TCP echo, 64 KiB × 8 connections',
    part: 'tcp-echo',
    mode: 'tcp-echo',
    connectionCount: 8,
    sizeBytes: 65_536,
    depth: 1,
    bufferSize: 65_536,
    mainFigure: cpuUsPerMessage,
    heapMessageCount: 50_000,
  },
  ...udpWorkloads,
];

/** The workloads whose name or group is among `names`; all of them when there are no names. */
export function selectWorkloads(names: readonly string[]): readonly Workload[] {
  if (names.length === 0) return workloads;
  for (const name of names) {
    if (!workloads.some(workload => isNamed(workload, name))) {
      const known = workloads.map(workload => workload.name).join(', ');
      throw new Error(`there is no workload '${name}'; there are: ${known}`);
    }
  }
  return workloads.filter(workload => names.some(name => isNamed(workload, name)));
}

/** The load generator's arguments, except for port, process and times. */
export function loadArguments(workload: Workload): string[] {
  return [
    workload.mode,
    ...['--connections', String(workload.connectionCount)],
    ...['--size', String(workload.sizeBytes)],
    ...['--depth', String(workload.depth)],
  ];
}

function isNamed(workload: Workload, name: string): boolean {
  return workload.name === name || workload.group === name;
}
