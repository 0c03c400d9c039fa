// Summaries of repeated measurements: the median, and how far the single values lay apart. No
// averages: one disturbed round must not move the figure that is quoted.

export interface Summary {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function summarize(values: readonly number[]): Summary | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.at(Math.floor(sorted.length / 2));
  const lower = sorted.at(Math.floor((sorted.length - 1) / 2));
  const minimum = sorted.at(0);
  const maximum = sorted.at(-1);
  if (upper === undefined || lower === undefined) return null;
  if (minimum === undefined || maximum === undefined) return null;
  return { median: (lower + upper) / 2, minimum, maximum };
}

/** The array turned to the left, so that each round begins with another server. */
export function rotate<T>(items: readonly T[], count: number): T[] {
  if (items.length === 0) return [];
  const start = count % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
