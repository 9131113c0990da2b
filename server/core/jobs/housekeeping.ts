import type { Ports } from "../ports.ts";
import { expireExports } from "../../modules/exports/writing/write-export.ts";
import { forgetExpired } from "../usecases/accounts/forget-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Orphaned pictures, exports, expired sessions and counts. */
export const housekeeping = defineJob({
  name: "housekeeping",
  every: { hours: 1 },
  run: (ports: Ports) => Promise.all([sweepFiles(ports), expireExports(ports), forgetExpired(ports)]),
});
