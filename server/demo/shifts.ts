import { type Calendar, addDays, dayOf, instantOf, mondayOf } from "../core/domain/community/calendar.ts";
import { expandPatterns, spansFrom } from "../core/domain/roster/roster.ts";
import { cadresOf } from "./people.ts";
import type { Random } from "./random.ts";
import { onCall, patternsOf } from "./roster-patterns.ts";

const MINUTE = 60_000;
/** Rosters of so many weeks before this one are kept; before that cadres came by hand. */
const ROSTER_WEEKS = 4;
/** Whoever is on a roster checks in so long after the shift begins. */
export const CHECK_IN_DELAY_MS = 3 * MINUTE;

/** Whoever goes home sooner leaves what comes in to those who stay. */
const MIN_REMAINING_SHIFT_MS = 45 * MINUTE;

/** A stretch on duty. `cadre`: index of the demo's cadre. */
export interface Shift {
  cadre: number;
  from: Date;
  to: Date;
}

/** The Mondays of the weeks that have a roster: some that are over, this one and the next. */
export function rosterMondays(now: Date): string[] {
  const first = addDays(mondayOf(dayOf(now)), -7 * ROSTER_WEEKS);
  return Array.from({ length: ROSTER_WEEKS + 2 }, (_, n) => addDays(first, 7 * n));
}

/** What the published rosters of a community say. */
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

/** Two shifts a day in each community, by turns and by hand, until the rosters begin. */
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

/** Who is there when, in the whole story. */
export interface Duties {
  /** `at`, or when somebody of the community comes next; and who is there then, for a while if there are such. */
  somebodyFrom(communityId: string, at: Date): { at: Date; cadres: number[] };
  /** `at`, or when the cadre comes next. */
  cadreFrom(cadre: number, at: Date): Date;
}

/** All shifts of the story. What nobody comes for any more is left at its time, which is in the future. */
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
