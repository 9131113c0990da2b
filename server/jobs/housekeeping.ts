import { defineJob } from "../kernel/jobs/job.ts";
import type { Deps } from "../ports.ts";
import { expireExports } from "../exports/write-export.ts";
import { forgetExpired } from "../usecases/account/forget-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";

/** Orphaned pictures, exports, expired sessions and counts. */
export const housekeeping = defineJob({
  name: "housekeeping",
  every: { hours: 1 },
  run: (deps: Deps) => Promise.all([sweepFiles(deps), expireExports(deps), forgetExpired(deps)]),
});
