import { type RequestChange, withChanges } from "../../server/core/domain/requests/request-change.ts";
import { describe, expect, it } from "vitest";
import { system } from "../../server/kernel/actor.ts";
import { type Leave, leaveLifecycle } from "../../server/core/domain/roster/leave.ts";
import { requestLifecycle } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { type Swap, swapLifecycle } from "../../server/core/domain/roster/roster-swap.ts";
import { anActor, filedByFamily, heldRequest, minutesLater, noon } from "../support/domain.ts";
import { aCallback, meeting, meetingAll, requestIn } from "../support/lifecycle.ts";
import { lifecycleTests } from "../support/lifecycle-tests.ts";

describe("the lifecycle of a request", () => {
  const offer: Request["dispatch"]["offer"] = {
    ...{ cadreId: "offeree", cadreName: "李强", kind: "duty" as const },
    ...{ at: minutesLater(-5), expiresAt: minutesLater(5) },
  };
  const given = filedByFamily({ state: "given", mayRate: true });
  const change = (changes: RequestChange) => (request: Request) => withChanges(request, changes);
  lifecycleTests({
    lifecycle: requestLifecycle,
    now: noon,
    actors: {
      owner: anActor("resident"),
      handler: anActor("cadre", "handler"),
      dutyCadre: anActor("cadre", "other"),
      committee: anActor("committee"),
      filer: anActor("resident", "child"),
      deputy: anActor("resident", "child"),
      rater: anActor("resident", "child"),
      system,
      offeree: anActor("cadre", "offeree", { dutyUntil: null }),
      reviewer: anActor("committee", "reviewer"),
      neighbour: anActor("resident", "neighbour"),
      follower: anActor("resident", "follower"),
      receiver: anActor("committee", "receiver", { communityIds: ["c2"] }),
      worker: anActor("resident", "handler"),
    },
    subject: (state, conditions) =>
      withChanges(
        requestIn(state),
        { handlerId: "handler", ...given, dispatch: { offer } },
        meetingAll(conditions),
        conditions.includes("offered") ? { dispatch: { offer } } : {},
      ),
    unmet: {
      "returns left": change({ dispatch: { returnCount: 2 } }),
      "consent asked": change(given),
      "consent given": change(filedByFamily({ state: "asked" })),
      "room to follow": change({
        party: { followers: Array.from({ length: 100 }, (_, n) => ({ id: `f${n}`, at: noon })) },
      }),
      "no offer": change({ dispatch: { offer } }),
      offered: change({ dispatch: { offer: null } }),
      "no transfer": change(meeting["transfer asked"]),
      "transfer asked": change({ transfer: { pending: null } }),
      "no task left behind": change({ handling: { openTasks: ["t1"] } }),
      "no time request": change(meeting["extension asked"]),
      "extension asked": change(meeting["suspension asked"]),
      "suspension asked": change(meeting["extension asked"]),
      // The day to change a rating is over; what is resolved can always be rated.
      "rating open": change({ status: "closed", clocks: { closedAt: minutesLater(-2 * 24 * 60) } }),
      "no task open": change({ handling: { openTasks: ["t1"] } }),
      "room for a task": change({ handling: { openTasks: Array.from({ length: 10 }, (_, n) => `t${n}`) } }),
      "callback due": change({ outcome: { callback: null } }),
      "task open": change({ handling: { openTasks: [] } }),
    },
  });

  it("lets nobody rate their own work, by any of their accounts", () => {
    const both = anActor("resident", "resident", { ids: ["resident", "handler"] });
    const resolved = heldRequest({ status: "resolved" });
    expect(requestLifecycle.abilities(resolved, both, noon)).not.toContain("rate");
    expect(() => requestLifecycle.guard(resolved, "rate", both, noon)).toThrow(
      expect.objectContaining({ code: "request.not_allowed" }) as Error,
    );
  });

  it("excludes the person whose work was rated from the callback", () => {
    const rated = heldRequest({
      status: "closed",
      outcome: { callback: { ...aCallback, excludedUserId: "committee" } },
    });
    expect(requestLifecycle.hasRelation("reviewer", anActor("committee"), rated, noon)).toBe(false);
    expect(requestLifecycle.hasRelation("reviewer", anActor("committee", "reviewer"), rated, noon)).toBe(true);
  });
});

const aLeave: Leave = {
  ...{ id: "l1", version: 1, communityId: "c1", cadreId: "cadre", cadreName: "王敏", kind: "annual", note: null },
  ...{ from: minutesLater(60), to: minutesLater(600), state: "asked", askedAt: noon, decidedBy: null },
};

describe("the lifecycle of a leave", () => {
  lifecycleTests({
    lifecycle: leaveLifecycle,
    now: noon,
    actors: { committee: anActor("committee"), cadre: anActor("cadre") },
    subject: (state) => ({ ...aLeave, state }),
    unmet: { "not over": (leave) => ({ ...leave, from: minutesLater(-600), to: noon }) },
  });
});

const aSwap: Swap = {
  ...{ id: "s1", shiftId: "sh1", fromId: "asker", toId: "asked", returnShiftId: null, note: null },
  ...{ state: "asked", askedAt: noon },
};

describe("the lifecycle of a swap", () => {
  lifecycleTests({
    lifecycle: swapLifecycle,
    now: noon,
    actors: { asker: anActor("cadre", "asker"), asked: anActor("cadre", "asked"), committee: anActor("committee") },
    subject: (state) => ({ swap: { ...aSwap, state }, communityId: "c1" }),
    unmet: {},
  });
});
