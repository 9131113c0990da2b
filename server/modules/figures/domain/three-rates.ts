import { type Measure, type HandlingCycle, measures } from "./handling-cycles.ts";

/** The number of handling cycles of each measure. */
export type Counts = Record<Measure, number>;

export const zeroCounts = (): Counts => Object.fromEntries(measures.map((measure) => [measure, 0])) as Counts;

/** Adds `more` to `counts` in place. */
export function addCounts<T extends Record<string, number>>(counts: T, more: Readonly<T>): void {
  for (const key of Object.keys(more)) (counts as Record<string, number>)[key] = (counts[key] ?? 0) + (more[key] ?? 0);
}

/** Sums of scores, and of times in ms. */
export interface Sums {
  response: number;
  attitude: number;
  result: number;
  respondMs: number;
  resolveMs: number;
}

export const zeroSums = (): Sums => ({ response: 0, attitude: 0, result: 0, respondMs: 0, resolveMs: 0 });

const MINUTE = 60_000;
const BINS_AN_OCTAVE = 3;
const BINS = BINS_AN_OCTAVE * 16;

/** The histogram bin of a time: three per doubling, from one minute on. The last bin has all times above 45 days. */
const binOf = (ms: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.ceil(BINS_AN_OCTAVE * Math.log2(ms / MINUTE))) || 0);

const upperOf = (bin: number): number => MINUTE * 2 ** (bin / BINS_AN_OCTAVE);

/**
 * A histogram of times, from which percentiles are estimated to within one bin (about a quarter). Sparse: bin to count.
 */
export type TimeHistogram = Record<string, number>;

/**
 * The time in ms within which the share `p` (0 to 1) of the times lie, interpolated within its bin; null without times.
 * The error is half a percent on average and at most three percent.
 */
export function percentile(times: TimeHistogram, p: number): number | null {
  const bins = Object.entries(times)
    .map(([bin, n]) => [Number(bin), n] as const)
    .toSorted(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return null;
  let below = 0;
  const wanted = p * total;
  for (const [bin, n] of bins) {
    if (below + n >= wanted) {
      const lower = bin === 0 ? 0 : upperOf(bin - 1);
      return Math.round(lower + ((wanted - below) / n) * (upperOf(bin) - lower));
    }
    below += n;
  }
  return upperOf(BINS - 1);
}

/** The counts, sums and times of some handling cycles: of one roll-up cell or of many. */
export interface Tally {
  counts: Counts;
  sums: Sums;
  respondTimes: TimeHistogram;
  resolveTimes: TimeHistogram;
}

export const emptyTally = (): Tally => ({ counts: zeroCounts(), sums: zeroSums(), respondTimes: {}, resolveTimes: {} });

/** Adds one handling cycle to a tally. */
export function countCycle(tally: Tally, cycle: HandlingCycle): void {
  for (const measure of cycle.counts) tally.counts[measure]++;
  const { scores, openedAt, respondedAt, resolvedAt } = cycle;
  if (scores) addCounts(tally.sums as Sums & Record<string, number>, { ...zeroSums(), ...scores });
  if (respondedAt) {
    const ms = respondedAt.getTime() - openedAt.getTime();
    tally.sums.respondMs += ms;
    addCounts(tally.respondTimes, { [binOf(ms)]: 1 });
  }
  if (resolvedAt) {
    const ms = resolvedAt.getTime() - openedAt.getTime();
    tally.sums.resolveMs += ms;
    addCounts(tally.resolveTimes, { [binOf(ms)]: 1 });
  }
}

/** Adds one tally to another. */
export function mergeTally(into: Tally, more: Tally): void {
  addCounts(into.counts, more.counts);
  addCounts(into.sums as Sums & Record<string, number>, more.sums as Sums & Record<string, number>);
  addCounts(into.respondTimes, more.respondTimes);
  addCounts(into.resolveTimes, more.resolveTimes);
}

/** The number of handling cycles past their deadline without a response or resolution, at the time of the figures. */
export interface Overdue {
  respond: number;
  resolve: number;
}

/** A rate: `part` of `whole`. */
export interface Rate {
  part: number;
  whole: number;
  /** From 0 to 1; null when `whole` is 0. */
  share: number | null;
}

/** The share of `part` in `whole`. */
export const rate = (part: number, whole: number): Rate => ({ part, whole, share: whole === 0 ? null : part / whole });

/**
 * The three rates (三率) and related ones; docs/three-rates.md explains each. Response and the handler's own
 * resolution are shares of the cycles that are done or past their deadline. The resident's resolution and
 * satisfaction are shares of the rated cycles: an unrated request does not count as satisfied.
 */
export function threeRates({ counts }: Pick<Tally, "counts">, overdue: Overdue) {
  return {
    response: rate(counts.respondedInTime, counts.responded + overdue.respond),
    selfResolution: rate(counts.resolved, counts.resolved + overdue.resolve),
    resolution: rate(counts.solved, counts.rated),
    satisfaction: rate(counts.satisfied, counts.rated),
    rated: rate(counts.rated, counts.resolved),
  };
}
