import { describe, expect, it } from "vitest";
import { type Leave, type LeaveState, decideLeave, leaveAbilities } from "../../server/core/domain/roster/leave.ts";
import { anActor } from "../support/domain.ts";

const at = (time: string): Date => new Date(`${time}:00+08:00`);

describe("a leave", () => {
  const leave = (state: LeaveState): Leave => ({
    id: "l",
    version: 1,
    communityId: "c1",
    cadreId: "a",
    cadreName: "王敏",
    kind: "annual",
    from: at("2026-03-05T00:00"),
    to: at("2026-03-06T00:00"),
    note: null,
    state,
    askedAt: at("2026-03-01T00:00"),
    decidedBy: null,
  });
  const now = at("2026-03-02T00:00");
  it("is approved or refused by the committee, cancelled by its cadre, and unchangeable when it is over", () => {
    const [cadre, clerk] = [anActor("cadre", "a"), anActor("committee", "k")];
    expect(leaveAbilities(leave("asked"), clerk, now)).toEqual(["approve", "refuse"]);
    expect(leaveAbilities(leave("asked"), cadre, now)).toEqual(["cancel"]);
    expect(leaveAbilities(leave("approved"), cadre, now)).toEqual(["cancel"]);
    expect(leaveAbilities(leave("refused"), cadre, now)).toEqual([]);
    expect(leaveAbilities(leave("approved"), cadre, at("2026-03-06T00:00"))).toEqual([]);
    expect(leaveAbilities(leave("asked"), anActor("cadre", "b"), now)).toEqual([]);
    const refusal = (code: string) => expect.objectContaining({ code }) as Error;
    expect(() => decideLeave(leave("asked"), "approve", cadre, now)).toThrow(refusal("auth.forbidden"));
    expect(() => decideLeave(leave("approved"), "approve", clerk, now)).toThrow(refusal("leave.state_conflict"));
  });

  it("that runs ends when it is cancelled, and the part before stays", () => {
    const cadre = anActor("cadre", "a");
    const noon = at("2026-03-05T12:00");
    const cancelled = decideLeave(leave("approved"), "cancel", cadre, noon);
    expect(cancelled).toEqual({ set: { to: noon }, event: "leave.cancelled", from: noon });
    // One that was not approved took nothing, and one that has not begun neither.
    for (const [state, when] of [
      ["asked", noon],
      ["approved", now],
    ] as const)
      expect(decideLeave(leave(state), "cancel", cadre, when)).toMatchObject({
        set: { state: "cancelled", decidedBy: "a" },
        from: leave(state).from,
      });
  });
});
