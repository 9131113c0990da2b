import { defineJob } from "../../kernel/jobs/job.ts";
import type { UsesExports } from "./ports.ts";
import { expireExports } from "./writing/write-export.ts";

/** Deletes the files of expired exports. */
export const exportExpiry = defineJob({
  name: "export-expiry",
  every: { hours: 1 },
  run: (ports: UsesExports<"clock">) => expireExports(ports),
});
