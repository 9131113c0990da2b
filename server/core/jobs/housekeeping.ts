import type { Uses } from "../ports.ts";
import { deleteExpired } from "../usecases/accounts/delete-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Orphaned pictures, expired sessions and counts. */
export const housekeeping = defineJob({
  name: "housekeeping",
  every: { hours: 1 },
  run: (ports: Uses<"clock" | "files" | "store">) => Promise.all([sweepFiles(ports), deleteExpired(ports)]),
});
