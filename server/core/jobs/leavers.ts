import { defineJob } from "../../kernel/jobs/job.ts";
import type { Ports } from "../ports.ts";
import { settleLeavers } from "../usecases/people/settle-leavers.ts";

/** Whoever left a post: what they took at the last moment goes back to the queue, what a crash left undone is done. */
export const leavers = defineJob({
  name: "leavers",
  every: { minutes: 1 },
  async run(deps: Ports, signal) {
    for (const id of await deps.store.communities.ids()) {
      if (signal?.aborted) return;
      await settleLeavers(deps, id);
    }
  },
});
