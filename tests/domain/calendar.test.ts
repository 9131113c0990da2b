import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicHolidays } from "../../server/adapters/calendar/public-holidays.ts";
import {
  type Calendar,
  type Span,
  addDays,
  dayOf,
  daysBetween,
  instantOf,
  isDay,
  isWorkday,
  isYearKnown,
  mergeSpans,
  totalMinutes,
  minuteOf,
  mondayOf,
  openSpans,
  weekdayOf,
  withChanges,
  intersectSpans,
  subtractSpans,
} from "../../server/core/domain/community/calendar.ts";

const calendar = publicHolidays();
const bare: Calendar = { years: [], days: {} };

describe("a civil day", () => {
  it.each([
    ["the last moment before midnight in Shanghai", "2026-03-01T15:59:59.999Z", "2026-03-01"],
    ["midnight in Shanghai", "2026-03-01T16:00:00Z", "2026-03-02"],
    ["New Year's Eve in UTC is New Year in Shanghai", "2026-12-31T16:00:00Z", "2027-01-01"],
    ["29 February", "2028-02-29T10:00:00+08:00", "2028-02-29"],
  ])("%s", (_what, instant, day) => expect(dayOf(new Date(instant))).toBe(day));

  it("and its minute give the same instant again", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }), (at) => {
        expect(instantOf(dayOf(at), minuteOf(at))).toEqual(at);
        expect(new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)).toBe(dayOf(at));
      }),
    );
  });

  it("counts on over midnight", () => {
    expect(instantOf("2026-03-01", 1440 + 90)).toEqual(new Date("2026-03-02T01:30:00+08:00"));
    expect(instantOf("2026-03-01", -30)).toEqual(new Date("2026-02-28T23:30:00+08:00"));
  });

  it("has a week that starts on Monday", () => {
    expect([weekdayOf("2026-03-02"), weekdayOf("2026-03-08")]).toEqual([1, 7]);
    expect([mondayOf("2026-03-02"), mondayOf("2026-03-08")]).toEqual(["2026-03-02", "2026-03-02"]);
    expect(daysBetween("2026-02-27", addDays("2026-02-27", 400))).toBe(400);
  });

  it.each(["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", ""])("%j is none", (text) =>
    expect(isDay(text)).toBe(false),
  );
});

describe("the published holidays", () => {
  it.each([
    ["an ordinary Monday", "2026-03-02", true],
    ["an ordinary Sunday", "2026-03-08", false],
    ["Spring Festival on a Monday", "2026-02-16", false],
    ["the Saturday worked for it", "2026-02-28", true],
    ["National Day", "2026-10-01", false],
    ["the Saturday worked for National Day", "2026-10-10", true],
    ["National Day 2025, which is Mid-Autumn too", "2025-10-06", false],
  ])("%s", (_what, day, workday) => expect(isWorkday(calendar, day)).toBe(workday));

  it("have names", () => expect(calendar.days["2026-02-17"]).toEqual({ kind: "holiday", name: "春节" }));

  it("are known by year; in other years only weekends count", () => {
    expect(isYearKnown(calendar, "2026-12-31")).toBe(true);
    expect(isYearKnown(calendar, "2090-01-01")).toBe(false);
    expect(isWorkday(calendar, "2090-10-02")).toBe(true);
  });

  it("are overridden by the committee's changes", () => {
    const own = withChanges(calendar, {
      "2026-03-02": { kind: "holiday", name: "停水" },
      "2026-02-16": null,
      "2026-03-08": { kind: "workday", name: "学雷锋" },
    });
    expect(["2026-03-02", "2026-02-16", "2026-03-08"].map((day) => isWorkday(own, day))).toEqual([false, true, true]);
    expect(isWorkday(calendar, "2026-03-02")).toBe(true);
  });
});

describe("office hours", () => {
  const hours = {
    weekdays: [1, 2, 3, 4, 5, 6],
    spans: [
      [510, 690],
      [780, 1020],
    ],
  } as const;
  it.each([
    ["a Saturday that the office opens", "2026-03-07", 420],
    ["a Sunday", "2026-03-08", 0],
    ["a holiday on a weekday", "2026-02-18", 0],
    ["a Sunday worked instead", "2026-01-04", 420],
  ])("%s", (_what, day, minutes) => expect(totalMinutes(openSpans(calendar, hours, day))).toBe(minutes));
});

describe("spans, compared with sets of minutes", () => {
  const span = fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 0, max: 25 }))
    .map(([from, length]) => [from, from + length] as const);
  const spans = fc.array(span, { maxLength: 8 });
  const minutes = (list: readonly Span[]): Set<number> =>
    new Set(list.flatMap(([from, to]) => Array.from({ length: to - from }, (_, n) => from + n)));
  const sorted = (set: Iterable<number>): number[] => [...set].toSorted((a, b) => a - b);
  const isTidy = (list: readonly Span[]): boolean =>
    list.every(([from, to], n) => from < to && (n === 0 || list[n - 1]![1] < from));

  it("join, subtract and intersect like sets of minutes", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [one, other] = [minutes(a), minutes(b)];
        expect(sorted(minutes(mergeSpans(a)))).toEqual(sorted(one));
        expect(sorted(minutes(subtractSpans(a, b)))).toEqual(sorted([...one].filter((minute) => !other.has(minute))));
        expect(sorted(minutes(intersectSpans(a, b)))).toEqual(sorted([...one].filter((minute) => other.has(minute))));
        expect(totalMinutes(a)).toBe(one.size);
        expect([mergeSpans(a), subtractSpans(a, b), intersectSpans(a, b)].every(isTidy)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("open hours follow the weekday in a calendar without special days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (n) => {
        const day = addDays("2000-01-01", n);
        const js = new Date(`${day}T12:00:00Z`).getUTCDay();
        expect(isWorkday(bare, day)).toBe(js >= 1 && js <= 5);
        expect(weekdayOf(day) % 7).toBe(js);
      }),
    );
  });
});
