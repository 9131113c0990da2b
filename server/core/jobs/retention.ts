import type { Ports } from "../ports.ts";
import { endPeriods } from "../usecases/accounts/retain.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** What has been kept for its time is erased (docs/privacy.md). */
export const retention: Job<Ports> = { name: "retention", everySeconds: 6 * 3_600, run: endPeriods };
