import { type WallClock, wallClock } from "./wall-clock.ts";

/**
 * Moments in relative Chinese words. Every function takes `now`, so that one page uses one moment and tests are
 * deterministic.
 */

const pad = (n: number): string => String(n).padStart(2, "0");
/** A clock time: 7:05, 20:40. */
export const sayClock = ({ hour, minute }: Pick<WallClock, "hour" | "minute">): string => `${hour}:${pad(minute)}`;

const dayNames: Readonly<Record<number, string>> = {
  [-2]: "前天",
  [-1]: "昨天",
  0: "今天",
  1: "明天",
  2: "后天",
};

/** A day relative to today: 今天, 明天, 11月25日, 2025年1月3日. */
export function sayDay(at: Date, now: Date): string {
  const that = wallClock(at);
  const today = wallClock(now);
  const near = dayNames[that.day - today.day];
  if (near !== undefined) return near;
  const monthAndDate = `${that.month}月${that.date}日`;
  return that.year === today.year ? monthAndDate : `${that.year}年${monthAndDate}`;
}

/** Day and clock time: 今天 20:40, 昨天 7:05, 11月20日 20:40. */
export function sayMoment(at: Date, now: Date): string {
  return `${sayDay(at, now)} ${sayClock(wallClock(at))}`;
}
