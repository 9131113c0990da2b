import { defineJob } from "../../kernel/jobs/job.ts";
import type { Uses } from "../ports.ts";
import { releaseDepartedStaff } from "../usecases/people/release-departed-staff.ts";

/**
 * Whoever left a post: what they took at the last moment goes back to the queue, what a crash interrupted is
 * completed.
 */
export const departedStaff = defineJob({
  name: "leavers",
  every: { minutes: 1 },
  async run(deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">, signal) {
    for (const id of await deps.store.communities.ids()) {
      if (signal?.aborted) return;
      await releaseDepartedStaff(deps, id);
    }
  },
});
