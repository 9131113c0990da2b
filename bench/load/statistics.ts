/** The median; for an even number of values the upper one. NaN for none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which `share` (0 to 1) of the values lie. NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Pseudo-random numbers from 0 to 1 (mulberry32), so that a run can be repeated. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Moments (ms from the start) of arrivals at `rate` a second in `ms`: a Poisson process. */
export function arrivals(rate: number, ms: number, seed: number): number[] {
  const next = random(seed);
  const moments: number[] = [];
  for (;;) {
    const at = (moments.at(-1) ?? 0) - (Math.log(1 - next()) / rate) * 1000;
    if (at > ms) return moments;
    moments.push(at);
  }
}

/** Waits of one step: number, median and 99th percentile in ms. */
export interface Waits {
  count: number;
  p50: number;
  p99: number;
}

export const waits = (values: readonly number[]): Waits => ({
  count: values.length,
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
});
