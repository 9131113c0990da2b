import { runDueEscalations } from "../usecases/requests/run-due-escalations.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/**
 * Reminders, overdue and supervised requests, suspensions that end: deadlines are minutes, so that ten seconds are in
 * time.
 */
export const escalations = defineJob({ name: "ladder", every: { seconds: 10 }, run: runDueEscalations });
