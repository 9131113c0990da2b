import type { Ports } from "../ports.ts";
import { expireExports } from "../../modules/exports/writing/write-export.ts";
import { forgetExpired } from "../usecases/accounts/forget-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Orphaned pictures, exports, expired sessions and counts. */
export const housekeeping: Job<Ports> = {
  name: "housekeeping",
  everySeconds: 3_600,
  run: (deps) => Promise.all([sweepFiles(deps), expireExports(deps), forgetExpired(deps)]),
};
