import type { Uses } from "../ports.ts";
import { deleteExpired } from "../usecases/accounts/delete-expired.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Deletes orphaned photos, expired sessions and expired counts. */
export const housekeeping = defineJob({
  name: "housekeeping",
  every: { hours: 1 },
  run: (ports: Uses<"clock" | "files" | "modules" | "store">) => Promise.all([sweepFiles(ports), deleteExpired(ports)]),
});
