import { type Calendar, addDays, dayOf, instantOf, mondayOf } from "../core/domain/community/calendar.ts";
import { expandPatterns, spansFrom } from "../core/domain/roster/roster.ts";
import { cadresOf } from "./people.ts";
import type { Random } from "./random.ts";
import { onCall, patternsOf } from "./roster-patterns.ts";

const MINUTE = 60_000;
/** The number of past weeks with a roster. Before them, cadres start their duties by hand. */
const ROSTER_WEEKS = 4;
/** How long after the start of a shift its cadre checks in, ms. */
export const CHECK_IN_DELAY_MS = 3 * MINUTE;

/** A cadre whose shift ends sooner gets no new request if others stay longer, ms. */
const MIN_REMAINING_SHIFT_MS = 45 * MINUTE;

/** A time on duty. `cadre` is an index into the demo's cadres. */
export interface Shift {
  cadre: number;
  from: Date;
  to: Date;
}

/** The Mondays of the weeks with a roster: the past ones, the current and the next. */
export function rosterMondays(now: Date): string[] {
  const first = addDays(mondayOf(dayOf(now)), -7 * ROSTER_WEEKS);
  return Array.from({ length: ROSTER_WEEKS + 2 }, (_, n) => addDays(first, 7 * n));
}

/** The shifts of a community's published rosters. */
export function rosterShifts(communityId: string, calendar: Calendar, now: Date): Shift[] {
  const mondays = rosterMondays(now);
  const patterns = patternsOf(communityId, mondays[0] ?? dayOf(now), String);
  return mondays.flatMap((monday) =>
    expandPatterns(patterns, calendar, monday).flatMap((shift) =>
      spansFrom(monday, shift).map(([from, to]) => ({
        cadre: Number(shift.cadreId),
        from: instantOf(monday, from),
        to: instantOf(monday, to),
      })),
    ),
  );
}

/** Two shifts a day in each community, started by hand, until the weeks with a roster begin. */
export function manualShifts(now: Date): Shift[] {
  const [until = ""] = rosterMondays(now);
  const days = Array.from({ length: 59 }, (_, n) => addDays(dayOf(now), n - 59)).filter((day) => day < until);
  return days.flatMap((day, n) =>
    [
      { cadre: n % 7, from: 450 },
      { cadre: (n + 3) % 7, from: 870 },
      { cadre: 7 + (n % 5), from: 450 },
      { cadre: 7 + ((n + 2) % 5), from: 870 },
    ].map(({ cadre, from }) => ({ cadre, from: instantOf(day, from), to: instantOf(day, from + 420) })),
  );
}

/** Who is on duty when, over the whole story. */
export interface Duties {
  /**
   * `at`, or the next time when a cadre of the community is on duty, and the cadres on duty then. Cadres whose shift
   * ends soon are left out if others stay longer.
   */
  somebodyFrom(communityId: string, at: Date): { at: Date; cadres: number[] };
  /** `at`, or the next time when the cadre is on duty. */
  cadreFrom(cadre: number, at: Date): Date;
}

/** All duties of the story. Where no further shift follows, the time is returned unchanged; it is in the future. */
export function storyDuties(calendar: Calendar, now: Date, random: Random): Duties {
  const all = [...manualShifts(now), ...Object.keys(onCall).flatMap((id) => rosterShifts(id, calendar, now))];
  const there = ({ from, to }: Shift, at: Date): boolean => from.getTime() + CHECK_IN_DELAY_MS < +at && at < to;
  function next(shifts: readonly Shift[], at: Date): Date {
    if (shifts.some((shift) => there(shift, at))) return at;
    const coming = shifts.filter(({ to }) => to > at);
    const begin = Math.min(...coming.map(({ from }) => +from));
    return Number.isFinite(begin) ? new Date(begin + CHECK_IN_DELAY_MS + random.whole(1, 25) * MINUTE) : at;
  }
  const byCadre = Map.groupBy(all, ({ cadre }) => cadre);
  return {
    somebodyFrom(communityId, from) {
      const shifts = cadresOf(communityId).flatMap((cadre) => byCadre.get(cadre) ?? []);
      const at = next(shifts, from);
      const present = shifts.filter((shift) => there(shift, at));
      const staying = present.filter(({ to }) => to.getTime() - at.getTime() > MIN_REMAINING_SHIFT_MS);
      return { at, cadres: (staying.length ? staying : present).map(({ cadre }) => cadre) };
    },
    cadreFrom: (cadre, from) => next(byCadre.get(cadre) ?? [], from),
  };
}
