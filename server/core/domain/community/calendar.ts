/**
 * Civil days and hours of a community. All times are in Asia/Shanghai, UTC+8 all year (no summer time since 1991), so
 * every day has 1440 minutes. The holidays are passed in as data.
 */

/** A civil day, `YYYY-MM-DD`. Days compare as strings do. */
export type Day = string;

/** From and to (exclusive) in minutes from midnight; `to` beyond 1440 reaches into the next day. */
export type Span = readonly [from: number, to: number];

export const MINUTES_A_DAY = 1440;
const MINUTE = 60_000;
const DAY = MINUTES_A_DAY * MINUTE;
const SHANGHAI = 8 * 60 * MINUTE;

/** A public holiday, or a Saturday or Sunday that is worked instead of one (调休上班). */
export type DayKind = "holiday" | "workday";

/** A day that differs from what its weekday says. */
export interface SpecialDay {
  kind: DayKind;
  /** What the day belongs to, e.g. 春节. */
  name: string;
}

/** The days that differ from what their weekday says, and the years for which they are known. */
export interface Calendar {
  /** Years whose holidays are published. For other years only weekends are known. */
  years: readonly number[];
  days: Readonly<Record<Day, SpecialDay>>;
}

/** The changes that a committee has made. Null: the day follows its weekday, whatever the published calendar says. */
export type DayChanges = Readonly<Record<Day, SpecialDay | null>>;

/** When an office is open, on which weekdays (1 Monday to 7 Sunday). */
export interface WorkingHours {
  weekdays: readonly number[];
  /** In order, not touching, within 0 to 1440. */
  spans: readonly Span[];
}

/** The hours of a community that has set none: Monday to Friday, 8:30 to 17:00. */
export const defaultHours: WorkingHours = { weekdays: [1, 2, 3, 4, 5], spans: [[510, 1020]] };

const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** Whether the text is an existing civil day in the form `YYYY-MM-DD`; 30 February is not. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && fromUtc(utc(text)) === text;

/** The civil day in which an instant lies. */
export const dayOf = (instant: Date): Day => fromUtc(instant.getTime() + SHANGHAI);

/** Minutes since the midnight of its civil day, 0 up to 1440, with fractions. */
export const minuteOf = (instant: Date): number => (instant.getTime() + SHANGHAI - utc(dayOf(instant))) / MINUTE;

const two = (n: number): string => String(Math.floor(n)).padStart(2, "0");

/** A minute of a day as clock time: `20:40`. */
export const formatClock = (minuteOfDay: number): string => `${two(minuteOfDay / 60)}:${two(minuteOfDay % 60)}`;

/** `2026-11-24 20:40`, in Shanghai. */
export const formatWallTime = (instant: Date): string => `${dayOf(instant)} ${formatClock(minuteOf(instant))}`;

/** The instant of a minute of a day. Negative minutes and minutes beyond 1440 reach into other days. */
export const instantOf = (day: Day, minuteOfDay: number): Date =>
  new Date(utc(day) - SHANGHAI + Math.round(minuteOfDay * MINUTE));

/** The day this many days later; earlier when negative. */
export const addDays = (day: Day, days: number): Day => fromUtc(utc(day) + days * DAY);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / DAY);

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay() || 7;

/** The Monday of the day's week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/**
 * Whether the holidays of the day's year are known. Otherwise workdays are derived from weekends only, and the page
 * that shows the day should say so.
 */
export const isYearKnown = ({ years }: Calendar, day: Day): boolean => years.includes(Number(day.slice(0, 4)));

/** The calendar with a committee's changes applied. */
export function withChanges(calendar: Calendar, changes: DayChanges): Calendar {
  const days: Record<Day, SpecialDay> = { ...calendar.days };
  for (const [day, change] of Object.entries(changes)) {
    if (change) days[day] = change;
    else delete days[day];
  }
  return { ...calendar, days };
}

/** A workday (工作日): Monday to Friday unless a holiday, and the Saturdays and Sundays that are worked instead. */
export const isWorkday = (calendar: Calendar, day: Day): boolean =>
  calendar.days[day] ? calendar.days[day].kind === "workday" : weekdayOf(day) <= 5;

/** Spans in which an office is open on a day: none on holidays, the usual ones on a worked Saturday. */
export function openSpans(calendar: Calendar, hours: WorkingHours, day: Day): readonly Span[] {
  const special = calendar.days[day];
  const open = special ? special.kind === "workday" : hours.weekdays.includes(weekdayOf(day));
  return open ? hours.spans : [];
}

/** Spans joined where they touch or overlap, in order; empty ones are dropped. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (from >= to) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The parts of `spans` that lie in none of `others`. */
export function subtractSpans(spans: readonly Span[], others: readonly Span[]): Span[] {
  const taken = mergeSpans(others);
  return mergeSpans(spans).flatMap(([from, to]) => {
    const left: Span[] = [];
    let start = from;
    for (const [a, b] of taken) {
      if (b <= start || a >= to) continue;
      if (a > start) left.push([start, a]);
      start = Math.max(start, b);
    }
    if (start < to) left.push([start, to]);
    return left;
  });
}

/** The parts that lie in both. */
export const intersectSpans = (spans: readonly Span[], others: readonly Span[]): Span[] =>
  subtractSpans(spans, subtractSpans(spans, others));

/** Minutes of spans, each counted once. */
export const totalMinutes = (spans: readonly Span[]): number =>
  mergeSpans(spans).reduce((sum, [from, to]) => sum + (to - from), 0);
