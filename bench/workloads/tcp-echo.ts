// Echo over long-lived TCP connections: small messages over few and many connections, large ones,
// and several in flight at once.

import {
  cpuFigure,
  latencyFigures,
  loadOptions,
  ourName,
  peerGoals,
  throughputFigures,
  type Goal,
  type Workload,
} from './workload.js';

interface Shape {
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  readonly size: number;
  readonly depth: number;
  readonly heap: number;
  readonly calls: number;
  readonly goals: readonly Goal[];
}

const smallMessageGoals: readonly Goal[] = [
  { than: 'floor', atMost: 1 },
  { than: 'net', atMost: 0.65 },
  ...peerGoals.filter(({ than }) => than !== 'net'),
];

const smallestBuffer = 4096;

function echo({ name, title, connections, size, depth, heap, calls, goals }: Shape): Workload {
  return {
    name,
    group: 'tcp-echo',
    title,
    part: 'tcp-echo',
    method: 'saturated',
    operation: 'message',
    bufferSize: Math.max(smallestBuffer, size),
    connectionCount: connections,
    blockBytes: 1,
    content: null,
    load: loadOptions('tcp-echo', { connections, size, depth }),
    figures: [cpuFigure('message'), ...throughputFigures('message'), ...latencyFigures],
    countedOperations: { heap, calls },
    judged: ourName,
    goals,
    note: null,
  };
}

export const tcpEchoWorkloads: readonly Workload[] = [
  echo({
    name: 'tcp-echo-64b-1',
    title: 'TCP echo, 64 B × 1 connection',
    connections: 1,
    size: 64,
    depth: 1,
    heap: 50_000,
    calls: 5000,
    goals: [],
  }),
  echo({
    name: 'tcp-echo-64b',
    title: 'TCP echo, 64 B × 64 connections',
    connections: 64,
    size: 64,
    depth: 1,
    heap: 5_000_000, // 300,000 see one collection or none
    calls: 20_000,
    goals: [...smallMessageGoals, { than: null, atMost: 1, isCollection: true }],
  }),
  echo({
    name: 'tcp-echo-64b-1000',
    title: 'TCP echo, 64 B × 1,000 connections',
    connections: 1000,
    size: 64,
    depth: 1,
    heap: 300_000,
    calls: 20_000,
    goals: smallMessageGoals,
  }),
  echo({
    name: 'tcp-echo-64b-8000',
    title: 'TCP echo, 64 B × 8,000 connections',
    connections: 8000,
    size: 64,
    depth: 1,
    heap: 300_000,
    calls: 40_000,
    goals: smallMessageGoals,
  }),
  echo({
    name: 'tcp-echo-64k',
    title: 'TCP echo, 64 KiB × 8 connections',
    connections: 8,
    size: 65_536,
    depth: 1,
    heap: 50_000,
    calls: 10_000,
    goals: [{ than: 'floor', atMost: 1.05 }, ...peerGoals],
  }),
  echo({
    name: 'tcp-pipelined',
    title: 'TCP echo, 64 B × 64 connections × 16 in flight',
    connections: 64,
    size: 64,
    depth: 16,
    heap: 1_000_000,
    calls: 100_000,
    goals: [],
  }),
];
