import { defineJob } from "../kernel/jobs/job.ts";
import { climbTasks } from "../usecases/co-handling/climb-tasks.ts";

/** Reminders and overdue sub-tasks of other organizations. */
export const taskLadder = defineJob({ name: "task-ladder", every: { seconds: 10 }, run: climbTasks });
