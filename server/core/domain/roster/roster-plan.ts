import {
  type Day,
  type DayChanges,
  type SpecialDay,
  type Span,
  MINUTES_A_DAY,
  addDays,
  daysBetween,
} from "../community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";

/** A weekly pattern (班次) of shifts. A split shift (7:30–9:30 and 17:30–21:00) is one pattern. */
export interface Pattern {
  id: string;
  name: string;
  /** The position that the shift is for; null for any (全岗通). */
  position: string | null;
  /**
   * Minutes of the day on which the shift starts. `to` is at most 2880, since a night shift ends on the next morning.
   */
  spans: readonly Span[];
  /** 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  /** On public holidays: worked as on other days, not worked, or worked only then (whatever the weekday). */
  holidays: "same" | "off" | "only";
  /** Whether it is also worked on a Saturday or Sunday that replaces a holiday (调休上班). */
  makeUp: boolean;
  /** `all`: every cadre each time. `daily`, `weekly`: one cadre in turn, who changes each day or each week. */
  turn: "all" | "daily" | "weekly";
  cadreIds: readonly string[];
  /** First and last day; `until` null: until further notice. Turns are counted from the first day's week. */
  from: Day;
  until: Day | null;
}

/** The plan from which a community's roster is made; one for each community. `version` counts its changes. */
export interface RosterPlan {
  id: string;
  version: number;
  communityId: string;
  /** Days on which the committee departs from the published calendar. */
  days: DayChanges;
  patterns: readonly Pattern[];
  /** Hours of each day in which a cadre must work or a backup be named, in minutes of the day. */
  cover: readonly Span[];
}

/** A new plan must be covered around the clock (全年无休), so a night without a shift needs a backup. */
export const newPlan = (id: string, communityId: string): RosterPlan => ({
  id,
  version: 0,
  communityId,
  days: {},
  patterns: [],
  cover: [[0, MINUTES_A_DAY]],
});

/** How many days from today a day may lie to be changed. A mistyped year is refused. */
const MAX_DAYS_AWAY = 800;
const MAX_PATTERNS = 60;
/** The shortest shift in minutes. A shift also ends by the end of the next day. */
const MIN_SHIFT_MINUTES = 15;

/** The plan's changed days after one more change; undefined undoes a change. Throws `calendar.day_invalid`. */
export function changeDay(plan: RosterPlan, today: Day, day: Day, change: SpecialDay | null | undefined): DayChanges {
  if (Math.abs(daysBetween(today, day)) > MAX_DAYS_AWAY) {
    refuse("calendar.day_invalid", { from: addDays(today, -MAX_DAYS_AWAY), to: addDays(today, MAX_DAYS_AWAY) });
  }
  const { [day]: _before, ...others } = plan.days;
  return change === undefined ? others : { ...others, [day]: change };
}

/**
 * Throws `roster.spans_invalid` unless the spans form one shift: in order, not overlapping, the first starting on its
 * day.
 */
export function assertSpans(spans: readonly Span[]): void {
  const last = spans.at(-1);
  const good = spans.every(
    ([from, to], n) =>
      from >= (n === 0 ? 0 : spans[n - 1]![1]) && to - from >= MIN_SHIFT_MINUTES && Number.isInteger(from + to),
  );
  if (!good || !spans[0] || spans[0][0] >= MINUTES_A_DAY || !last || last[1] > 2 * MINUTES_A_DAY) {
    refuse("roster.spans_invalid");
  }
}

/**
 * Throws `roster.spans_invalid` unless the spans are hours of one day, in order and not overlapping. An empty list is
 * valid.
 */
export function assertCover(cover: readonly Span[]): void {
  const good = cover.every(
    ([from, to], n) => from >= (n === 0 ? 0 : cover[n - 1]![1]) && from < to && to <= MINUTES_A_DAY,
  );
  if (!good) refuse("roster.spans_invalid");
}

/**
 * The patterns with one replaced (by id) or added. Throws `roster.spans_invalid`, `cadre.unknown`, `roster.too_many`.
 */
export function putPattern(plan: RosterPlan, pattern: Pattern, cadreIds: ReadonlySet<string>): Pattern[] {
  assertSpans(pattern.spans);
  if (!pattern.cadreIds.every((id) => cadreIds.has(id))) refuse("cadre.unknown");
  const known = plan.patterns.some(({ id }) => id === pattern.id);
  if (!known && plan.patterns.length >= MAX_PATTERNS) refuse("roster.too_many", { most: MAX_PATTERNS });
  return known ? plan.patterns.map((old) => (old.id === pattern.id ? pattern : old)) : [...plan.patterns, pattern];
}
