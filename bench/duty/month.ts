import { catalogue } from "../../server/core/catalogue/standard.ts";
import { seededRandom } from "../../server/demo/random.ts";
import { minuteOf, openSpans, defaultHours } from "../../server/core/domain/community/calendar.ts";
import type { Service } from "../../server/core/domain/community/community.ts";
import type { Load } from "../../server/core/domain/roster/roster-fairness.ts";
import { clocksFrom } from "../../server/core/domain/requests/sla.ts";
import { type Arrival, type Served, simulate } from "./counter.ts";
import { exponential } from "./erlang.ts";
import { type RosterName, DAYS, calendar, hourOf, rosterOf } from "./rosters.ts";
import { mean, quantile } from "./statistics.ts";

const MINUTE = 60_000;
const HOUSEHOLDS = 3_000;
/** Each household files one request in two months. */
const REQUESTS_A_DAY = HOUSEHOLDS / 60;
const HANDLING = 20 * MINUTE;
const NOTICE = 2 * MINUTE;
/**
 * Requests by hour of filing from midnight, as percentages: some before work and at lunch, most after work. An
 * assumption.
 */
const byHour = [1, 0, 0, 0, 0, 1, 3, 8, 6, 3, 3, 5, 7, 4, 2, 2, 3, 5, 9, 12, 11, 8, 5, 2];

interface Asked extends Arrival {
  service: Service;
}

/** The requests of a month, the same for both rosters, because all random values are drawn here. */
export function arrivals(seed: number): Asked[] {
  const random = seededRandom(seed);
  const asked: Asked[] = [];
  const shares = byHour.reduce((sum, share) => sum + share, 0);
  for (let hour = 0; hour < 24 * DAYS; hour++) {
    const [from, to] = [hourOf(0, hour), hourOf(0, hour + 1)];
    const gap = (to - from) / ((REQUESTS_A_DAY * (byHour[hour % 24] ?? 0)) / shares);
    // Exponential gaps are memoryless, so each hour can start anew.
    for (let at = from + exponential(random, gap); at < to; at += exponential(random, gap)) {
      const residentId = `home-${random.whole(1, HOUSEHOLDS)}`;
      asked.push({ at, residentId, service: random.pick(catalogue), handling: exponential(random, HANDLING) });
    }
  }
  return asked;
}

/** Response times in minutes: median and 95th percentile. */
interface Response {
  requests: number;
  median: number;
  p95: number;
}

export interface Month {
  all: Response;
  urgent: Response;
  byHour: Response[];
  /**
   * Shares of requests: `waitedForSomebody`, filed while nobody was on duty and not taken by the backup; `late`,
   * answered
   * after the service's deadline.
   */
  waitedForSomebody: number;
  late: number;
  coverage: number;
  loads: Load[];
}

const minutesOf = ({ arrival, takenAt }: Served<Asked>): number => ((takenAt ?? Infinity) - arrival.at) / MINUTE;

function response(served: readonly Served<Asked>[]): Response {
  const minutes = served.map(minutesOf).toSorted((a, b) => a - b);
  return { requests: minutes.length, median: quantile(minutes, 0.5), p95: quantile(minutes, 0.95) };
}

const isLate = ({ arrival, takenAt }: Served<Asked>): boolean => {
  const office = (day: string) => openSpans(calendar, defaultHours, day);
  const { respondBy } = clocksFrom(new Date(arrival.at), arrival.service, office);
  return takenAt === null || takenAt > respondBy.getTime();
};

const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  mean(items.map((item) => (holds(item) ? 1 : 0)));

/** Simulates a month under one of the rosters. */
export function simulateMonth(name: RosterName, seed: number): Month {
  const { workers, backupAt, coverage, loads } = rosterOf(name);
  const random = seededRandom(seed + 1);
  const notice = (): number => exponential(random, NOTICE);
  const served = simulate({ arrivals: arrivals(seed), workers, notice, backupAt });
  const isOn = (id: string | null, at: number): boolean =>
    workers.some((worker) => worker.id === id && worker.turns.some(({ from, to }) => from <= at && at < to));
  return {
    all: response(served),
    urgent: response(served.filter(({ arrival }) => arrival.service.urgency === "urgent")),
    byHour: byHour.map((_, hour) =>
      response(served.filter(({ arrival }) => Math.floor(minuteOf(new Date(arrival.at)) / 60) === hour)),
    ),
    waitedForSomebody: shareOf(
      served,
      ({ somebodyThere, takenAt, takenBy }) => !somebodyThere && (takenAt === null || isOn(takenBy, takenAt)),
    ),
    late: shareOf(served, isLate),
    coverage,
    loads,
  };
}
