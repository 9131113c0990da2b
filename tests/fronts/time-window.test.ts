import { describe, expect, it } from "vitest";
import { sayWindow } from "../../fronts/time-window.ts";

/** A clock time in March 2026 in Shanghai; the 2nd is a Monday. */
const at = (day: number, clock: string): Date => new Date(`2026-03-${String(day).padStart(2, "0")}T${clock}:00+08:00`);

describe("a resident's time window, relative to today", () => {
  const morning = { label: "明早 7:30–9:30", from: at(3, "07:30").toISOString(), to: at(3, "09:30").toISOString() };

  it.each([
    [at(2, "20:40"), "明天 7:30–9:30"],
    [at(3, "00:10"), "今天 7:30–9:30"],
    [at(4, "06:50"), "昨天 7:30–9:30"],
    [at(9, "06:50"), "3月3日 7:30–9:30"],
    [new Date("2027-01-05T06:50:00+08:00"), "2026年3月3日 7:30–9:30"],
  ])("%s", (now, said) => expect(sayWindow(morning, now)).toBe(said));

  it("has both days when it spans several, and no end when it has none", () => {
    const { from } = morning;
    const over = { label: "", from, to: at(4, "17:00").toISOString() };
    expect(sayWindow(over, at(2, "20:40"))).toBe("明天 7:30–后天 17:00");
    expect(sayWindow({ label: "", from }, at(2, "20:40"))).toBe("明天 7:30 以后");
  });

  it("is the label when there are no times", () => {
    expect(sayWindow({ label: "随时可以，请先打电话" }, at(2, "20:40"))).toBe("随时可以，请先打电话");
  });
});
