import { describe, expect, test } from "vitest";
import {
  clockTime,
  dayOf,
  exactTime,
  lengthWords,
  remainingWords,
  startOfDay,
  timeWords,
} from "../../console/lib/time.ts";

/** 2026-11-22 20:40:05 in Shanghai. */
const now = new Date("2026-11-22T12:40:05Z");
const before = (ms: number) => new Date(now.getTime() - ms);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("relative times", () => {
  test.each([
    ["刚刚", before(0)],
    ["刚刚", before(59_999)],
    ["1 分钟前", before(MINUTE)],
    ["59 分钟前", before(HOUR - 1)],
    ["今天 19:40", before(HOUR)],
    ["今天 00:00", new Date("2026-11-21T16:00:00Z")],
    ["昨天 23:59", new Date("2026-11-21T15:59:59Z")],
    ["11月20日 08:05", new Date("2026-11-20T00:05:00Z")],
    ["2025年12月31日", new Date("2025-12-31T15:59:00Z")],
    ["1月1日 00:00", new Date("2025-12-31T16:00:00Z")],
    ["今天 21:00", new Date("2026-11-22T13:00:00Z")],
    ["明天 09:00", new Date("2026-11-23T01:00:00Z")],
    ["11月24日 09:00", new Date("2026-11-24T01:00:00Z")],
  ])("%s", (words, instant) => expect(timeWords(instant, now)).toBe(words));

  test("minutes after midnight are still in minutes", () => {
    const midnight = new Date("2026-11-22T16:05:00Z");
    expect(timeWords(new Date("2026-11-22T15:50:00Z"), midnight)).toBe("15 分钟前");
  });
});

describe("lengths", () => {
  test.each([
    [0, "不到 1 分钟"],
    [59_999, "不到 1 分钟"],
    [MINUTE, "1 分钟"],
    [35 * MINUTE, "35 分钟"],
    [HOUR, "1 小时"],
    [2 * HOUR + 10 * MINUTE, "2 小时 10 分"],
    [24 * HOUR, "1 天"],
    [76 * HOUR, "3 天 4 小时"],
    [-20 * MINUTE, "20 分钟"],
  ])("%d ms: %s", (ms, words) => expect(lengthWords(ms)).toBe(words));

  test.each([
    ["还剩 35 分钟", undefined, 35 * MINUTE],
    ["已超时 20 分钟", undefined, -20 * MINUTE],
    ["联系还剩 2 小时", "联系", 2 * HOUR],
    ["办结超时 1 天 1 小时", "办结", -25 * HOUR],
  ])("%s", (words, what, left) => expect(remainingWords(before(-left), now, what)).toBe(words));
});

test("the clock is in Shanghai time, whatever the computer's zone is", () => {
  expect(exactTime(now)).toBe("2026-11-22 20:40:05");
  expect(clockTime(new Date("2026-11-22T16:30:00Z"))).toBe("00:30");
  expect(dayOf(new Date("2026-11-22T16:30:00Z"))).toBe("2026-11-23");
  expect(startOfDay(now).toISOString()).toBe("2026-11-21T16:00:00.000Z");
  expect(startOfDay(new Date("2026-11-21T16:00:00Z")).toISOString()).toBe("2026-11-21T16:00:00.000Z");
});
