import { climbTasks } from "../usecases/co-handling/climb-tasks.ts";
import type { Job } from "./job.ts";

/** Reminders and overdue sub-tasks of other organizations. */
export const taskLadder: Job = { name: "task-ladder", everySeconds: 10, run: climbTasks };
