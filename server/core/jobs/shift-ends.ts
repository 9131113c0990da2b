import type { Ports } from "../ports.ts";
import { returnUnstarted } from "../usecases/duty/return-unstarted.ts";
import { settleDuties } from "../usecases/duty/settle-duties.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Duties that ended by themselves: what was claimed and not begun goes back to the queue, notes are asked for, then the committee is told. */
export const shiftEnds: Job<Ports> = {
  name: "shift-ends",
  everySeconds: 30,
  async run(deps) {
    for (const id of await deps.store.communities.ids()) {
      await returnUnstarted(deps, id);
      await settleDuties(deps, id);
    }
  },
};
