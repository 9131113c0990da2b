import { type TimeWindow, sayWindow } from "../../fronts/time-window.ts";
import { atClock, wallClock } from "../../fronts/wall-clock.ts";
import { words } from "../i18n";

/**
 * When the resident is at home, as chosen: a chip, or the time of a day (days since 1970-01-01) from which on. Chips
 * are
 * converted to dates when the request is filed, because a draft may be stored for days.
 */
export type When = "tonight" | "tomorrow" | "weekend" | { day: number; hour: number; minute: number };

const SATURDAY = 6;
/** From this hour on the evening, or the weekend, can no longer be chosen. */
const LATE = 21;
const WEEKEND_OVER = 17;

/** The chips that can be chosen at `now`: no 今晚 from 21:00 on, and the current or next weekend. */
export function whenChoices(now: Date): { code: When & string; text: string }[] {
  const say = words.file.windows;
  const choices: ReturnType<typeof whenChoices> = [
    { code: "tonight", text: say.tonight },
    { code: "tomorrow", text: say.tomorrow },
    { code: "weekend", text: weekendIsOver(now) ? say.nextWeekend : say.weekend },
  ];
  return choices.filter(({ code }) => !hasPassed(code, now));
}

/** Whether the window can no longer be met: the evening is late, or the day is over. */
export function hasPassed(when: When, now: Date): boolean {
  const { day, hour } = wallClock(now);
  return typeof when === "string" ? when === "tonight" && hour >= LATE : when.day < day;
}

/** The window of a choice at `now`, for the API. Its label contains the date, so that it is correct on any day. */
export function windowOf(when: When, now: Date): TimeWindow {
  if (typeof when === "object") return span(atClock(when.day, when.hour, when.minute));
  const { day, weekday } = wallClock(now);
  if (when === "tonight") return span(atClock(day, 19, 30), atClock(day, 21, 30));
  if (when === "tomorrow") return span(atClock(day + 1, 7, 30), atClock(day + 1, 9, 30));
  const saturday = day + (weekday === 0 ? -1 : SATURDAY - weekday) + (weekendIsOver(now) ? 7 : 0);
  return span(atClock(saturday, 9), atClock(saturday + 1, WEEKEND_OVER));
}

function span(from: Date, to?: Date): TimeWindow {
  const window: TimeWindow = { label: "", from: from.toISOString(), to: to?.toISOString() };
  window.label = sayWindow(window, new Date(0));
  return window;
}

function weekendIsOver(now: Date): boolean {
  const { weekday, hour } = wallClock(now);
  return weekday === 0 && hour >= WEEKEND_OVER;
}
