/** The first and last day of a report, both inclusive: `2026-11-01`. */
export interface Period {
  from: string;
  to: string;
}

/** The named periods. */
export type Preset = "month" | "last" | "week" | "days30";

const DAY_MS = 86_400_000;

const add = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`;

/** The days of a named period as of `today`. */
export function presetPeriod(preset: Preset, today: string): Period {
  const first = firstOfMonth(today);
  if (preset === "month") return { from: first, to: today };
  if (preset === "week") return { from: add(today, -6), to: today };
  if (preset === "days30") return { from: add(today, -29), to: today };
  const last = add(first, -1);
  return { from: firstOfMonth(last), to: last };
}

/** The name of a period as of `today`. Null when it is none of the named ones. */
export const presetOf = (period: Period, today: string): Preset | null =>
  (["month", "last", "week", "days30"] as const).find((preset) => {
    const { from, to } = presetPeriod(preset, today);
    return from === period.from && to === period.to;
  }) ?? null;

/** The month before that of `today`: `2026-10`. */
export const lastMonth = (today: string): string => presetPeriod("last", today).from.slice(0, 7);

/** All days of a month. */
export const monthPeriod = (month: string): Period => monthWithin(month, { from: "0000", to: "9999" });

/** Every day of a period, in order. */
export function daysOf({ from, to }: Period): string[] {
  const length = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1);
  return Array.from({ length }, (_, at) => add(from, at));
}

/**
 * The period of an address. A missing end is filled in. Without both ends it is the last 30 days, because the current
 * month has few figures at its beginning.
 */
export function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  if (from === undefined && to === undefined) return presetPeriod("days30", today);
  const last = to ?? (from !== undefined && from > today ? from : today);
  return { from: from ?? firstOfMonth(last), to: last };
}

/** The days of `month` (`2026-11`) that lie in a period. */
export function monthWithin(month: string, { from, to }: Period): Period {
  const next = firstOfMonth(add(`${month}-01`, 31));
  const days = { from: `${month}-01`, to: add(next, -1) };
  return { from: days.from < from ? from : days.from, to: days.to > to ? to : days.to };
}
