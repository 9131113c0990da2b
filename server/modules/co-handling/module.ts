import { defineModule } from "../../core/module.ts";
import { coTasksConsumer } from "./consumer.ts";
import { coHandlingStory } from "./demo.ts";
import { openTaskStates } from "./domain/co-task.ts";
import { taskLifecycle } from "./domain/co-task-steps.ts";
import { taskReplay } from "./domain/replay-task.ts";
import { coHandlingErrors } from "./errors.ts";
import { taskEscalations } from "./job.ts";
import { coHandlingData } from "./personal-data.ts";
import type { CoTaskStore } from "./ports.ts";
import { presentTasksOfRequest } from "./presenters/co-task.ts";
import { coHandlingRoutes } from "./routes/co-handling.ts";
import { createCoTaskRepository } from "./store/co-tasks.ts";
import { loadTasksOfRequest } from "./usecases/load-for-tasks.ts";

/** Co-handling (协办): parts of a request that other organizations do, each with its own clock and result. */
export const coHandling = defineModule({
  name: "co-handling",
  needs: [],
  repositories: (connection): CoTaskStore => ({ coTasks: createCoTaskRepository(connection) }),
  outboxes: [{ collection: "co_tasks", uncommitted: {}, unstepped: null, deleted: null }],
  lifecycles: [
    {
      of: "a part of a request that an organization does (协办任务)",
      lifecycle: taskLifecycle,
      notes: `Open: ${openTaskStates.join(", ")}.

It begins with the request's step \`ask-organization\`, whose event has all that the task is made from; the request cannot be resolved
while it is open. \`organization\`: one of the organization's people, in that role. \`handler\`, \`committee\`: of the request. \`system\`: an
escalation, or the end of the request without a result.

| state | what the organization sees of the request |
|---|---|
| asked | what is asked of it, title and words, building, preferred time |
| accepted | and unit, room, contact, photos |
| done, refused, withdrawn | what it was asked and what it wrote itself |`,
    },
  ],
  replay: [taskReplay],
  errors: coHandlingErrors,
  data: coHandlingData,
  routes: coHandlingRoutes,
  jobs: [taskEscalations],
  consumers: (ports) => [coTasksConsumer(ports)],
  verify: () => [],
  demo: coHandlingStory,
  async erase(ports, { requestIds }, erasure) {
    await ports.files.forget([], { task: await ports.coTasks.erase(requestIds, erasure) });
  },
  // `erase` empties its words together with those of the request.
  retain: async () => undefined,
  // Residents see the organizations at work in the request itself.
  ownData: async () => ({}),
  ownDataSections: () => [],
  requestDetail: async (ports, actor, request) =>
    presentTasksOfRequest(ports, actor, await loadTasksOfRequest(ports, actor, request)),
  pictures: ({ coTasks }) => ({ task: coTasks }),
});
