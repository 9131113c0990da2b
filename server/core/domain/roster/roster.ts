import {
  type Calendar,
  type Day,
  type Span,
  MINUTES_A_DAY,
  addDays,
  daysBetween,
  instantOf,
  isWorkday,
  mondayOf,
  weekdayOf,
} from "../community/calendar.ts";
import type { Pattern } from "./roster-plan.ts";
import type { Swap } from "./roster-swap.ts";

/** The shift of one cadre on one day. A split shift has several spans. */
export interface Shift {
  id: string;
  /** The pattern from which it was made; null when added by hand. */
  patternId: string | null;
  name: string;
  day: Day;
  spans: readonly Span[];
  position: string | null;
  cadreId: string;
}

/** A cadre on call (备勤) for hours in which nobody works, in minutes from the week's Monday, 0:00. */
export interface Backup {
  from: number;
  to: number;
  cadreId: string;
}

/**
 * A community's roster of one week. It is stored from its first change on; before, it is computed from the patterns.
 */
export interface RosterWeek {
  id: string;
  version: number;
  communityId: string;
  monday: Day;
  state: "draft" | "published";
  shifts: readonly Shift[];
  backups: readonly Backup[];
  swaps: readonly Swap[];
  publishedAt: Date | null;
}

export const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/** Whether the pattern applies on that day. */
export function worksOn(pattern: Pattern, calendar: Calendar, day: Day): boolean {
  if (day < pattern.from || (pattern.until !== null && day > pattern.until)) return false;
  const kind = calendar.days[day]?.kind;
  const usual = pattern.weekdays.includes(weekdayOf(day));
  if (kind === "holiday") return pattern.holidays === "only" || (pattern.holidays === "same" && usual);
  if (pattern.holidays === "only") return false;
  return usual || (pattern.makeUp && kind === "workday" && isWorkday(calendar, day));
}

/**
 * The cadres whose turn it is. Turns are counted on the weekdays of the pattern, holidays included, so that a change of
 * the calendar does not shift the other days.
 */
function onTurn({ turn, cadreIds, weekdays, from }: Pattern, day: Day): readonly string[] {
  if (turn === "all") return cadreIds;
  const week = Math.floor(daysBetween(mondayOf(from), day) / 7);
  const before = weekdays.filter((weekday) => weekday < weekdayOf(day)).length;
  const count = turn === "weekly" ? week : week * Math.max(1, weekdays.length) + before;
  const cadre = cadreIds[count % cadreIds.length];
  return cadre === undefined ? [] : [cadre];
}

/** The shifts that the patterns make in a week, by day, start and pattern. */
export function expandPatterns(patterns: readonly Pattern[], calendar: Calendar, monday: Day): Shift[] {
  const days = Array.from({ length: 7 }, (_, n) => addDays(monday, n));
  const shifts = days.flatMap((day) =>
    patterns
      .filter((pattern) => worksOn(pattern, calendar, day))
      .flatMap((pattern) =>
        onTurn(pattern, day).map((cadreId) => ({
          id: `${pattern.id}:${day}:${cadreId}`,
          patternId: pattern.id,
          name: pattern.name,
          day,
          spans: pattern.spans,
          position: pattern.position,
          cadreId,
        })),
      ),
  );
  return sortShifts(shifts);
}

/** Sorted by day and start; shifts with the same start keep their order. */
export const sortShifts = (shifts: readonly Shift[]): Shift[] =>
  shifts.toSorted((a, b) => a.day.localeCompare(b.day) || startOf(a) - startOf(b));

const startOf = (shift: Shift): number => shift.spans[0]?.[0] ?? 0;

/** When a shift begins. */
export const shiftStart = (shift: Shift): Date => instantOf(shift.day, startOf(shift));

/** A shift's spans in minutes from that Monday, 0:00. The shift may be of another week. */
export function spansFrom(monday: Day, { day, spans }: Pick<Shift, "day" | "spans">): Span[] {
  const offset = daysBetween(monday, day) * MINUTES_A_DAY;
  return spans.map(([from, to]) => [offset + from, offset + to]);
}

/** An instant in minutes from the Monday, 0:00. */
export const minuteFrom = (monday: Day, at: Date): number => (at.getTime() - instantOf(monday, 0).getTime()) / 60_000;
