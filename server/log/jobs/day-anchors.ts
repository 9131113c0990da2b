import type { Uses } from "../../core/ports.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Days of the log that are over are signed within the hour: a day that is signed cannot be changed any more. */
export const dayAnchors = defineJob({
  name: "day-anchors",
  every: { hours: 1 },
  async run(deps: Uses<"serviceLog" | "store">, signal) {
    for (const id of [...(await deps.store.communities.ids()), INSTALLATION]) {
      if (signal?.aborted) return;
      await deps.serviceLog.signDays(id);
    }
  },
});
