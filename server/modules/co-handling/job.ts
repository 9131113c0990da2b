import { runDueTaskEscalations } from "./usecases/run-due-task-escalations.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Reminders and overdue sub-tasks of other organizations. */
export const taskEscalations = defineJob({ name: "task-ladder", every: { seconds: 10 }, run: runDueTaskEscalations });
