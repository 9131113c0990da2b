import { MINUTES_A_DAY, instantOf, intersectSpans } from "../community/calendar.ts";
import type { Pattern, RosterPlan } from "./roster-plan.ts";
import { type RosterWeek, type Shift, minuteFrom } from "./roster.ts";
import { isOpenSwap } from "./roster-swap.ts";

/** The changes of a roster after some of its cadres have left their posts. */
export interface RosterDeparture<T> {
  set: Partial<T>;
  /** Ids of the cadres who were removed from it. */
  ids: string[];
  shifts: number;
}

const endOf = ({ day, spans }: Shift): Date => instantOf(day, spans.at(-1)?.[1] ?? MINUTES_A_DAY);

/** The part of a shift that was worked by `now`; empty when nothing was. */
function worked(shift: Shift, now: Date): Shift[] {
  const spans = intersectSpans(shift.spans, [[0, Math.floor(minuteFrom(shift.day, now))]]);
  return spans.length ? [{ ...shift, spans }] : [];
}

/**
 * The week without the shifts, backups and swaps of people who are no longer cadres, from `now` on. Worked hours stay.
 * The gaps that open are shown like all others. Null when nobody in it has left.
 */
export function weekWithoutCadres(
  week: RosterWeek,
  cadreIds: ReadonlySet<string>,
  now: Date,
): RosterDeparture<RosterWeek> | null {
  const minute = minuteFrom(week.monday, now);
  const goneShifts = week.shifts.filter((shift) => !cadreIds.has(shift.cadreId) && endOf(shift) > now);
  const goneBackups = week.backups.filter(({ cadreId, to }) => !cadreIds.has(cadreId) && to > minute);
  if (!goneShifts.length && !goneBackups.length) return null;
  return {
    set: {
      shifts: week.shifts.flatMap((shift) => (goneShifts.includes(shift) ? worked(shift, now) : [shift])),
      backups: week.backups.filter((backup) => !goneBackups.includes(backup)),
      swaps: week.swaps.map((swap) =>
        isOpenSwap(swap) && !(cadreIds.has(swap.fromId) && cadreIds.has(swap.toId))
          ? { ...swap, state: "withdrawn" as const }
          : swap,
      ),
    },
    ids: [...new Set([...goneShifts, ...goneBackups].map(({ cadreId }) => cadreId))],
    shifts: goneShifts.length,
  };
}

/**
 * The plan's patterns without people who are no longer cadres. A pattern without cadres is removed. Null when nobody in
 * it has left.
 */
export function planWithoutCadres(plan: RosterPlan, cadreIds: ReadonlySet<string>): RosterDeparture<RosterPlan> | null {
  const ids = [...new Set(plan.patterns.flatMap((pattern) => pattern.cadreIds))].filter((id) => !cadreIds.has(id));
  if (!ids.length) return null;
  const patterns = plan.patterns
    .map((pattern): Pattern => ({ ...pattern, cadreIds: pattern.cadreIds.filter((id) => cadreIds.has(id)) }))
    .filter((pattern) => pattern.cadreIds.length > 0);
  return { set: { patterns }, ids, shifts: 0 };
}
