import type { Ports } from "../../core/ports.ts";
import { climbTasks } from "./usecases/climb-tasks.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Reminders and overdue sub-tasks of other organizations. */
export const taskLadder: Job<Ports> = { name: "task-ladder", everySeconds: 10, run: climbTasks };
