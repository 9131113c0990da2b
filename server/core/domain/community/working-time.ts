import { type Day, type Span, addDays, dayOf, instantOf } from "./calendar.ts";

/** After this many closed days in a row the office counts as one that never opens, and time counts around the clock. */
const MAX_CLOSED_DAYS = 400;

/** When an office is open on a day: in order, not touching; none on a holiday. */
export type OfficeHours = (day: Day) => readonly Span[];

/** The office hours in which time counts; null counts around the clock. */
export type Counting = OfficeHours | null;

const spansOf = (office: OfficeHours, day: Day): [from: number, to: number][] =>
  office(day).map(([from, to]) => [instantOf(day, from).getTime(), instantOf(day, to).getTime()]);

/**
 * The instant at which this many ms have counted since `start`. When that is the end of a span, it is this end, not the
 * start of the next span.
 */
export function addCountedTime(start: Date, ms: number, counting: Counting): Date {
  let at = start.getTime();
  let left = Math.max(0, ms);
  if (!counting || left === 0) return new Date(at + left);
  let closed = 0;
  for (let day = dayOf(start); closed < MAX_CLOSED_DAYS; day = addDays(day, 1)) {
    const spans = spansOf(counting, day);
    for (const [from, to] of spans) {
      const begin = Math.max(at, from);
      if (begin >= to) continue;
      if (left <= to - begin) return new Date(begin + left);
      left -= to - begin;
      at = to;
    }
    closed = spans.length ? 0 : closed + 1;
  }
  return new Date(at + left);
}

/** How many ms count from `from` to `to`; 0 when `to` is not later. */
export function countedTimeBetween(from: Date, to: Date, counting: Counting): number {
  const [start, end] = [from.getTime(), to.getTime()];
  if (!counting || end <= start) return Math.max(0, end - start);
  let sum = 0;
  const last = dayOf(to);
  for (let day = dayOf(from); day <= last; day = addDays(day, 1)) {
    for (const [a, b] of spansOf(counting, day)) sum += Math.max(0, Math.min(end, b) - Math.max(start, a));
  }
  return sum;
}
