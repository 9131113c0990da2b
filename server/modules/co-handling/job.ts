import { runDueTaskEscalations } from "./usecases/run-due-task-escalations.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Takes due escalations of co-handling tasks. */
export const taskEscalations = defineJob({
  name: "task-escalations",
  every: { seconds: 10 },
  run: runDueTaskEscalations,
});
