import { endPeriods } from "../usecases/account/retain.ts";
import type { Job } from "./job.ts";

/** What has been kept for its time is erased (docs/privacy.md). */
export const retention: Job = { name: "retention", everySeconds: 6 * 3_600, run: endPeriods };
