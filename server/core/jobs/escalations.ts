import { runDueEscalations } from "../usecases/requests/run-due-escalations.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/**
 * Runs due reminders, overdue marks, supervisions and ends of suspensions. Deadlines are in minutes, so an interval of
 * ten seconds is precise enough.
 */
export const escalations = defineJob({ name: "escalations", every: { seconds: 10 }, run: runDueEscalations });
