// The JSON object that `load` prints, checked field by field: bench/native/load/report.c is the
// other half. A missing or misspelt field is an error here rather than an `undefined` in a table.

export interface LatencyUs {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface ServerCost {
  readonly cpuNs: number;
  readonly cpuUsPerMessage: number;
  readonly mainThreadCpuNs: number;
  readonly busyShare: number;
  readonly waitShare: number;
  readonly threads: number;
  readonly threadsStarted: number;
  readonly threadsEnded: number;
  readonly residentBytes: number;
  readonly peakResidentBytes: number;
}

export interface LoadReport {
  readonly mode: string;
  readonly seconds: number;
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly backlog: number;
  readonly comparedBytes: number;
  readonly latencyUs: LatencyUs;
  readonly server: ServerCost;
  readonly loadBusyShare: number;
}

type Fields = Record<string, unknown>;

export function parseLoadReport(text: string): LoadReport {
  const parsed: unknown = JSON.parse(text);
  const report = asFields(parsed, 'the report');
  const latency = fieldsOf(report, 'latencyUs');
  const server = fieldsOf(report, 'server');
  const mode = report['mode'];
  if (typeof mode !== 'string') throw new Error(`load printed no mode: ${text}`);
  return {
    mode,
    seconds: numberOf(report, 'seconds'),
    messages: numberOf(report, 'messages'),
    messagesPerSecond: numberOf(report, 'messagesPerSecond'),
    backlog: numberOf(report, 'backlog'),
    comparedBytes: numberOf(report, 'comparedBytes'),
    latencyUs: {
      p50: numberOf(latency, 'p50'),
      p99: numberOf(latency, 'p99'),
      p999: numberOf(latency, 'p999'),
      max: numberOf(latency, 'max'),
    },
    server: {
      cpuNs: numberOf(server, 'cpuNs'),
      cpuUsPerMessage: numberOf(server, 'cpuUsPerMessage'),
      mainThreadCpuNs: numberOf(server, 'mainThreadCpuNs'),
      busyShare: numberOf(server, 'busyShare'),
      waitShare: numberOf(server, 'waitShare'),
      threads: numberOf(server, 'threads'),
      threadsStarted: numberOf(server, 'threadsStarted'),
      threadsEnded: numberOf(server, 'threadsEnded'),
      residentBytes: numberOf(server, 'residentBytes'),
      peakResidentBytes: numberOf(server, 'peakResidentBytes'),
    },
    loadBusyShare: numberOf(fieldsOf(report, 'load'), 'busyShare'),
  };
}

/** A JSON object whose every named field is a number, for reports that are flat. */
export function parseNumbers<Name extends string>(
  text: string,
  names: readonly Name[],
): Record<Name, number> {
  const parsed: unknown = JSON.parse(text);
  const fields = asFields(parsed, 'the report');
  const entries = names.map(name => [name, numberOf(fields, name)] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function asFields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null) throw new Error(`${what} is not an object`);
  return value as Fields;
}

function fieldsOf(fields: Fields, name: string): Fields {
  return asFields(fields[name], `'${name}'`);
}

function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number') throw new Error(`'${name}' is not a number`);
  return value;
}
