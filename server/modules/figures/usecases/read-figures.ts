import type { Actor } from "../../../kernel/actor.ts";
import { weekdayOf } from "../../../core/domain/community/calendar.ts";
import type { Rollup } from "../domain/rollup.ts";
import type { HandlingCycle } from "../domain/handling-cycles.ts";
import { type Overdue, type Tally, countCycle, emptyTally, mergeTally } from "../domain/three-rates.ts";
import type { UsesFigures } from "../ports.ts";
import { type Period, checkPeriod, communitiesOf } from "./period.ts";
import { refreshRollups } from "./refresh-rollups.ts";

export type By = "community" | "service" | "cadre" | "day" | "month";

export interface FiguresQuery extends Period {
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** Null: held by nobody. */
  cadreId?: string | null | undefined;
  by: By;
}

/**
 * What some rounds come to, with those that are overdue now, and what the counters here accepted for other
 * communities.
 */
export interface Sum extends Tally {
  overdue: Overdue;
  acceptedHere: number;
}

export interface FiguresReport {
  asOf: Date;
  total: Sum;
  /** By key: a code, an id, a day, a month; null for the rounds that no cadre holds. In order of the key. */
  rows: { key: string | null; sum: Sum }[];
  /** Rounds opened, by weekday from Monday and hour. Of every service and cadre. */
  hours: number[][];
  buildings: { building: string; opened: number }[];
  /** Kinds of request that any counter may accept, of all kinds of these communities. */
  kinds: { anywhere: number; all: number };
}

const emptySum = (): Sum => ({ ...emptyTally(), overdue: { respond: 0, resolve: 0 }, acceptedHere: 0 });

/** What tells the line of the report that a cell or a round belongs to. */
type Placed = Pick<HandlingCycle, "communityId" | "serviceCode" | "cadreId" | "day">;

const keys: { [K in By]: (of: Placed) => string | null } = {
  community: (of) => of.communityId,
  service: (of) => of.serviceCode,
  cadre: (of) => of.cadreId,
  day: (of) => of.day,
  month: (of) => of.day.slice(0, 7),
};

const TOP_PLACES = 20;

/** Figures of rounds opened in a period, exact as of now. Throws `auth.forbidden`, `figures.period_invalid`. */
export async function readFigures(
  deps: UsesFigures<"clock" | "store">,
  actor: Actor,
  query: FiguresQuery,
): Promise<FiguresReport> {
  checkPeriod(query);
  return sumUp(deps, await communitiesOf(deps, actor, query.communityId), query);
}

/**
 * The figures of the cadre who asks, in all communities, and what their ratings come to. Throws
 * `figures.period_invalid`.
 */
export async function readMyFigures(
  deps: UsesFigures<"clock" | "store">,
  actor: Actor,
  period: Period,
): Promise<FiguresReport & { ratings: Tally }> {
  checkPeriod(period);
  const [report, ratings] = await Promise.all([
    sumUp(deps, actor.communityIds, { ...period, cadreId: actor.userId, by: "cadre" }),
    ownRatings(deps, actor.userId),
  ]);
  return { ...report, ratings };
}

/** A cadre must not learn of a single rating. Own figures therefore count ratings in batches of this size. */
const BATCH = 5;
const MAX_CYCLES = 10 * BATCH;
/** A resident may change a rating for a day. */
const RATING_FINAL_AFTER_MS = 86_400_000;

/**
 * The latest ratings of a cadre that can change no more, in whole batches: whenever they are asked for, two answers
 * differ by five ratings or by none, so that the difference tells nobody's own. Of no period for the same reason.
 */
async function ownRatings({ handlingCycles, clock }: UsesFigures<"clock">, cadreId: string): Promise<Tally> {
  const final = await handlingCycles.countRated(cadreId, new Date(clock.now().getTime() - RATING_FINAL_AFTER_MS));
  const end = final - (final % BATCH);
  const tally = emptyTally();
  const from = Math.max(0, end - MAX_CYCLES);
  if (end > from) for (const round of await handlingCycles.rated(cadreId, from, end - from)) countCycle(tally, round);
  return tally;
}

async function sumUp(
  deps: UsesFigures<"clock" | "store">,
  communityIds: readonly string[],
  query: FiguresQuery,
): Promise<FiguresReport> {
  const asOf = deps.clock.now();
  const filter = { ...query, communityIds };
  const [rollups, overdue, acceptedHere, kinds] = await Promise.all([
    readRollups(deps, communityIds, query),
    deps.handlingCycles.overdue(filter, asOf),
    deps.handlingCycles.acceptedHere(filter),
    kindsOf(deps, communityIds),
  ]);
  const rows = new Map<string | null, Sum>();
  const row = (of: Placed): Sum => {
    const key = keys[query.by](of);
    const sum = rows.get(key) ?? emptySum();
    rows.set(key, sum);
    return sum;
  };

  for (const { communityId, day, cells } of rollups) {
    for (const cell of cells) {
      if (query.serviceCode && cell.serviceCode !== query.serviceCode) continue;
      if (query.cadreId !== undefined && cell.cadreId !== query.cadreId) continue;
      mergeTally(row({ communityId, day, serviceCode: cell.serviceCode, cadreId: cell.cadreId }), cell);
    }
  }
  for (const round of overdue) {
    const sum = row(round);
    sum.overdue.respond += Number(round.respondedAt === null && round.respondBy !== null && round.respondBy < asOf);
    sum.overdue.resolve += Number(round.resolveBy !== null && round.resolveBy < asOf);
  }
  for (const round of acceptedHere)
    row({ ...round, communityId: round.acceptedIn ?? round.communityId }).acceptedHere++;
  // Each round is in one row, so that the whole is the sum of the rows, which are few.
  const total = emptySum();
  for (const sum of rows.values()) {
    mergeTally(total, sum);
    total.overdue.respond += sum.overdue.respond;
    total.overdue.resolve += sum.overdue.resolve;
    total.acceptedHere += sum.acceptedHere;
  }
  const sorted = [...rows].toSorted(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return {
    asOf,
    total,
    rows: sorted.map(([key, sum]) => ({ key, sum })),
    ...places(rollups),
    kinds,
  };
}

/** The sums of each day of the period, as its rounds are now. */
async function readRollups(
  deps: UsesFigures<"store">,
  communityIds: readonly string[],
  { from, to }: Period,
): Promise<Rollup[]> {
  const kept = await deps.rollups.read(communityIds, from, to);
  const stale = kept.filter((rollup) => rollup.stale > 0);
  const made = await refreshRollups(deps, stale);
  return kept.map((rollup) => made[stale.indexOf(rollup)] ?? rollup);
}

/** A kind of request is a service of one community: each decides for itself. */
async function kindsOf(deps: UsesFigures<"store">, communityIds: readonly string[]): Promise<FiguresReport["kinds"]> {
  const communities = await Promise.all(communityIds.map((id) => deps.store.communities.find(id)));
  const services = communities.flatMap((community) => community?.services ?? []);
  return { anywhere: services.filter(({ anywhere }) => anywhere).length, all: services.length };
}

function places(rollups: readonly Rollup[]): Pick<FiguresReport, "hours" | "buildings"> {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const buildings = new Map<string, number>();
  for (const rollup of rollups) {
    const weekday = hours[weekdayOf(rollup.day) - 1] ?? [];
    rollup.hours.forEach((opened, hour) => (weekday[hour] = (weekday[hour] ?? 0) + opened));
    for (const { building, opened } of rollup.buildings) {
      buildings.set(building, (buildings.get(building) ?? 0) + opened);
    }
  }
  const hot = [...buildings].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, TOP_PLACES);
  return { hours, buildings: hot.map(([building, opened]) => ({ building, opened })) };
}
