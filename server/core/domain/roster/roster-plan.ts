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

/**
 * A weekly pattern (班次): who works when, week after week. A split shift (7:30–9:30 and 17:30–21:00) is one pattern.
 */
export interface Pattern {
  id: string;
  name: string;
  /** The post that the shift is for; null: any (全岗通). */
  position: string | null;
  /** Minutes of the day on which it starts; `to` up to 2880, so that a night ends the next morning. */
  spans: readonly Span[];
  /** 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  /** On public holidays: as on other days, not at all, or then only (whatever the weekday). */
  holidays: "same" | "off" | "only";
  /** Also on a Saturday or Sunday that is worked instead of a holiday. */
  makeUp: boolean;
  /** All of the cadres each time; or one, another each day, or each week. */
  turn: "all" | "daily" | "weekly";
  cadreIds: readonly string[];
  /** First and last day; null: until further notice. Turns are counted from the first day's week. */
  from: Day;
  until: Day | null;
}

/** What a community's roster is made from. One for each community; `version` counts its changes. */
export interface RosterPlan {
  id: string;
  version: number;
  communityId: string;
  /** Days that the committee keeps otherwise than the state publishes. */
  days: DayChanges;
  patterns: readonly Pattern[];
  /** Hours of each day at which somebody must be there, or a named backup; minutes of the day. */
  cover: readonly Span[];
}

/** Around the clock (全年无休): a night that nobody works needs a backup by name. */
export const newPlan = (id: string, communityId: string): RosterPlan => ({
  id,
  version: 0,
  communityId,
  days: {},
  patterns: [],
  cover: [[0, MINUTES_A_DAY]],
});

/** How far from today a day may be changed, days: a slip in the year shows. */
const MAX_DAYS_AWAY = 800;
const MAX_PATTERNS = 60;
/** A shift is at least this long, and is over by the end of the next day. */
const MIN_SHIFT_MINUTES = 15;

/** The plan's days with one changed; undefined takes the change back. Throws `calendar.day_invalid`. */
export function changeDay(plan: RosterPlan, today: Day, day: Day, change: SpecialDay | null | undefined): DayChanges {
  if (Math.abs(daysBetween(today, day)) > MAX_DAYS_AWAY) {
    refuse("calendar.day_invalid", { from: addDays(today, -MAX_DAYS_AWAY), to: addDays(today, MAX_DAYS_AWAY) });
  }
  const { [day]: _before, ...others } = plan.days;
  return change === undefined ? others : { ...others, [day]: change };
}

/** Throws `roster.spans_invalid` unless the spans are those of one shift: in order, apart, starting on its day. */
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

/** Throws `roster.spans_invalid` unless they are hours of a day, in order and apart; none is none to cover. */
export function assertCover(cover: readonly Span[]): void {
  const good = cover.every(
    ([from, to], n) => from >= (n === 0 ? 0 : cover[n - 1]![1]) && from < to && to <= MINUTES_A_DAY,
  );
  if (!good) refuse("roster.spans_invalid");
}

/**
 * The patterns with one put in the place of that with its id, or added. Throws `roster.spans_invalid`,
 * `cadre.unknown`, `roster.too_many`.
 */
export function putPattern(plan: RosterPlan, pattern: Pattern, cadreIds: ReadonlySet<string>): Pattern[] {
  assertSpans(pattern.spans);
  if (!pattern.cadreIds.every((id) => cadreIds.has(id))) refuse("cadre.unknown");
  const known = plan.patterns.some(({ id }) => id === pattern.id);
  if (!known && plan.patterns.length >= MAX_PATTERNS) refuse("roster.too_many", { most: MAX_PATTERNS });
  return known ? plan.patterns.map((old) => (old.id === pattern.id ? pattern : old)) : [...plan.patterns, pattern];
}
