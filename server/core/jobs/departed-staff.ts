import { defineJob } from "../../kernel/jobs/job.ts";
import type { Uses } from "../ports.ts";
import { releaseDepartedStaff } from "../usecases/people/release-departed-staff.ts";

/**
 * Completes the release of people who left a post: requests that they claimed at the last moment return to the queue,
 * and interrupted releases are finished.
 */
export const departedStaff = defineJob({
  name: "departed-staff",
  every: { minutes: 1 },
  async run(deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">, signal) {
    for (const id of await deps.store.communities.ids()) {
      if (signal?.aborted) return;
      await releaseDepartedStaff(deps, id);
    }
  },
});
