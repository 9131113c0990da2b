/** The value below which `share` of the sorted numbers lie. NaN for an empty list. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The number of batches of one long run. Means of batches are nearly independent, although single waits are not. */
export const BATCHES = 30;
/** Student's t for a two-sided 99 % interval with `BATCHES - 1` degrees of freedom. */
const T_99 = 2.756;

export interface Interval {
  mean: number;
  half: number;
}

/**
 * The mean of a series with its 99 % confidence interval by batch means. The first of 31 batches is the warm-up and is
 * left out.
 */
export function batchMeans(series: readonly number[]): Interval {
  const size = Math.floor(series.length / (BATCHES + 1));
  const means = Array.from({ length: BATCHES }, (_, n) => mean(series.slice((n + 1) * size, (n + 2) * size)));
  const middle = mean(means);
  const variance = means.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (BATCHES - 1);
  return { mean: middle, half: T_99 * Math.sqrt(variance / BATCHES) };
}
