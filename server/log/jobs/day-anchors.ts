import type { Ports } from "../../core/ports.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Days of the log that are over are signed within the hour: what is signed early is early out of reach. */
export const dayAnchors: Job<Ports> = {
  name: "day-anchors",
  everySeconds: 3_600,
  async run(deps) {
    for (const id of [...(await deps.store.communities.ids()), INSTALLATION]) await deps.serviceLog.signDays(id);
  },
};
