import { type Measure, type HandlingCycle, measures } from "./handling-cycles.ts";

/** How many rounds count towards each measure. */
export type Counts = Record<Measure, number>;

export const zeroCounts = (): Counts => Object.fromEntries(measures.map((measure) => [measure, 0])) as Counts;

/** Adds `more` to `counts` in place. */
export function addCounts<T extends Record<string, number>>(counts: T, more: Readonly<T>): void {
  for (const key of Object.keys(more)) (counts as Record<string, number>)[key] = (counts[key] ?? 0) + (more[key] ?? 0);
}

/** Sums of scores, and of times in ms, beside the counts they belong to. */
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

/** The bin of a time: three to each doubling from a minute up, the last for all above 45 days. */
const binOf = (ms: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.ceil(BINS_AN_OCTAVE * Math.log2(ms / MINUTE))) || 0);

const upperOf = (bin: number): number => MINUTE * 2 ** (bin / BINS_AN_OCTAVE);

/** A histogram of times by which percentiles are told, within a bin (a quarter) of the truth. Sparse: bin -> count. */
export type TimeHistogram = Record<string, number>;

/**
 * The time, ms, within which the share `p` (0 to 1) of the times lie, interpolated within its bin; null without any.
 * Off by half a percent on average, three at worst, against the exact one.
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

/** What some rounds come to: one cell of a roll-up, or the sum of many. */
export interface Tally {
  counts: Counts;
  sums: Sums;
  respondTimes: TimeHistogram;
  resolveTimes: TimeHistogram;
}

export const emptyTally = (): Tally => ({ counts: zeroCounts(), sums: zeroSums(), respondTimes: {}, resolveTimes: {} });

/** Adds one round to a tally. */
export function countCycle(tally: Tally, round: HandlingCycle): void {
  for (const measure of round.counts) tally.counts[measure]++;
  const { scores, openedAt, respondedAt, resolvedAt } = round;
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

/** Rounds whose deadline has passed with nothing done about it, at the moment of the figures. */
export interface Overdue {
  respond: number;
  resolve: number;
}

/** A rate: `part` of `whole`. Null `whole` never: nothing to divide by is 0 of 0, and its share is null. */
export interface Rate {
  part: number;
  whole: number;
  /** 0 to 1, or null of nothing. */
  share: number | null;
}

/** The share of `part` in `whole`. */
export const rate = (part: number, whole: number): Rate => ({ part, whole, share: whole === 0 ? null : part / whole });

/**
 * 三率 and what stands beside them; docs/three-rates.md explains each. Response and the handler's own resolution are
 * of what was due: done, or past its deadline. The resident's resolution and satisfaction are of what was rated: a
 * request without a rating does not count as satisfied.
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
