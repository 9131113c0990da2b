import { expireExports } from "../exports/write-export.ts";
import { forgetExpired } from "../usecases/account/forget-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import type { Job } from "./job.ts";

/** Orphaned pictures, exports, expired sessions and counts. */
export const housekeeping: Job = {
  name: "housekeeping",
  everySeconds: 3_600,
  run: (deps) => Promise.all([sweepFiles(deps), expireExports(deps), forgetExpired(deps)]),
};
