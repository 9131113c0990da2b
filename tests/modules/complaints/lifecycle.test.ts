import { describe, expect, it } from "vitest";
import { type Complaint, complaintLifecycle } from "../../../server/modules/complaints/domain/complaint.ts";
import { anActor, noon } from "../../support/domain.ts";
import { lifecycleTests } from "../../support/lifecycle-tests.ts";

const aComplaint: Complaint = {
  ...{ id: "p1", version: 1, communityId: "c1", userId: "resident", name: "居民", requestId: null, requestNo: null },
  ...{ text: "没有人来", at: noon, answer: null },
};

describe("the lifecycle of a complaint", () => {
  const answer = { text: "已联系", at: noon, byId: "committee", byName: "居委会" };
  lifecycleTests({
    lifecycle: complaintLifecycle,
    now: noon,
    actors: { committee: anActor("committee"), complainant: anActor("resident") },
    subject: (state) => ({ ...aComplaint, answer: state === "answered" ? answer : null }),
    unmet: {},
  });

  it("lets nobody answer their own complaint, and gives them the same refusal as a stranger", () => {
    const own = anActor("committee", "committee", { ids: ["committee", "resident"] });
    for (const actor of [own, anActor("committee", "far", { communityIds: ["c2"] })])
      expect(() => complaintLifecycle.guard({ ...aComplaint, answer }, "answer", actor, noon)).toThrow(
        expect.objectContaining({ code: "complaint.unknown" }) as Error,
      );
  });
});
