import type { RosterWeek, Shift } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";

const t = zh.roster;
const DAY_MS = 86_400_000;
const MINUTES_A_DAY = 1440;

const two = (n: number): string => String(n).padStart(2, "0");
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day `days` after `day`: `2026-03-02`. */
export const addDays = (day: string, days: number): string =>
  new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));

/** A minute of a day as `7:30`. Hours of the following day count on: 30:00 is 6:00 of the next day. */
export const minuteWords = (minute: number): string => `${Math.floor(minute / 60)}:${two(minute % 60)}`;

/** `7:30–9:30、17:30–21:00`. */
export const spanWords = (spans: Shift["spans"]): string =>
  spans.map(([from, to]) => `${minuteWords(from)}–${minuteWords(to)}`).join(zh.common.join);

/** Parses hours that a clerk typed, such as `7:30-9:30, 17:30-21:00`. Null when they cannot be parsed. */
export function readSpans(text: string): [number, number][] | null {
  const parts = text
    .split(/[,，、;；]/)
    .map((part) => /^\s*(\d{1,2})[:：](\d{2})\s*[-–—~至]\s*(\d{1,2})[:：](\d{2})\s*$/.exec(part));
  const spans = parts.map((part): [number, number] | null => {
    if (!part) return null;
    const [, h1, m1, h2, m2] = part.map(Number);
    return [h1! * 60 + m1!, h2! * 60 + m2!];
  });
  return spans.every((span) => span !== null) ? spans : null;
}

/** Formats hours as {@link readSpans} parses them. */
export const writeSpans = (spans: Shift["spans"]): string =>
  spans.map(([from, to]) => `${minuteWords(from)}-${minuteWords(to)}`).join(", ");

/** 周三. */
export const dayName = (day: string): string => t.weekdays[(new Date(utc(day)).getUTCDay() + 6) % 7] ?? "";

/** 周三 3/4. */
export function dayWords(week: Pick<RosterWeek, "monday">, day: string): string {
  const n = Math.round((utc(day) - utc(week.monday)) / DAY_MS);
  return t.dayHead(t.weekdays[n] ?? "", `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`);
}

/**
 * A span between two minutes of the week, with each day named by `dayHead`. The day is named once when both ends are in
 * it. Midnight at the end is 24:00 of the day before.
 */
function stretchWords(from: number, to: number, dayHead: (day: number) => string): string {
  const [first, last] = [Math.floor(from / MINUTES_A_DAY), Math.floor((to - 1) / MINUTES_A_DAY)];
  const time = (minute: number, day: number): string => minuteWords(minute - day * MINUTES_A_DAY);
  const until = first === last ? "" : `${dayHead(last)} `;
  return `${dayHead(first)} ${time(from, first)}–${until}${time(to, last)}`;
}

/** A gap in the roster: 周三 21:00–周四 7:30. */
export const gapWords = ({ from, to }: { from: number; to: number }): string =>
  stretchWords(from, to, (day) => t.weekdays[day] ?? "");

/** A gap with its dates, for a week that is not on screen: 周四 3/5 17:30–21:00. */
export const datedGapWords = ({ monday, from, to }: { monday: string; from: number; to: number }): string =>
  stretchWords(from, to, (day) => dayWords({ monday }, addDays(monday, day)));

/** The parts of gaps that lie in day `n` of the week, in minutes of that day. */
export const gapsOfDay = (gaps: RosterWeek["gaps"], n: number): RosterWeek["gaps"] =>
  gaps
    .map((gap) => ({
      ...gap,
      from: Math.max(gap.from, n * MINUTES_A_DAY) - n * MINUTES_A_DAY,
      to: Math.min(gap.to, (n + 1) * MINUTES_A_DAY) - n * MINUTES_A_DAY,
    }))
    .filter(({ from, to }) => from < to);
