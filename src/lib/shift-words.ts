import type { Shift } from "../../contract/index.ts";
import { words } from "../i18n";
import { sayClock, sayDay } from "../i18n/time-words";
import { DAY, atClock, wallClock } from "../../fronts/wall-clock.ts";

const MINUTES_A_DAY = 1440;

/** Noon of a day `2026-03-02`. */
export const noonOf = (day: string): Date => atClock(Math.round(Date.parse(day) / DAY), 12);

/** A day with its weekday, relative to today: 今天 周一, 3月8日 周日. */
export function sayShiftDay(day: string, now: Date): string {
  const noon = noonOf(day);
  return words.shifts.day(sayDay(noon, now), words.shifts.weekdays[wallClock(noon).weekday] ?? "");
}

const sayMinute = (minute: number): string => {
  const clock = sayClock({ hour: Math.floor((minute % MINUTES_A_DAY) / 60), minute: minute % 60 });
  return minute > MINUTES_A_DAY ? words.shifts.nextDay(clock) : minute === MINUTES_A_DAY ? "24:00" : clock;
};

/** The hours of a shift: 7:30–9:30、17:30–21:00. */
export const saySpans = (spans: Shift["spans"]): string =>
  spans.map(([from, to]) => words.shifts.span(sayMinute(from), sayMinute(to))).join(words.common.list);
