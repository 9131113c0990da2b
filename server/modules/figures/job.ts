import { defineJob } from "../../kernel/jobs/job.ts";
import type { UsesFigures } from "./ports.ts";
import { refreshRollups } from "./usecases/refresh-rollups.ts";

/** Recomputes stale roll-ups, so that reading figures need not do so. */
export const rollupRefresh = defineJob({
  name: "rollup-refresh",
  every: { seconds: 30 },
  run: (ports: UsesFigures<"store">) => refreshRollups(ports),
});
