import { zh } from "../i18n/zh.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/**
 * Asia/Shanghai has had no summer time since 1991, so its wall clock is UTC + 8 h. The computer's own zone is not used.
 */
const SHANGHAI = 8 * HOUR;

const two = (n: number): string => String(n).padStart(2, "0");

const wall = (instant: Date) => {
  const shifted = new Date(instant.getTime() + SHANGHAI);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    days: Math.floor(shifted.getTime() / DAY),
  };
};

/** The day in Shanghai: `2026-11-22`. */
export function dayOf(instant: Date): string {
  const { year, month, day } = wall(instant);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The exact time in Shanghai: `2026-11-22 20:40:05`. */
export function exactTime(instant: Date): string {
  const { hour, minute, second } = wall(instant);
  return `${dayOf(instant)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The clock time in Shanghai: `20:40`. */
export function clockTime(instant: Date): string {
  const { hour, minute } = wall(instant);
  return `${two(hour)}:${two(minute)}`;
}

/**
 * A moment in relative words: 刚刚, 3 分钟前, 今天 20:40, 昨天 20:40, 明天 9:00, 11月3日 20:40,
 * 2025年11月3日.
 */
export function timeWords(instant: Date, now: Date): string {
  const past = now.getTime() - instant.getTime();
  if (past >= 0 && past < MINUTE) return zh.time.justNow;
  if (past >= 0 && past < HOUR) return zh.time.minutesAgo(Math.floor(past / MINUTE));
  const then = wall(instant);
  const today = wall(now);
  const time = clockTime(instant);
  const days = today.days - then.days;
  if (days === 0) return zh.time.today(time);
  if (days === 1) return zh.time.yesterday(time);
  if (days === -1) return zh.time.tomorrow(time);
  if (then.year === today.year) return zh.time.date(then.month, then.day, time);
  return zh.time.longDate(then.year, then.month, then.day);
}

/** A duration in its two largest units: 45 分钟, 2 小时 10 分, 3 天 4 小时. Under a minute: 不到 1 分钟. */
export function lengthWords(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  if (minutes < 1) return zh.time.underAMinute;
  if (minutes < 60) return zh.time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return zh.time.hours(hours, minutes % 60);
  return zh.time.days(Math.floor(hours / 24), hours % 24);
}

/**
 * The time until a deadline: 还剩 35 分钟, or 已超时 20 分钟. `what` names the deadline: 联系还剩 35
 * 分钟.
 */
export function remainingWords(due: Date, now: Date, what?: string): string {
  const left = due.getTime() - now.getTime();
  if (what !== undefined)
    return left >= 0 ? zh.time.leftFor(what, lengthWords(left)) : zh.time.overFor(what, lengthWords(left));
  return left >= 0 ? zh.time.left(lengthWords(left)) : zh.time.over(lengthWords(left));
}

/** The start of the day of `now` in Shanghai. */
export const startOfDay = (now: Date): Date => new Date(wall(now).days * DAY - SHANGHAI);
