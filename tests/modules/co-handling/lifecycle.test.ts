import { describe, expect, it } from "vitest";
import { abandoningEvents } from "../../../server/core/domain/requests/request-lifecycle.ts";
import { system } from "../../../server/kernel/actor.ts";
import { type CoTask, endingTaskEvents, taskFromEvent } from "../../../server/modules/co-handling/domain/co-task.ts";
import { taskLifecycle } from "../../../server/modules/co-handling/domain/co-task-steps.ts";
import { aService, anActor, heldRequest, nineToFive, noon } from "../../support/domain.ts";
import { lifecycleTests } from "../../support/lifecycle-tests.ts";

describe("the lifecycle of a task", () => {
  const request = heldRequest({ status: "handling" });
  const organization = "安居物业";
  const task: CoTask = taskFromEvent(
    {
      ...{ at: noon, communityId: "c1", requestId: request.id, requestNo: request.no, serviceCode: "parcel" },
      actor: { id: "handler", role: "cadre", name: "王敏" },
      data: { taskId: "t1", organization, text: "请换楼道灯", hours: 8 },
    },
    aService(),
    nineToFive,
  );
  lifecycleTests({
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

  it("removes the task from its request at every end, and ends with a request that ends without a result", () => {
    expect(endingTaskEvents.toSorted()).toEqual(["task.cancelled", "task.done", "task.refused", "task.withdrawn"]);
    expect(abandoningEvents.toSorted()).toEqual(["request.rejected", "request.withdrawn"]);
  });
});
