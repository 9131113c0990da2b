import { climbLadder } from "../usecases/requests/climb-ladder.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Reminders, overdue and supervised requests, suspensions that end: deadlines are minutes, so that ten seconds are in time. */
export const ladder = defineJob({ name: "ladder", every: { seconds: 10 }, run: climbLadder });
