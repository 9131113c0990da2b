/** Times are in Asia/Shanghai (UTC+8, no summer time), whatever the device's zone is. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;

/** A moment's calendar day and clock time in Shanghai. `day` counts days since 1970-01-01. */
export interface WallClock {
  day: number;
  year: number;
  month: number;
  date: number;
  /** 0 Sunday … 6 Saturday */
  weekday: number;
  hour: number;
  minute: number;
}

/** The wall-clock time of a moment in Shanghai. */
export function wallClock(at: Date): WallClock {
  const shifted = new Date(at.getTime() + SHANGHAI);
  return {
    day: Math.floor(shifted.getTime() / DAY),
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    date: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** The moment of a clock time in Shanghai on day `day` (days since 1970-01-01). */
export function atClock(day: number, hour: number, minute = 0): Date {
  return new Date(day * DAY + hour * HOUR + minute * MINUTE - SHANGHAI);
}
