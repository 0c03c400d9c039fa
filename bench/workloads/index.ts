// All workloads, in the order in which they are measured and reported.

import { tcpConnectWorkloads } from './tcp-connect.js';
import { tcpEchoWorkloads } from './tcp-echo.js';
import { tcpFileWorkloads } from './tcp-file.js';
import { tcpHalfLoadWorkloads } from './tcp-half-load.js';
import { tcpIdleWorkloads } from './tcp-idle.js';
import { tcpStreamWorkloads } from './tcp-stream.js';
import { tcpTwoThreadsWorkloads } from './tcp-two-threads.js';
import { udpEchoWorkloads } from './udp-echo.js';
import { udpReceiveWorkloads } from './udp-receive.js';
import type { Workload } from './workload.js';

export const workloads: readonly Workload[] = [
  ...tcpEchoWorkloads,
  ...tcpStreamWorkloads,
  ...tcpConnectWorkloads,
  ...tcpFileWorkloads,
  ...tcpIdleWorkloads,
  ...tcpHalfLoadWorkloads,
  ...tcpTwoThreadsWorkloads,
  ...udpEchoWorkloads,
  ...udpReceiveWorkloads,
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

function isNamed(workload: Workload, name: string): boolean {
  return workload.name === name || workload.group === name;
}
