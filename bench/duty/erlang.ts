import { type Random, seededRandom } from "../../server/demo/random.ts";
import { type Arrival, type Worker, simulate } from "./counter.ts";
import { type Interval, BATCHES, batchMeans } from "./statistics.ts";

const MINUTE = 60_000;
const HANDLING = 20 * MINUTE;

/** A counter with so many cadres, each busy for so large a share of the time. */
export interface Load {
  cadres: number;
  share: number;
}

/** What is expected of a counter: the share of requests that wait, and the mean wait of all, in handling times. */
export interface Expected {
  waiting: number;
  wait: number;
}

/** Erlang's B formula: the share that finds all busy, were nobody let in to wait. */
export function erlangB({ cadres, share }: Load): number {
  const load = cadres * share;
  let blocked = 1;
  for (let c = 1; c <= cadres; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked;
}

/** Erlang's C formula for M/M/c, from his B. */
export function erlangC({ cadres, share }: Load): Expected {
  const blocked = erlangB({ cadres, share });
  const waiting = blocked / (1 - share * (1 - blocked));
  return { waiting, wait: waiting / (cadres * (1 - share)) };
}

/** A duration that remembers nothing (exponential). */
export const exponential = (random: Random, average: number): number => -Math.log(1 - random.next()) * average;

/** What of the M/M/c case may be otherwise, so that a test can see that it is noticed. */
interface Twist {
  handling?: (random: Random) => number;
  notice?: () => number;
  absent?: number;
}

/** The same event loop with Poisson arrivals, exponential handling and everybody always there. */
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

/** What the event loop does. */
export interface Measured {
  waiting: Interval;
  wait: Interval;
}

/** A run of so many requests a batch. */
export function measure(load: Load, { batch, seed, ...twist }: { batch: number; seed: number } & Twist): Measured {
  const series = waits(load, batch * (BATCHES + 1), seed, twist);
  return { waiting: batchMeans(series.map((each) => (each > 0 ? 1 : 0))), wait: batchMeans(series) };
}

/** An interval wider than this share of its mean would agree with nearly anything. */
const WIDEST = 0.15;

const hasRole = ({ mean, half }: Interval, expected: number): boolean =>
  half < WIDEST * mean && Math.abs(mean - expected) <= half;

/** Whether what is expected lies in the intervals, and they are narrow enough to say something. */
export const agree = ({ waiting, wait }: Measured, expected: Expected): boolean =>
  hasRole(waiting, expected.waiting) && hasRole(wait, expected.wait);
