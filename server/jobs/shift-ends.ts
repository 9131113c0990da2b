import { returnUnstarted } from "../usecases/duty/return-unstarted.ts";
import type { Job } from "./job.ts";

/** Duties that ended by themselves: what was claimed and not begun goes back to the queue. */
export const shiftEnds: Job = {
  name: "shift-ends",
  everySeconds: 30,
  async run(deps) {
    for (const id of await deps.store.communities.ids()) await returnUnstarted(deps, id);
  },
};
