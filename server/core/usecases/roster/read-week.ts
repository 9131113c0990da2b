import {
  type Calendar,
  type Day,
  addDays,
  dayOf,
  daysBetween,
  instantOf,
  weekdayOf,
} from "../../domain/community/calendar.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Leave } from "../../domain/roster/leave.ts";
import { type RosterWeek, type Shift, expandPatterns } from "../../domain/roster/roster.ts";
import type { Coverage } from "../../domain/roster/roster-coverage.ts";
import { type Load, addLoads, fairness } from "../../domain/roster/roster-fairness.ts";
import { type RosterPlan, newPlan } from "../../domain/roster/roster-plan.ts";
import { presence } from "../../domain/roster/roster-presence.ts";
import { type WeekContext, clashes, coverageOf } from "../../domain/roster/roster-week.ts";
import type { Uses } from "../../ports.ts";
import { calendarOf, planIdOf } from "../community/read-calendar.ts";
import { idFromKey } from "../../../kernel/ids.ts";

/** How many days from today a week may lie. A year can be planned ahead and two looked back on. */
const MAX_DAYS_AWAY = 750;
/** How many weeks the loads cover, up to and including this one. */
const FAIR_WEEKS = 4;

/** The id of a community's roster week. */
export const weekIdOf = (communityId: string, monday: Day): string => idFromKey(`roster-week:${communityId}:${monday}`);

/** Throws `auth.forbidden` unless the actor is staff of the community. */
export function assertStaff(actor: Actor, communityId: string): void {
  const staff = ["committee", "cadre", "supervisor"] as const;
  if (!staff.some((role) => hasRole(actor, role, communityId))) refuse("auth.forbidden");
}

/** Throws `auth.forbidden` unless the actor is a clerk of the community. */
export function assertCommittee(actor: Actor, communityId: string): void {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
}

/** The current plan. It is read without the cache, since a week that is made from it is stored. */
export async function planOf(deps: Uses<"store">, communityId: string): Promise<RosterPlan> {
  const id = planIdOf(communityId);
  return (await deps.store.rosterPlans.load(id))?.value ?? newPlan(id, communityId);
}

/** The names of the community's cadres, by id. */
export const cadreNames = async (deps: Uses<"store">, communityId: string): Promise<Map<string, string>> =>
  new Map((await deps.store.users.cadresOf(communityId)).map(({ id, name }) => [id, name ?? ""]));

/** A week that is not stored yet: the shifts that the patterns make. */
export const blankWeek = (communityId: string, monday: Day, plan: RosterPlan, calendar: Calendar): RosterWeek => ({
  id: weekIdOf(communityId, monday),
  version: 0,
  communityId,
  monday,
  state: "draft",
  shifts: expandPatterns(plan.patterns, calendar, monday),
  backups: [],
  swaps: [],
  publishedAt: null,
});

/**
 * The data with which a week is validated, and the week as the patterns make it. Throws `community.unknown`,
 * `roster.week_invalid`.
 */
export async function weekContext(
  deps: Uses<"clock" | "holidays" | "store">,
  communityId: string,
  monday: Day,
): Promise<{ context: WeekContext; blank: RosterWeek; leaves: Leave[] }> {
  const now = deps.clock.now();
  if (weekdayOf(monday) !== 1 || Math.abs(daysBetween(dayOf(now), monday)) > MAX_DAYS_AWAY)
    refuse("roster.week_invalid");
  const community = (await deps.store.communities.find(communityId)) ?? refuse("community.unknown");
  const [before, after] = [addDays(monday, -7), addDays(monday, 7)];
  const [plan, calendar, cadres, leaves, stored] = await Promise.all([
    planOf(deps, communityId),
    calendarOf(deps, communityId),
    deps.store.users.cadresOf(communityId),
    deps.store.leaves.touching(communityId, ["asked", "approved"], instantOf(before, 0), instantOf(monday, 8 * 1440)),
    deps.store.rosterWeeks.between(communityId, before, after),
  ]);
  const weekOf = (start: Day): RosterWeek =>
    stored.find((week) => week.monday === start) ?? blankWeek(communityId, start, plan, calendar);
  const byName = cadres.toSorted((a, b) => (a.name ?? "").localeCompare(b.name ?? "", "zh-CN"));
  const posts = byName.map((cadre) => {
    const held = cadre.memberships.find((m) => m.role === "cadre" && m.communityId === communityId);
    return [cadre.id, { name: cadre.name ?? "", positions: held?.positions ?? [] }] as const;
  });
  const context: WeekContext = {
    now,
    calendar,
    plan,
    cadres: new Map(posts),
    absences: leaves.filter(({ state }) => state === "approved"),
    before: weekOf(before).shifts,
    next: weekOf(after),
    positions: [...new Set(community.services.flatMap(({ positions }) => positions))],
  };
  return { context, blank: blankWeek(communityId, monday, plan, calendar), leaves };
}

/**
 * A week with its coverage, clashes, leaves and loads. `recent`: the loads of this week and the published ones before
 * it.
 */
export interface WeekView {
  week: RosterWeek;
  context: WeekContext;
  coverage: Coverage;
  clashes: Shift[];
  leaves: Leave[];
  loads: { week: Load[]; recent: Load[] };
}

/**
 * A week with coverage, clashes, leaves and loads. Throws `auth.forbidden`, `community.unknown`, `roster.week_invalid`.
 */
export async function readWeek(
  deps: Uses<"clock" | "holidays" | "store">,
  actor: Actor,
  communityId: string,
  monday: Day,
): Promise<WeekView> {
  assertStaff(actor, communityId);
  const { context, blank, leaves } = await weekContext(deps, communityId, monday);
  const first = addDays(monday, -7 * (FAIR_WEEKS - 1));
  const [stored, absences] = await Promise.all([
    deps.store.rosterWeeks.between(communityId, first, monday),
    deps.store.leaves.touching(communityId, ["approved"], instantOf(first, 0), instantOf(monday, 8 * 1440)),
  ]);
  const week = stored.find((each) => each.monday === monday) ?? blank;
  const cadreIds = [...context.cadres.keys()];
  const loadOf = ({ monday: start, shifts }: RosterWeek): Load[] =>
    fairness(start, presence(start, shifts, absences), context.calendar, cadreIds);
  const earlier = stored.filter((each) => each.monday !== monday && each.state === "published");
  return {
    week,
    context,
    coverage: coverageOf(week, context),
    clashes: clashes(monday, week.shifts, context),
    leaves,
    loads: { week: loadOf(week), recent: addLoads([...earlier, week].map(loadOf)) },
  };
}
