import type { Actor } from "../../../kernel/actor.ts";
import { weekdayOf } from "../../../core/domain/community/calendar.ts";
import type { Rollup } from "../domain/rollup.ts";
import type { HandlingCycle } from "../domain/handling-cycles.ts";
import { type Overdue, type Tally, countCycle, emptyTally, mergeTally } from "../domain/three-rates.ts";
import type { FiguresStore, UsesFigures } from "../ports.ts";
import { type Period, checkPeriod, communitiesOf } from "./period.ts";
import { computeRollup } from "./refresh-rollups.ts";

export type By = "community" | "service" | "cadre" | "day" | "month";

export interface FiguresQuery extends Period {
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** Null: handling cycles without a handler. */
  cadreId?: string | null | undefined;
  by: By;
}

/**
 * The tally of some handling cycles, the number of those overdue now, and the number of requests that the counters
 * accepted for other communities.
 */
export interface Sum extends Tally {
  overdue: Overdue;
  acceptedHere: number;
}

export interface FiguresReport {
  asOf: Date;
  total: Sum;
  /**
   * Rows by key (community id, service code, cadre id, day or month), ordered by key. Null is the key of handling
   * cycles without a handler.
   */
  rows: { key: string | null; sum: Sum }[];
  /** Opened handling cycles by weekday (from Monday) and hour, regardless of the filters on service and cadre. */
  hours: number[][];
  buildings: { building: string; opened: number }[];
  /** The number of services, and of those that any counter may accept. */
  kinds: { anywhere: number; all: number };
}

const emptySum = (): Sum => ({ ...emptyTally(), overdue: { respond: 0, resolve: 0 }, acceptedHere: 0 });

/** The fields from which the key of a row is taken. */
type Placed = Pick<HandlingCycle, "communityId" | "serviceCode" | "cadreId" | "day">;

const keys: { [K in By]: (of: Placed) => string | null } = {
  community: (of) => of.communityId,
  service: (of) => of.serviceCode,
  cadre: (of) => of.cadreId,
  day: (of) => of.day,
  month: (of) => of.day.slice(0, 7),
};

const TOP_PLACES = 20;

/**
 * The figures of the handling cycles opened in a period, exact at the time of the call. Throws `auth.forbidden`,
 * `figures.period_invalid`.
 */
export async function readFigures(
  deps: UsesFigures<"clock" | "store">,
  actor: Actor,
  query: FiguresQuery,
): Promise<FiguresReport> {
  checkPeriod(query);
  return sumUp(deps, await communitiesOf(deps, actor, query.communityId), query);
}

/**
 * The figures of the calling cadre in all communities, and the tally of the cadre's ratings. Throws
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

/** A cadre must not learn of a single rating, so a cadre's own figures count ratings in batches of this size. */
const BATCH = 5;
const MAX_CYCLES = 10 * BATCH;
/** A resident may change a rating within this time, ms. */
const RATING_FINAL_AFTER_MS = 86_400_000;

/**
 * The tally of a cadre's latest final ratings, in whole batches. Two replies therefore differ by a whole batch of
 * ratings or not at all, and their difference does not reveal a single rating. Limits by period would reveal it too, so
 * there are none.
 */
async function ownRatings({ handlingCycles, clock }: UsesFigures<"clock">, cadreId: string): Promise<Tally> {
  const final = await handlingCycles.countRated(cadreId, new Date(clock.now().getTime() - RATING_FINAL_AFTER_MS));
  const end = final - (final % BATCH);
  const tally = emptyTally();
  const from = Math.max(0, end - MAX_CYCLES);
  if (end > from) for (const cycle of await handlingCycles.rated(cadreId, from, end - from)) countCycle(tally, cycle);
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
  for (const cycle of overdue) {
    const sum = row(cycle);
    sum.overdue.respond += Number(cycle.respondedAt === null && cycle.respondBy !== null && cycle.respondBy < asOf);
    sum.overdue.resolve += Number(cycle.resolveBy !== null && cycle.resolveBy < asOf);
  }
  for (const cycle of acceptedHere)
    row({ ...cycle, communityId: cycle.acceptedIn ?? cycle.communityId }).acceptedHere++;
  // Each handling cycle is in one row, so the total is the sum of the rows.
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

/** The roll-ups of the period. Stale ones are recomputed for this reply. */
async function readRollups(
  deps: FiguresStore,
  communityIds: readonly string[],
  { from, to }: Period,
): Promise<Rollup[]> {
  const sums: Rollup[] = [];
  for (const kept of await deps.rollups.read(communityIds, from, to))
    sums.push(kept.stale > 0 ? await computeRollup(deps, kept) : kept);
  return sums;
}

/** Counts services per community, since each community decides on its own. */
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
