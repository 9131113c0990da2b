import { describe, expect, it } from "vitest";
import {
  backupAt,
  hasLeft,
  nextTurns,
  dutyToStart,
  turns,
  turnsAt,
} from "../../server/core/domain/roster/roster-duty.ts";
import { aShift, aWeek } from "../support/roster.ts";

const at = (time: string): Date => new Date(`${time}:00+08:00`);

describe("duty by the roster", () => {
  const night = aShift("night", { day: "2026-03-08", spans: [[1320, 1800]], cadreId: "b" });
  const split = aShift("split", {
    spans: [
      [450, 570],
      [1050, 1260],
    ],
  });
  const weeks = [
    aWeek({
      state: "published",
      shifts: [split, night],
      backups: [
        { from: 0, to: 10_080, cadreId: "c" },
        { from: 0, to: 450, cadreId: "b" },
      ],
    }),
  ];

  it("has each stretch of a split shift, and a night that reaches into the next week", () => {
    const there = (time: string) => turnsAt(weeks, [], at(time)).map(({ shiftId }) => shiftId);
    expect(
      ["2026-03-02T07:30", "2026-03-02T09:30", "2026-03-02T20:59", "2026-03-09T05:59", "2026-03-09T06:00"].map(there),
    ).toEqual([["split"], [], ["split"], ["night"], []]);
    expect(turnsAt([aWeek({ shifts: [split] })], [], at("2026-03-02T08:00"))).toEqual([]);
  });

  it("names the cadres who come next, and the backup with the shortest span", () => {
    expect(nextTurns(turns(weeks, []), new Set(), at("2026-03-02T12:00"))).toMatchObject([
      { shiftId: "split", from: at("2026-03-02T17:30") },
    ]);
    expect(nextTurns(turns(weeks, []), new Set(["a"]), at("2026-03-02T08:00"))[0]?.shiftId).toBe("night");
    expect([backupAt(weeks, [], at("2026-03-02T07:29")), backupAt(weeks, [], at("2026-03-02T07:30"))]).toEqual([
      "b",
      "c",
    ]);
    expect(backupAt(weeks, [], at("2026-03-09T08:00"))).toBeNull();
  });

  it("can be checked in to half an hour before, and is left when the duty has ended", () => {
    const all = turns(weeks, []);
    expect(dutyToStart(all, at("2026-03-02T06:59"))).toBeNull();
    expect(dutyToStart(all, at("2026-03-02T07:00"))?.to).toEqual(at("2026-03-02T09:30"));
    const turn = all[1]!;
    const duty = { startedAt: at("2026-03-02T17:20"), until: at("2026-03-02T19:00") };
    expect([hasLeft(turn, duty, at("2026-03-02T18:59")), hasLeft(turn, duty, at("2026-03-02T19:00"))]).toEqual([
      false,
      true,
    ]);
    const morning = { startedAt: at("2026-03-02T07:30"), until: at("2026-03-02T09:30") };
    expect(hasLeft(turn, morning, at("2026-03-02T19:00"))).toBe(false);
    // On duty all day by hand, and home in the evening; or checked in early, and home before it began.
    const day = { startedAt: at("2026-03-02T08:00"), until: at("2026-03-02T19:00") };
    expect([hasLeft(turn, day, at("2026-03-02T18:59")), hasLeft(turn, day, at("2026-03-02T19:00"))]).toEqual([
      false,
      true,
    ]);
    const early = { startedAt: at("2026-03-02T17:10"), until: at("2026-03-02T17:20") };
    expect(hasLeft(turn, early, at("2026-03-02T17:30"))).toBe(true);
    // One that was over as this one began was another's.
    expect(hasLeft(turn, { ...day, until: turn.from }, at("2026-03-02T17:30"))).toBe(false);
    expect(hasLeft(turn, null, at("2026-03-02T19:00"))).toBe(false);
  });
});
