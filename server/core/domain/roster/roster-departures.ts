import { MINUTES_A_DAY, instantOf, intersectSpans } from "../community/calendar.ts";
import type { Pattern, RosterPlan } from "./roster-plan.ts";
import { type RosterWeek, type Shift, minuteFrom } from "./roster.ts";
import { isOpenSwap } from "./roster-swap.ts";

/** What a roster becomes when some of its people have left, and whose shifts went. */
export interface RosterDeparture<T> {
  set: Partial<T>;
  /** Ids of those who have left, as far as they stood in it. */
  ids: string[];
  shifts: number;
}

const endOf = ({ day, spans }: Shift): Date => instantOf(day, spans.at(-1)?.[1] ?? MINUTES_A_DAY);

/** What of a shift was worked by `now`: nothing, or the shift up to then. */
function worked(shift: Shift, now: Date): Shift[] {
  const spans = intersectSpans(shift.spans, [[0, Math.floor(minuteFrom(shift.day, now))]]);
  return spans.length ? [{ ...shift, spans }] : [];
}

/**
 * The week without shifts, backups and swaps of people who are no cadres any more, from `now` on; what was worked
 * stays. The gap that this opens is shown like any other. Null: nobody has left it.
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

/** The plan's patterns without them; a pattern that nobody is left for goes. Null: nobody has left it. */
export function planWithoutCadres(plan: RosterPlan, cadreIds: ReadonlySet<string>): RosterDeparture<RosterPlan> | null {
  const ids = [...new Set(plan.patterns.flatMap((pattern) => pattern.cadreIds))].filter((id) => !cadreIds.has(id));
  if (!ids.length) return null;
  const patterns = plan.patterns
    .map((pattern): Pattern => ({ ...pattern, cadreIds: pattern.cadreIds.filter((id) => cadreIds.has(id)) }))
    .filter((pattern) => pattern.cadreIds.length > 0);
  return { set: { patterns }, ids, shifts: 0 };
}
