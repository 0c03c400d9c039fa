// The command line of the runner.

import { parseArgs } from 'node:util';

export interface RunOptions {
  /** Names of workloads or of their groups; none means all. */
  readonly workloadNames: readonly string[];
  /** null means all of them. */
  readonly peerNames: readonly string[] | null;
  readonly roundCount: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  /** In runs of their own, since looking disturbs. */
  readonly isHeapMeasured: boolean;
  readonly areCallsCounted: boolean;
  readonly isSaved: boolean;
}

/** Fewer rounds than this are measured when asked for, but the report says that they are few. */
export const fewestRounds = 5;

export const usage = `npm run bench -- [workload or group …] [options]
  --peers a,b      measure ours and these only (all)
  --rounds N       rounds, each with every server once (${fewestRounds})
  --seconds S      measured window of a round (3)
  --warmup S       before each window, not measured (1)
  --no-heap        leave out the separate run that counts heap bytes
  --no-calls       leave out the separate run that counts system calls
  --save           write bench/results/WORKLOAD.json, one file per workload
  --help           this text`;

/** null when only help was asked for. Throws on anything it does not understand. */
export function readRunOptions(args: readonly string[]): RunOptions | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      peers: { type: 'string' },
      rounds: { type: 'string', default: String(fewestRounds) },
      seconds: { type: 'string', default: '3' },
      warmup: { type: 'string', default: '1' },
      'no-heap': { type: 'boolean', default: false },
      'no-calls': { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const roundCount = readPositive('rounds', values.rounds);
  if (!Number.isInteger(roundCount)) throw new Error(`--rounds: ${roundCount} is no whole number`);
  return {
    workloadNames: positionals,
    peerNames: values.peers === undefined ? null : values.peers.split(',').filter(Boolean),
    roundCount,
    seconds: readPositive('seconds', values.seconds),
    warmupSeconds: readPositive('warmup', values.warmup),
    isHeapMeasured: !values['no-heap'],
    areCallsCounted: !values['no-calls'],
    isSaved: values.save,
  };
}

function readPositive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new Error(`--${name}: '${text}' is not a number above 0`);
  }
  return value;
}
