import { all } from "../../kernel/pages-of.ts";
import { startOfPeriod } from "../../kernel/personal-data.ts";
import { defineModule } from "../../core/module.ts";
import { complaintErrors } from "./errors.ts";
import { complaintData } from "./personal-data.ts";
import type { ComplaintStore } from "./ports.ts";
import { presentComplaint } from "./presenters/complaint.ts";
import { complaintRoutes } from "./routes/complaints.ts";
import { createComplaintRepository } from "./store/complaints.ts";

const PAGE = 100;

/** Complaints (投诉): for the committee and the subdistrict above it, never for a cadre. */
export const complaints = defineModule({
  name: "complaints",
  needs: [],
  repositories: (connection): ComplaintStore => ({ complaints: createComplaintRepository(connection) }),
  outboxes: ["complaints"],
  errors: complaintErrors,
  data: complaintData,
  routes: complaintRoutes,
  jobs: [],
  consumers: () => [],
  erase: (ports, userIds) => ports.complaints.erase({ userIds }),
  retain: (ports, now) => ports.complaints.erase({ before: startOfPeriod(complaintData.periods.complaint, now) }),
  async ownData(ports, actor) {
    const own = await all((cursor) => ports.complaints.list({ userIds: actor.ids }, undefined, PAGE, cursor));
    return { complaints: own.map((complaint) => presentComplaint(actor, complaint)) };
  },
});
