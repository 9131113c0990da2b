import { sayClock, sayMoment } from "../../fronts/moments.ts";
import { HOUR, MINUTE, wallClock } from "../../fronts/wall-clock.ts";

export { sayClock, sayDay, sayMoment } from "../../fronts/moments.ts";

/**
 * Times in relative Chinese words. Every function takes `now`, so that one list uses one moment and tests are
 * deterministic.
 */

/**
 * A past moment: 刚刚, 3 分钟前, then day and clock time. Up to 5 minutes in the future, from clock differences,
 * is 刚刚.
 */
export function sayAgo(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < MINUTE) return passed < -5 * MINUTE ? sayMoment(at, now) : "刚刚";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} 分钟前`;
  return sayMoment(at, now);
}

/** A moment today as clock time only (21:00), else with its day (明天 7:30). */
export function sayUntil(at: Date, now: Date): string {
  const that = wallClock(at);
  return that.day === wallClock(now).day ? sayClock(that) : sayMoment(at, now);
}

/**
 * A duration, rounded down: 1 分钟, 35 分钟, 2 小时, 1 小时 20 分钟, 3 天. Under a minute it is 1 分钟.
 */
export function sayLength(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE));
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return hours < 3 && rest >= 10 ? `${hours} 小时 ${rest} 分钟` : `${hours} 小时`;
  }
  const days = Math.floor(hours / 24);
  return `${days} 天`;
}

export interface Remaining {
  words: string;
  /** Less than half an hour is left. */
  soon: boolean;
  overdue: boolean;
}

/** The time until a deadline: 还剩 35 分钟, or 已超时 20 分钟. */
export function sayRemaining(by: Date, now: Date): Remaining {
  const left = by.getTime() - now.getTime();
  if (left < 0) return { words: `已超时 ${sayLength(-left)}`, soon: false, overdue: true };
  return { words: `还剩 ${sayLength(left)}`, soon: left < 30 * MINUTE, overdue: false };
}

/** The waiting time of a request: 刚提交, 已等 12 分钟. */
export function sayWaited(since: Date, now: Date): string {
  const waited = now.getTime() - since.getTime();
  return waited < MINUTE ? "刚提交" : `已等 ${sayLength(waited)}`;
}

/** The part of the day, for a greeting. */
export function partOfDay(now: Date): "夜里" | "早上" | "上午" | "中午" | "下午" | "晚上" {
  const { hour } = wallClock(now);
  if (hour < 5) return "夜里";
  if (hour < 9) return "早上";
  if (hour < 11) return "上午";
  if (hour < 13) return "中午";
  if (hour < 18) return "下午";
  return "晚上";
}
