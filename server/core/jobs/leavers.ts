import type { Ports } from "../ports.ts";
import { settleLeavers } from "../usecases/people/settle-leavers.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Whoever left a post: what they took at the last moment goes back to the queue, what a crash left undone is done. */
export const leavers: Job<Ports> = {
  name: "leavers",
  everySeconds: 60,
  async run(deps) {
    for (const id of await deps.store.communities.ids()) await settleLeavers(deps, id);
  },
};
