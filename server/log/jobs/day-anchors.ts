import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { defineJob } from "../../kernel/jobs/job.ts";
import type { Deps } from "../../deps.ts";

/** Days of the log that are over are signed within the hour: what is signed early is early out of reach. */
export const dayAnchors = defineJob({
  name: "day-anchors",
  every: { hours: 1 },
  async run(deps: Deps, signal) {
    for (const id of [...(await deps.store.communities.ids()), INSTALLATION]) {
      if (signal?.aborted) return;
      await deps.signDays(id);
    }
  },
});
