import { describe, expect, it } from "vitest";
import type { Shift } from "../../server/core/domain/roster/roster.ts";
import { weekWithoutCadres } from "../../server/core/domain/roster/roster-departures.ts";
import { aShift, aWeek } from "../support/roster.ts";

describe("a week of which a cadre has left the post", () => {
  const split = aShift("s", { spans: [[450, 570], [1050, 1260]] }); // prettier-ignore
  const left = (time: string) =>
    weekWithoutCadres(aWeek({ shifts: [split] }), new Set(["b"]), new Date(`${time}+08:00`));

  it.each<[string, string, Shift["spans"][]]>([
    ["before a shift has nothing of it", "2026-03-02T07:30:00", []],
    ["between its stretches has the first", "2026-03-02T12:00:00", [[[450, 570]]]],
    ["in the middle of one has the whole minutes that were worked", "2026-03-02T18:00:59", [[[450, 570], [1050, 1080]]]],
  ])("%s", (_what, time, spans) => {
    const { set, shifts } = left(time)!;
    expect([set.shifts?.map((shift) => shift.spans), shifts]).toEqual([spans, 1]);
    expect(weekWithoutCadres(aWeek(set), new Set(["b"]), new Date(`${time}+08:00`))).toBeNull();
  }); // prettier-ignore

  it("in the past stays unchanged", () => expect(left("2026-03-02T21:00:00")).toBeNull());
});
