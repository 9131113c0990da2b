import { describe, expect, it } from "vitest";
import { lineFilters, readFigureFilters } from "../../console/lib/figure-filters.ts";
import { writeFilters } from "../../console/lib/filters.ts";
import { monthWithin, periodOf, presetOf, presetPeriod } from "../../console/lib/period.ts";
import { minutesWords, percent } from "../../console/lib/rates.ts";

const today = "2026-03-05";

describe("a period", () => {
  it("is a named one, or any other", () => {
    expect(presetPeriod("month", today)).toEqual({ from: "2026-03-01", to: today });
    expect(presetPeriod("last", today)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(presetPeriod("last", "2026-01-31")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
    expect(presetPeriod("week", today)).toEqual({ from: "2026-02-27", to: today });
    expect(presetOf({ from: "2026-02-01", to: "2026-02-28" }, today)).toBe("last");
    expect(presetOf({ from: "2026-02-01", to: "2026-02-27" }, today)).toBeNull();
  });

  it("is the last 30 days by default, and an open end is filled in", () => {
    expect(periodOf({}, today)).toEqual({ from: "2026-02-04", to: today });
    expect(periodOf({ from: "2026-01-09" }, today)).toEqual({ from: "2026-01-09", to: today });
    expect(periodOf({ from: "2026-04-01" }, today)).toEqual({ from: "2026-04-01", to: "2026-04-01" });
    expect(periodOf({ to: "2026-02-10" }, today)).toEqual({ from: "2026-02-01", to: "2026-02-10" });
  });

  it("cuts a month to its days", () => {
    const period = { from: "2026-01-20", to: today };
    expect(monthWithin("2026-01", period)).toEqual({ from: "2026-01-20", to: "2026-01-31" });
    expect(monthWithin("2026-02", period)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(monthWithin("2026-03", period)).toEqual({ from: "2026-03-01", to: today });
  });
});

describe("the filters of figures", () => {
  it("are read from the address; unknown values are ignored", () => {
    const written = "by=cadre&cadreId=none&from=2026-02-01&of=solved&to=2026-02-28";
    const filters = readFigureFilters(new URLSearchParams(written));
    expect(writeFilters(filters).toString()).toBe(written);
    const wrong = new URLSearchParams("by=weather&cadreId=x&from=2026-2-1&of=all&serviceCode=%3C");
    expect(writeFilters(readFigureFilters(wrong)).toString()).toBe("");
  });

  it("of one row are those of the report, narrowed to the row", () => {
    const period = { from: "2026-02-10", to: today };
    const filters = { serviceCode: "parcel" };
    expect(lineFilters(filters, "cadre", null, period)).toEqual({ ...filters, ...period, cadreId: "none" });
    expect(lineFilters(filters, "day", "2026-02-11", period)).toMatchObject({ from: "2026-02-11", to: "2026-02-11" });
    expect(lineFilters(filters, "month", "2026-02", period)).toMatchObject({ from: "2026-02-10", to: "2026-02-28" });
    expect(lineFilters(filters, "community", "east", period)).toMatchObject({ communityId: "east" });
  });
});

describe("a rate", () => {
  it("is a dash without a denominator, and 100% only when it is complete", () => {
    expect([null, 0, 1, 0.5, 2 / 3, 0.9999].map(percent)).toEqual(["—", "0%", "100%", "50%", "66.7%", "99.9%"]);
    expect([minutesWords(null), minutesWords(72)]).toEqual(["—", "1 小时 12 分"]);
  });
});
