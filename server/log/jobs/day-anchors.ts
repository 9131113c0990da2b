import type { Ports } from "../../core/ports.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Days of the log that are over are signed within the hour: what is signed early is early out of reach. */
export const dayAnchors = defineJob({
  name: "day-anchors",
  every: { hours: 1 },
  async run(deps: Ports, signal) {
    for (const id of [...(await deps.store.communities.ids()), INSTALLATION]) {
      if (signal?.aborted) return;
      await deps.serviceLog.signDays(id);
    }
  },
});
