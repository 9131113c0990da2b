import { defineJob } from "../../kernel/jobs/job.ts";
import type { Uses } from "../ports.ts";
import { returnUnstarted } from "../usecases/duty/return-unstarted.ts";
import { endExpiredDuties } from "../usecases/duty/end-expired-duties.ts";

/**
 * Handles duties that ended by time: unstarted requests return to the queue, hand-over notes are asked for, and missing
 * ones are reported to the committee.
 */
export const shiftEnds = defineJob({
  name: "shift-ends",
  every: { seconds: 30 },
  async run(deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">, signal) {
    for (const id of await deps.store.communities.ids()) {
      if (signal?.aborted) return;
      await returnUnstarted(deps, id);
      await endExpiredDuties(deps, id);
    }
  },
});
