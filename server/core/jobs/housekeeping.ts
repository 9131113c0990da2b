import { expireExports } from "../../modules/exports/writing/write-export.ts";
import { forgetExpired } from "../usecases/accounts/forget-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import { defineJob } from "../../kernel/jobs/job.ts";
import type { Deps } from "../../deps.ts";

/** Orphaned pictures, exports, expired sessions and counts. */
export const housekeeping = defineJob({
  name: "housekeeping",
  every: { hours: 1 },
  run: (deps: Deps) => Promise.all([sweepFiles(deps), expireExports(deps), forgetExpired(deps)]),
});
