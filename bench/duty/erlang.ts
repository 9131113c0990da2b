import { type Random, seededRandom } from "../../server/demo/random.ts";
import { type Arrival, type Worker, simulate } from "./counter.ts";
import { type Interval, BATCHES, batchMeans } from "./statistics.ts";

const MINUTE = 60_000;
const HANDLING = 20 * MINUTE;

/** A counter with `cadres` cadres, each busy for `share` of the time. */
export interface Load {
  cadres: number;
  share: number;
}

/** The expected share of requests that wait, and the mean wait of all requests in units of the handling time. */
export interface Expected {
  waiting: number;
  wait: number;
}

/** Erlang's B formula: the share of arrivals that find all cadres busy when nobody can wait. */
export function erlangB({ cadres, share }: Load): number {
  const load = cadres * share;
  let blocked = 1;
  for (let c = 1; c <= cadres; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked;
}

/** Erlang's C formula for M/M/c, from the B formula. */
export function erlangC({ cadres, share }: Load): Expected {
  const blocked = erlangB({ cadres, share });
  const waiting = blocked / (1 - share * (1 - blocked));
  return { waiting, wait: waiting / (cadres * (1 - share)) };
}

/** A random duration with exponential distribution (memoryless). */
export const exponential = (random: Random, average: number): number => -Math.log(1 - random.next()) * average;

/** Deviations from M/M/c, so that a test can show that the comparison detects them. */
interface Twist {
  handling?: (random: Random) => number;
  notice?: () => number;
  absent?: number;
}

/** The waits of the simulation with Poisson arrivals, exponential handling times and all cadres always on duty. */
function waits({ cadres, share }: Load, requests: number, seed: number, twist: Twist): number[] {
  const random = seededRandom(seed);
  const { handling = () => exponential(random, HANDLING), notice = () => 0, absent = 0 } = twist;
  function* arrivals(): Generator<Arrival> {
    const service = { urgency: "normal", respondMinutes: 30, positions: ["any"] } as const;
    let at = 0;
    for (let n = 0; n < requests; n++) {
      at += exponential(random, HANDLING / (cadres * share));
      yield { at, residentId: `home-${n}`, service, handling: handling(random) };
    }
  }
  const workers = Array.from({ length: cadres - absent }, (_, n): Worker => ({
    id: `cadre-${n}`,
    positions: ["any"],
    turns: [{ from: 0, to: Number.MAX_SAFE_INTEGER / 2 }],
  }));
  const served = simulate({ arrivals: arrivals(), workers, notice, backupAt: () => null });
  return served.map(({ arrival, takenAt }) => ((takenAt ?? Number.NaN) - arrival.at) / HANDLING);
}

/** The result of the simulation. */
export interface Measured {
  waiting: Interval;
  wait: Interval;
}

/** Runs the simulation with `batch` requests per batch. */
export function measure(load: Load, { batch, seed, ...twist }: { batch: number; seed: number } & Twist): Measured {
  const series = waits(load, batch * (BATCHES + 1), seed, twist);
  return { waiting: batchMeans(series.map((each) => (each > 0 ? 1 : 0))), wait: batchMeans(series) };
}

/** The widest accepted interval, as a share of its mean. A wider one would agree with nearly any value. */
const WIDEST = 0.15;

const contains = ({ mean, half }: Interval, expected: number): boolean =>
  half < WIDEST * mean && Math.abs(mean - expected) <= half;

/** Whether the expected values lie in the measured intervals, and the intervals are narrow enough. */
export const agree = ({ waiting, wait }: Measured, expected: Expected): boolean =>
  contains(waiting, expected.waiting) && contains(wait, expected.wait);
