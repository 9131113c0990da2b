import { climbTasks } from "./usecases/climb-tasks.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Reminders and overdue sub-tasks of other organizations. */
export const taskLadder = defineJob({ name: "task-ladder", every: { seconds: 10 }, run: climbTasks });
