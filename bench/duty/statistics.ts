/** A value below which so large a share of the sorted numbers lies; NaN of none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/**
 * Batches of one long run: far enough apart in time that their means are nearly independent, though single waits are
 * not.
 */
export const BATCHES = 30;
/** Student's t for 99 % on both sides, with one degree of freedom less than there are batches. */
const T_99 = 2.756;

export interface Interval {
  mean: number;
  half: number;
}

/**
 * The mean of a series with its 99 % confidence interval by batch means. The first batch of 31 is the warm-up and
 * does not count.
 */
export function batchMeans(series: readonly number[]): Interval {
  const size = Math.floor(series.length / (BATCHES + 1));
  const means = Array.from({ length: BATCHES }, (_, n) => mean(series.slice((n + 1) * size, (n + 2) * size)));
  const middle = mean(means);
  const variance = means.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (BATCHES - 1);
  return { mean: middle, half: T_99 * Math.sqrt(variance / BATCHES) };
}
