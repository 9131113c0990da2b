import { defineJob } from "../kernel/jobs/job.ts";
import { climbLadder } from "../usecases/clock/climb-ladder.ts";

/** Reminders, overdue and supervised requests, suspensions that end: deadlines are minutes, so that ten seconds are in time. */
export const ladder = defineJob({ name: "ladder", every: { seconds: 10 }, run: climbLadder });
