import { describe, expect, test } from "vitest";
import { hasPassed, whenChoices, windowOf } from "../../src/lib/time-window.ts";

/** A clock time in March 2026 in Shanghai; the 2nd is a Monday. */
const at = (day: number, clock: string): Date => new Date(`2026-03-${String(day).padStart(2, "0")}T${clock}:00+08:00`);

describe("what was chosen for a draft", () => {
  test("means the evening, the morning, the weekend of the day on which it is filed", () => {
    const span = { from: at(4, "19:30").toISOString(), to: at(4, "21:30").toISOString() };
    expect(windowOf("tonight", at(4, "18:00"))).toEqual({ ...span, label: "2026年3月4日 19:30–21:30" });
    expect(windowOf("tomorrow", at(4, "18:00")).from).toBe(at(5, "07:30").toISOString());
    expect(windowOf("weekend", at(4, "18:00")).from).toBe(at(7, "09:00").toISOString());
    expect(windowOf("weekend", at(8, "16:59")).from).toBe(at(7, "09:00").toISOString());
    expect(windowOf("weekend", at(8, "17:00")).from).toBe(at(14, "09:00").toISOString());
  });

  test("stays the day that was named, from its hour on", () => {
    const day = 20_517; // 2026-03-05
    const window = windowOf({ day, hour: 19, minute: 30 }, at(4, "18:00"));
    expect(window).toEqual({ label: "2026年3月5日 19:30 以后", from: at(5, "19:30").toISOString() });
    expect(hasPassed({ day, hour: 19, minute: 30 }, at(5, "23:59"))).toBe(false);
    expect(hasPassed({ day, hour: 19, minute: 30 }, at(6, "00:00"))).toBe(true);
  });

  test("has passed with the evening, and is no longer offered then", () => {
    const offered = (now: Date) => whenChoices(now).map(({ text }) => text);
    expect(offered(at(4, "20:59"))).toEqual(["今晚", "明早", "周末"]);
    expect(offered(at(4, "21:00"))).toEqual(["明早", "周末"]);
    expect(offered(at(8, "17:00"))).toContain("下周末");
    expect(["tonight", "tomorrow", "weekend"].map((when) => hasPassed(when as "tonight", at(4, "21:00")))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
