import { describe, expect, it } from "vitest";
import type { OwnStep } from "../../../server/kernel/replay.ts";
import { taskFromEvent } from "../../../server/modules/co-handling/domain/co-task.ts";
import { taskReplay } from "../../../server/modules/co-handling/domain/replay-task.ts";
import { aService, heldRequest, minutesLater, nineToFive, noon } from "../../support/domain.ts";

const organization = "安居物业";
const request = heldRequest({ status: "handling" });
const asked = taskFromEvent(
  {
    ...{ at: noon, communityId: "c1", requestId: request.id, requestNo: request.no, serviceCode: "parcel" },
    actor: { id: "handler", role: "cadre", name: "王敏" },
    data: { taskId: "t1", organization, text: "请换楼道灯", hours: 8 },
  },
  aService(),
  nineToFive,
);

const step = (version: number, type: string): OwnStep => ({
  ...{ version, type, at: minutesLater(version), communityId: "c1", requestNo: request.no, serviceCode: "parcel" },
  ...{
    actorId: `actor${version}`,
    residentId: "resident",
    handlerId: "handler",
    filerId: null,
    organization,
    data: {},
  },
});
const at = (version: number): string => minutesLater(version).toISOString();
const nothing = { "acceptedBy.id": null, acceptedAt: null, "endedBy.id": null, endedAt: null };

describe("the replay of a task", () => {
  it.each<[string, OwnStep[], object]>([
    ["asked, and nothing more", [], { state: "asked", ...nothing }],
    [
      "accepted and done, in whatever order the rows come",
      [step(3, "task.done"), step(1, "task.accepted"), step(2, "task.noted")],
      {
        ...{ state: "done", organization, "acceptedBy.id": "actor1", acceptedAt: at(1) },
        ...{ "endedBy.id": "actor3", endedAt: at(3) },
      },
    ],
    [
      "refused",
      [step(1, "task.refused")],
      { ...nothing, state: "refused", organization, "endedBy.id": "actor1", endedAt: at(1) },
    ],
  ])("%s", (_, steps, state) => {
    expect(taskReplay.replay(steps, asked)).toEqual({ organization: undefined, ...state });
  });
});
