import { expect, it } from "vitest";
import { endingTaskEvents, openTaskStates } from "../../server/modules/co-handling/domain/co-task.ts";
import { taskLifecycle } from "../../server/modules/co-handling/domain/co-task-steps.ts";
import { droppingEvents } from "../../server/core/domain/requests/request-lifecycle.ts";
import { printLifecycle } from "../../server/kernel/lifecycle-table.ts";

it("a request is let go by every end of a task, and drops its tasks at every end without a result", () => {
  expect(endingTaskEvents.toSorted()).toEqual(["task.cancelled", "task.done", "task.refused", "task.withdrawn"]);
  expect(droppingEvents.toSorted()).toEqual(["request.rejected", "request.withdrawn"]);
});

it("the table is docs/co-handling.md (vitest -u writes it anew)", async () => {
  await expect(`# The life of a part of a request that an organization does (协办任务)

Printed from the transition table, \`server/modules/co-handling/domain/co-task.ts\`; a test keeps it so. Open: ${openTaskStates.join(", ")}.

${printLifecycle(taskLifecycle)}

It begins with the request's step \`ask-organization\`, whose event has all that the task is made from; the request cannot be resolved
while it is open. \`organization\`: one of the organization's people, in that role. \`handler\`, \`committee\`: of the request. \`system\`: a
rung of the ladder, or the end of the request without a result.

| state | what the organization sees of the request |
|---|---|
| asked | what is asked of it, title and words, building, preferred time |
| accepted | and unit, room, contact, photos |
| done, refused, withdrawn | what it was asked and what it wrote itself |
`).toMatchFileSnapshot("../../docs/co-handling.md");
});
