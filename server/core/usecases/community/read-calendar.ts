import {
  type Calendar,
  type Day,
  type SpecialDay,
  addDays,
  daysBetween,
  isYearKnown,
  withChanges,
} from "../../domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { idFromKey } from "../../../kernel/ids.ts";

/** The id of a community's roster plan. */
export const planIdOf = (communityId: string): string => idFromKey(`roster-plan:${communityId}`);

/** The community's calendar: public holidays with the committee's changes. At most 5 s behind another process. */
export async function calendarOf(deps: Uses<"holidays" | "store">, communityId: string): Promise<Calendar> {
  const plan = await deps.store.rosterPlans.find(planIdOf(communityId));
  return plan ? withChanges(deps.holidays, plan.days) : deps.holidays;
}

/** A day that differs from what its weekday says, or that the committee has changed. */
export interface ListedDay {
  day: Day;
  special: SpecialDay | null;
  /** The published kind of the day, before the committee's change. */
  published: SpecialDay | null;
  changed: boolean;
}

const MAX_DAYS = 400;

/**
 * The special days from `from` up to and including `to`, and the years in between whose holidays are unknown. Throws
 * `community.unknown`, `calendar.day_invalid`.
 */
export async function listDays(
  deps: Uses<"holidays" | "store">,
  communityId: string,
  from: Day,
  to: Day,
): Promise<{ days: ListedDay[]; unknownYears: number[] }> {
  if (!(await deps.store.communities.find(communityId))) refuse("community.unknown");
  const length = daysBetween(from, to) + 1;
  if (length < 1 || length > MAX_DAYS) refuse("calendar.day_invalid", { from, to: addDays(from, MAX_DAYS - 1) });
  const changes = (await deps.store.rosterPlans.find(planIdOf(communityId)))?.days ?? {};
  const calendar = withChanges(deps.holidays, changes);
  const all = Array.from({ length }, (_, n) => addDays(from, n));
  const days = all
    .map((day) => ({
      day,
      special: calendar.days[day] ?? null,
      published: deps.holidays.days[day] ?? null,
      changed: day in changes,
    }))
    .filter(({ special, changed }) => special !== null || changed);
  const unknownYears = new Set(all.filter((day) => !isYearKnown(calendar, day)).map((day) => Number(day.slice(0, 4))));
  return { days, unknownYears: [...unknownYears] };
}
