import type { Request } from "../contract/index.ts";
import { sayClock, sayDay, sayMoment } from "./moments.ts";
import { wallClock } from "./wall-clock.ts";

export type TimeWindow = NonNullable<Request["timeWindow"]>;

/**
 * When the resident is at home, relative to today: 明天 7:30–9:30, 3月5日 19:30 以后. `label` was written on
 * the day of filing and may contain words such as 明早, so it is used only when there is no `from`.
 */
export function sayWindow({ label, from, to }: TimeWindow, now: Date): string {
  if (from === undefined) return label;
  const begin = new Date(from);
  const said = sayMoment(begin, now);
  if (to === undefined) return `${said} 以后`;
  const end = new Date(to);
  const day = sayDay(end, now);
  return `${said}–${day === sayDay(begin, now) ? "" : `${day} `}${sayClock(wallClock(end))}`;
}
