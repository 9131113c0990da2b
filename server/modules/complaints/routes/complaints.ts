import type { complaints } from "../../../../contract/modules/complaints.ts";
import { answerComplaint, listComplaints } from "../usecases/answer-complaint.ts";
import { fileComplaint } from "../usecases/file-complaint.ts";
import type { UsesComplaints } from "../ports.ts";
import type { Handlers } from "../../../core/http/handler.ts";
import { presentComplaint } from "../presenters/complaint.ts";

export const complaintRoutes: Handlers<
  keyof typeof complaints.operations,
  UsesComplaints<"clock" | "keys" | "wakeRelay" | "limiter" | "store" | "wordCheck">
> = {
  "POST /api/complaints": async (call) => presentComplaint(call.actor, await fileComplaint(call.deps, call, call.body)),
  "GET /api/complaints": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listComplaints(deps, actor, query);
    return { items: items.map((complaint) => presentComplaint(actor, complaint)), nextCursor };
  },
  "POST /api/complaints/:id/answer": async (call) =>
    presentComplaint(call.actor, await answerComplaint(call.deps, call, call.params.id, call.body.text)),
};
