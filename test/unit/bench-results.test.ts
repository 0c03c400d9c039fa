// What the benchmark makes of its rounds: ratios, goals, losses, and the page.

import { makePage } from '../../bench/support/page.js';
import { formatReport } from '../../bench/support/report.js';
import {
  compareServers,
  resultsVersion,
  type SavedResult,
  type ServerResult,
} from '../../bench/support/results.js';
import { measureWorkload } from '../../bench/support/rounds.js';
import { BlockCounter } from '../../bench/support/udp.js';
import { findLosses, judgeGoals } from '../../bench/support/verdicts.js';
import { plainServer } from '../../bench/peers/peer.js';
import { workloads } from '../../bench/workloads/index.js';

const workload = workloads.find(({ name }) => name === 'tcp-connect');
if (workload === undefined) throw new Error('tcp-connect is gone');
const judgedWorkload = workload;

function server(name: string, cpuUs: readonly number[]): ServerResult {
  return {
    name,
    title: `${name}, titled`,
    version: '1',
    isOurs: name === judgedWorkload.judged,
    ratePerSecond: null,
    rounds: cpuUs.map(figure => ({ cpuUs: figure })),
    heap: null,
    calls: null,
  };
}

function saved(...servers: readonly ServerResult[]): SavedResult {
  return {
    version: resultsVersion,
    date: '2026-01-01T00:00:00.000Z',
    commit: { id: 'abc1234', isDirty: false },
    command: 'npm run bench',
    machine: {
      cpuModel: 'a processor',
      coreCount: 2,
      memoryGib: 1,
      kernel: 'a kernel',
      architecture: 'x64',
      node: 'v20.0.0',
    },
    pinning: { missing: 'a test' },
    loadAverage: 0,
    roundCount: 3,
    seconds: 1,
    warmupSeconds: 1,
    notes: [],
    result: {
      workload: judgedWorkload,
      servers,
      comparisons: compareServers(judgedWorkload, servers),
      gaps: [],
    },
  };
}

test('a ratio is the median of the ratios of each round, not the ratio of the medians', () => {
  const { result } = saved(server('saea', [1, 10, 100]), server('floor', [2, 10, 1000]));
  const ours = result.comparisons.find(({ name }) => name === 'saea');
  expect(ours?.ratios['floor']?.median).toBe(0.5);
  expect(ours?.main).toEqual({ median: 10, minimum: 1, maximum: 100 });
});

test('a goal is kept up to its bound, missed above it, and open without the other server', () => {
  const goalOf = (...servers: ServerResult[]) => judgeGoals(saved(...servers))[0];
  const atBound = goalOf(server('saea', [125]), server('floor', [100]));
  const above = goalOf(server('saea', [126]), server('floor', [100]));
  const alone = goalOf(server('saea', [126]));
  expect(atBound).toMatchObject({ measured: 1.25, isKept: true });
  expect(above).toMatchObject({ measured: 1.26, isKept: false });
  expect(alone).toMatchObject({ measured: null, isKept: false });
});

test('every server that is better than ours is named, worst for us first', () => {
  const losses = findLosses(
    saved(
      server('saea', [10]),
      server('net', [20]),
      server('bun', [8]),
      server('floor', [5]),
      server('deno', [10]),
    ),
  );
  expect(losses.map(({ peer, ratio }) => [peer, ratio])).toEqual([
    ['floor', 2],
    ['bun', 1.25],
  ]);
});

test('the same results give the same page, whatever was drawn before', () => {
  const results = [saved(server('saea', [10, 11]), server('net', [20, 25]))];
  const first = makePage(results);
  const second = makePage(results);
  expect([...second]).toEqual([...first]);
  expect(first.get('performance/tcp-connect.svg')).toMatch(/^<svg .*<\/svg>\n$/s);
});

test('names of workloads are distinct, and every goal names a server that can be compared', () => {
  const names = workloads.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const others = workloads.flatMap(({ goals }) => goals.map(({ than }) => than));
  const known = ['saea', 'net', 'turbo-net', 'bun', 'deno', 'floor', null];
  const dotnet = ['dotnet-sample', 'dotnet', 'dotnet-inline'];
  expect(others.filter(than => ![...known, ...dotnet].includes(than))).toEqual([]);
});

test('a server that is missing is named with its reason in terminal, file and page', async () => {
  const said = jest.spyOn(console, 'log').mockImplementation(() => {});
  const missing = { ...plainServer, name: 'deno', title: 'Deno', version: '2', programs: {} };
  const result = await measureWorkload(
    judgedWorkload,
    [{ ...missing, missing: 'not for this platform', programs: { 'tcp-echo': ['deno'] } }],
    {
      workloadNames: [],
      peerNames: null,
      roundCount: 1,
      seconds: 1,
      warmupSeconds: 1,
      isHeapMeasured: false,
      areCallsCounted: false,
      isSaved: false,
    },
    {
      root: '',
      loadProgram: '',
      nativeFolder: '',
      pinning: { missing: 'a test' },
      seconds: 1,
      warmupSeconds: 1,
    },
  );
  const line = 'deno, tcp-connect: not measured: not for this platform';
  expect(said).toHaveBeenCalledWith(`! ${line}`);
  said.mockRestore();
  expect(result.gaps).toMatchObject([{ server: 'deno', isMissing: true }]);
  const head = saved(server('saea', [10]));
  expect(formatReport(head, [result])).toContain(`! ${line}`);
  expect(makePage([{ ...head, result }]).get('performance.md')).toContain(`- ${line}`);
});

test('a block of a sender is answered when its bytes are there, whatever others send', () => {
  const blocks = new BlockCounter(128);
  const answers = [
    blocks.count(1, 64),
    blocks.count(2, 64),
    blocks.count(1, 63),
    blocks.count(1, 1),
    blocks.count(2, 64),
    blocks.count(1, 64),
  ];
  expect(answers).toEqual([false, false, false, true, true, false]);
});
