import type { Uses } from "../../core/ports.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Signs the past days of each log within the hour. Rows of a signed day cannot be changed unnoticed. */
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
