import {
  type Calendar,
  type Day,
  type Span,
  MINUTES_A_DAY,
  addDays,
  mergeSpans,
  totalMinutes,
  weekdayOf,
  intersectSpans,
} from "../community/calendar.ts";
import type { Stint } from "./roster-presence.ts";

/** The load of a cadre in a week: hours, and how many evenings, nights, weekends and holidays. */
export interface Load {
  cadreId: string;
  minutes: number;
  /** Days with work between 18:00 and 22:00. */
  evenings: number;
  /** Nights, 22:00 to 6:00, with work. */
  nights: number;
  /** Saturdays and Sundays with work, except holidays and days that are worked instead of a holiday. */
  weekends: number;
  /** Public holidays with work. */
  holidays: number;
}

const EVENING: Span = [18 * 60, 22 * 60];
const NIGHT: Span = [22 * 60, 30 * 60];
/** How many days are checked. A shift ends by the end of the next day, so the last one reaches into the next Monday. */
const DAYS = 8;

/**
 * The load of each cadre from the stints of this week's shifts; stints of the week before count there. A minute of two
 * simultaneous shifts counts once.
 */
export function fairness(
  monday: Day,
  stints: readonly Stint[],
  calendar: Calendar,
  cadreIds: readonly string[],
): Load[] {
  return cadreIds.map((cadreId) => {
    const spans = mergeSpans(
      stints.filter((stint) => stint.cadreId === cadreId).map(({ from, to }) => [from, to] as const),
    );
    const days = Array.from({ length: DAYS }, (_, n) => ({ day: addDays(monday, n), start: n * MINUTES_A_DAY }));
    const worksIn = (start: number, [from, to]: Span): boolean =>
      intersectSpans(spans, [[start + from, start + to]]).length > 0;
    const worked = days.filter(({ start }) => worksIn(start, [0, MINUTES_A_DAY]));
    const kindOf = (day: Day) => calendar.days[day]?.kind;
    return {
      cadreId,
      minutes: totalMinutes(spans),
      evenings: days.filter(({ start }) => worksIn(start, EVENING)).length,
      // Includes the night before Monday, since a Monday shift may start at 5:00.
      nights: [-MINUTES_A_DAY, ...days.map(({ start }) => start)].filter((start) => worksIn(start, NIGHT)).length,
      weekends: worked.filter(({ day }) => weekdayOf(day) > 5 && !kindOf(day)).length,
      holidays: worked.filter(({ day }) => kindOf(day) === "holiday").length,
    };
  });
}

/** The sums of the loads of several weeks. */
export function addLoads(weeks: readonly (readonly Load[])[]): Load[] {
  const sums = new Map<string, Load>();
  for (const { cadreId, ...load } of weeks.flat()) {
    const sum = sums.get(cadreId) ?? { cadreId, minutes: 0, evenings: 0, nights: 0, weekends: 0, holidays: 0 };
    for (const key of ["minutes", "evenings", "nights", "weekends", "holidays"] as const) sum[key] += load[key];
    sums.set(cadreId, sum);
  }
  return [...sums.values()];
}
