import { all } from "../../kernel/pages-of.ts";
import { startOfPeriod } from "../../kernel/personal-data.ts";
import { defineModule } from "../../core/module.ts";
import { complaintStory } from "./demo.ts";
import { complaintLifecycle } from "./domain/complaint.ts";
import { complaintReplay } from "./domain/replay-complaint.ts";
import { complaintErrors } from "./errors.ts";
import { complaintData } from "./personal-data.ts";
import type { ComplaintStore } from "./ports.ts";
import { complaintSection, presentComplaint } from "./presenters/complaint.ts";
import { complaintRoutes } from "./routes/complaints.ts";
import { createComplaintRepository } from "./store/complaints.ts";

const PAGE = 100;

/** Complaints (投诉), which the committee and the subdistrict read, and cadres do not. */
export const complaints = defineModule({
  name: "complaints",
  needs: [],
  repositories: (connection): ComplaintStore => ({ complaints: createComplaintRepository(connection) }),
  outboxes: [{ collection: "complaints", uncommitted: {}, unstepped: null, deleted: null }],
  lifecycles: [
    {
      of: "a complaint (投诉)",
      lifecycle: complaintLifecycle,
      notes: "`committee`: a clerk of the community. `complainant`: who filed it, by any account of the same person.",
    },
  ],
  replay: [complaintReplay],
  errors: complaintErrors,
  data: complaintData,
  routes: complaintRoutes,
  jobs: [],
  consumers: () => [],
  verify: () => [],
  demo: complaintStory,
  erase: (ports, { userIds }, erasure) => ports.complaints.erase({ userIds }, erasure),
  retain: (ports, now) =>
    ports.complaints.erase(
      { before: startOfPeriod(complaintData.periods.complaint, now) },
      { rule: "retention", at: now },
    ),
  requestDetail: async () => ({}),
  pictures: () => ({}),
  async ownData(ports, actor) {
    const own = await all((cursor) => ports.complaints.list({ userIds: actor.ids }, undefined, PAGE, cursor));
    return { complaints: own.map((complaint) => presentComplaint(actor, complaint)) };
  },
  ownDataSections: ({ complaints: own }) => [complaintSection(own)],
});
