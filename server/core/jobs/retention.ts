import { endPeriods } from "../usecases/accounts/retain.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** What has been kept for its time is erased (docs/privacy.md). */
export const retention = defineJob({ name: "retention", every: { hours: 6 }, run: endPeriods });
