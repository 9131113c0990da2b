import { describe, expect, it } from "vitest";
import { system } from "../../server/kernel/actor.ts";
import { type CoTask, taskOf } from "../../server/modules/co-handling/domain/co-task.ts";
import { taskLifecycle } from "../../server/modules/co-handling/domain/co-task-steps.ts";
import { type Complaint, complaintLifecycle } from "../../server/modules/complaints/domain/complaint.ts";
import { type Leave, leaveLifecycle } from "../../server/core/domain/roster/leave.ts";
import { requestLifecycle } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { type Swap, swapLifecycle } from "../../server/core/domain/roster/roster-swap.ts";
import type { Lifecycle, LifecycleTypes } from "../../server/kernel/lifecycle.ts";
import { aService, anActor, filedByFamily, heldRequest, minutesLater, nineToFive, noon } from "../support/domain.ts";
import { type Cells, expectConditions, expectState } from "../support/lifecycle-cells.ts";
import { aCallback, meeting, meetingAll, requestIn } from "../support/lifecycle.ts";

type TypesOf<T> = T extends Lifecycle<infer L> ? L : never;

/** Declares the tests of one lifecycle: every cell of its table, and the table itself. */
function lifecycleTests<L extends LifecycleTypes>(cells: Cells<L>): void {
  const { lifecycle } = cells;

  it("has one row for each action, and one event for each", () => {
    for (const key of ["action", "event"] as const)
      expect(new Set(lifecycle.transitions.map((transition) => transition[key])).size).toBe(
        lifecycle.transitions.length,
      );
  });

  it("comes to every state, from the first on", () => {
    const reached = lifecycle.transitions.flatMap(({ to }) => (typeof to === "string" ? [to] : Object.values(to)));
    for (const state of lifecycle.states.slice(1)) expect(reached).toContain(state);
  });

  it.each(lifecycle.states)("in the state %s lets every relation do exactly what the table says", (state) => {
    expectState(cells, state);
  });

  it("refuses with the condition's own code where one is not met", () => {
    expect(new Set(expectConditions(cells))).toEqual(new Set(Object.keys(lifecycle.conditions)));
  });
}

describe("the lifecycle of a request", () => {
  const offer: Request["offer"] = {
    ...{ cadreId: "offeree", cadreName: "李强", kind: "duty" as const },
    ...{ at: minutesLater(-5), expiresAt: minutesLater(5) },
  };
  const given = filedByFamily({ state: "given", mayRate: true });
  const change = (changes: Partial<Request>) => (request: Request) => ({ ...request, ...changes });
  lifecycleTests<TypesOf<typeof requestLifecycle>>({
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
    subject: (state, conditions) => ({
      ...requestIn(state),
      ...{ handlerId: "handler", ...given, offer },
      ...meetingAll(conditions),
      ...(conditions.includes("offered") ? { offer } : {}),
    }),
    unmet: {
      "returns left": change({ returnCount: 2 }),
      "consent asked": change(given),
      "consent given": change(filedByFamily({ state: "asked" })),
      "room to follow": change({ followers: Array.from({ length: 100 }, (_, n) => ({ id: `f${n}`, at: noon })) }),
      "no offer": change({ offer }),
      offered: change({ offer: null }),
      "no transfer": change(meeting["transfer asked"]),
      "transfer asked": change({ transfer: null }),
      "no task left behind": change({ openTasks: ["t1"] }),
      "no plea": change(meeting["extension asked"]),
      "extension asked": change(meeting["suspension asked"]),
      "suspension asked": change(meeting["extension asked"]),
      // The day to change a rating is over; what is resolved can always be rated.
      "rating open": change({ status: "closed", closedAt: minutesLater(-2 * 24 * 60) }),
      "no task open": change({ openTasks: ["t1"] }),
      "room for a task": change({ openTasks: Array.from({ length: 10 }, (_, n) => `t${n}`) }),
      "callback due": change({ callback: null }),
      "task open": change({ openTasks: [] }),
    },
  });

  it("lets nobody rate the own work, by whatever account", () => {
    const both = anActor("resident", "resident", { ids: ["resident", "handler"] });
    const resolved = heldRequest({ status: "resolved" });
    expect(requestLifecycle.abilities(resolved, both, noon)).not.toContain("rate");
    expect(() => requestLifecycle.guard(resolved, "rate", both, noon)).toThrow(
      expect.objectContaining({ code: "request.not_allowed" }) as Error,
    );
  });

  it("says to a call-back by whom it is not to be made", () => {
    const rated = heldRequest({ status: "closed", callback: { ...aCallback, exceptId: "committee" } });
    expect(requestLifecycle.hasRelation("reviewer", anActor("committee"), rated, noon)).toBe(false);
    expect(requestLifecycle.hasRelation("reviewer", anActor("committee", "reviewer"), rated, noon)).toBe(true);
  });
});

describe("the lifecycle of a task", () => {
  const request = heldRequest({ status: "handling" });
  const organization = "安居物业";
  const task: CoTask = taskOf(
    {
      ...{ at: noon, communityId: "c1", requestId: request.id, requestNo: request.no, serviceCode: "parcel" },
      actor: { id: "handler", role: "cadre", name: "王敏" },
      data: { taskId: "t1", organization, text: "请换楼道灯", hours: 8 },
    },
    aService(),
    nineToFive,
  );
  lifecycleTests<TypesOf<typeof taskLifecycle>>({
    lifecycle: taskLifecycle,
    now: noon,
    actors: {
      organization: anActor("partner", "partner", { organization }),
      handler: anActor("cadre", "handler"),
      committee: anActor("committee"),
      system,
    },
    subject: (state) => ({ task: { ...task, state }, request }),
    unmet: {},
  });
});

const aLeave: Leave = {
  ...{ id: "l1", version: 1, communityId: "c1", cadreId: "cadre", cadreName: "王敏", kind: "annual", note: null },
  ...{ from: minutesLater(60), to: minutesLater(600), state: "asked", askedAt: noon, decidedBy: null },
};

describe("the lifecycle of a leave", () => {
  lifecycleTests<TypesOf<typeof leaveLifecycle>>({
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
  lifecycleTests<TypesOf<typeof swapLifecycle>>({
    lifecycle: swapLifecycle,
    now: noon,
    actors: { asker: anActor("cadre", "asker"), asked: anActor("cadre", "asked"), committee: anActor("committee") },
    subject: (state) => ({ swap: { ...aSwap, state }, communityId: "c1" }),
    unmet: {},
  });
});

const aComplaint: Complaint = {
  ...{ id: "p1", version: 1, communityId: "c1", userId: "resident", name: "居民", requestId: null, requestNo: null },
  ...{ text: "没有人来", at: noon, answer: null },
};

describe("the lifecycle of a complaint", () => {
  const answer = { text: "已联系", at: noon, byId: "committee", byName: "居委会" };
  lifecycleTests<TypesOf<typeof complaintLifecycle>>({
    lifecycle: complaintLifecycle,
    now: noon,
    actors: { committee: anActor("committee"), complainant: anActor("resident") },
    subject: (state) => ({ ...aComplaint, answer: state === "answered" ? answer : null }),
    unmet: {},
  });

  it("lets nobody answer the own one, and says no more to them than to a stranger", () => {
    const own = anActor("committee", "committee", { ids: ["committee", "resident"] });
    for (const actor of [own, anActor("committee", "far", { communityIds: ["c2"] })])
      expect(() => complaintLifecycle.guard({ ...aComplaint, answer }, "answer", actor, noon)).toThrow(
        expect.objectContaining({ code: "complaint.unknown" }) as Error,
      );
  });
});
