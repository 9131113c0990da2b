import { words } from "../i18n";
import { atClock, wallClock } from "./wall-clock";

/** When the resident is at home, as the API takes it. */
export interface TimeWindow {
  label: string;
  from?: string;
  to?: string;
}

export interface WindowChoice {
  code: "tonight" | "tomorrow" | "weekend";
  chip: string;
  window: TimeWindow;
}

const SATURDAY = 6;

/** Chips that still make sense at `now`: no 今晚 after 21:00, and the weekend that is on or next. Times are of Shanghai. */
export function windowChoices(now: Date): WindowChoice[] {
  const say = words.file.windows;
  const { day, weekday, hour } = wallClock(now);
  const saturday = day + (weekday === 0 ? -1 : SATURDAY - weekday);
  const over = weekday === 0 && hour >= 17;
  const start = over ? saturday + 7 : saturday;
  const weekend = over ? say.nextWeekend : say.weekend;
  const all: WindowChoice[] = [
    choice("tonight", say.tonight, atClock(day, 19, 30), atClock(day, 21, 30)),
    choice("tomorrow", say.tomorrow, atClock(day + 1, 7, 30), atClock(day + 1, 9, 30)),
    choice("weekend", weekend, atClock(start, 9), atClock(start + 1, 17)),
  ];
  return hour < 21 ? all : all.slice(1);
}

function choice(code: WindowChoice["code"], say: { chip: string; label: string }, from: Date, to: Date): WindowChoice {
  const window = { label: say.label, from: from.toISOString(), to: to.toISOString() };
  return { code, chip: say.chip, window };
}

/** A window the resident names: from a clock time on a day on, e.g. 后天 19:30 以后. `day` counts days since 1970-01-01. */
export function ownWindow(dayLabel: string, day: number, hour: number, minute: number): TimeWindow {
  return {
    label: words.file.windows.own(dayLabel, hour, minute),
    from: atClock(day, hour, minute).toISOString(),
  };
}
