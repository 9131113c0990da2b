import type { Ports } from "../ports.ts";
import { climbLadder } from "../usecases/requests/climb-ladder.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Reminders, overdue and supervised requests, suspensions that end: deadlines are minutes, so that ten seconds are in time. */
export const ladder: Job<Ports> = { name: "ladder", everySeconds: 10, run: climbLadder };
