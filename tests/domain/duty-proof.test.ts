import { describe, expect, it } from "vitest";
import { dutiesOf, proofSpan, wasOnDuty } from "../../server/core/domain/duty/duty-proof.ts";

const at = (time: string): Date => new Date(`2026-03-02T${time}:00+08:00`);
const started = (time: string, until = "23:59") =>
  ({ kind: "started", at: at(time), since: null, until: at(until) }) as const;
const night = at("23:00");
const ended = (time: string, until?: string, since?: string) =>
  ({ kind: "ended", at: at(time), since: since ? at(since) : null, until: until ? at(until) : null }) as const;

describe("stretches of duty", () => {
  it("end at the duty's own end, however late it was recorded", () => {
    expect(dutiesOf([started("17:30"), ended("21:03", "21:00"), started("22:00")], night)).toEqual([
      { from: at("17:30"), to: at("21:00") },
      { from: at("22:00"), to: null },
    ]);
  });

  it("may have begun before the day, at the start that the end event states", () => {
    expect(dutiesOf([ended("01:00", undefined, "00:10")], night)).toEqual([{ from: at("00:10"), to: at("01:00") }]);
    expect(dutiesOf([ended("01:00")], night)).toEqual([{ from: null, to: at("01:00") }]);
  });

  it("are one when the end was changed meanwhile, also by a check-in", () => {
    expect(dutiesOf([started("07:30", "09:30"), started("09:00", "17:30"), ended("17:31", "17:30")], night)).toEqual([
      { from: at("07:30"), to: at("17:30") },
    ]);
    expect(dutiesOf([started("07:30", "17:30"), started("08:00", "12:00"), ended("11:00")], night)).toEqual([
      { from: at("07:30"), to: at("11:00") },
    ]);
  });

  it("are two when the next began after the first was over, whether its end was recorded or not", () => {
    expect(dutiesOf([started("07:30", "09:30"), started("17:30", "21:00"), ended("21:00")], night)).toEqual([
      { from: at("07:30"), to: at("09:30") },
      { from: at("17:30"), to: at("21:00") },
    ]);
  });

  it("are over at their end, even if it is not recorded yet", () => {
    const marks = [started("17:30", "21:00")];
    expect(dutiesOf(marks, at("20:59"))).toEqual([{ from: at("17:30"), to: null }]);
    expect(dutiesOf(marks, at("21:00"))).toEqual([{ from: at("17:30"), to: at("21:00") }]);
  });

  it("include steps within them, their ends included", () => {
    const duties = dutiesOf([ended("01:00"), started("17:30"), ended("21:00")], night);
    expect(["00:30", "01:00", "17:30", "21:00"].map((time) => wasOnDuty(duties, at(time)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["01:01", "17:29", "21:01"].map((time) => wasOnDuty(duties, at(time)))).toEqual([false, false, false]);
  });
});

describe("the span of a proof", () => {
  const turn = (from: Date, to: Date) => ({ cadreId: "a", shiftId: "s", from, to });
  it("covers the day, and the next day as far as a shift of the day reaches", () => {
    const midnight = new Date("2026-03-03T00:00:00+08:00");
    const early = new Date("2026-03-03T02:00:00+08:00");
    const before = turn(new Date("2026-03-01T22:00:00+08:00"), at("02:00"));
    expect(proofSpan("2026-03-02", [])).toEqual({ from: at("00:00"), to: midnight, planned: [] });
    expect(proofSpan("2026-03-02", [before, turn(at("22:00"), early)])).toEqual({
      ...{ from: at("00:00"), to: early },
      planned: [turn(at("22:00"), early)],
    });
  });
});
