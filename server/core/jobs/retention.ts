import { enforceRetention } from "../usecases/accounts/enforce-retention.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Erases data after their retention period (docs/privacy.md). */
export const retention = defineJob({ name: "retention", every: { hours: 6 }, run: enforceRetention });
