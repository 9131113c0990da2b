import type { complaints } from "../../../contract/modules/complaints.ts";
import { fileComplaint } from "../../../server/modules/complaints/usecases/file-complaint.ts";
import type { ModulePermissions } from "../../support/authorization/module-permissions.ts";
import { own, readers, row } from "../../support/authorization/rows.ts";
import { asking, requestOf } from "../../support/authorization/stage.ts";

const ofEast = { communityId: "east" };

export const permissions: ModulePermissions<keyof typeof complaints.operations> = {
  rows: {
    "POST /api/complaints": own,
    "POST /api/complaints (about a request)": row(readers, "request.unknown"),
    "GET /api/complaints": own,
    "POST /api/complaints/:id/answer": row(["clerk"], "auth.forbidden", { "complaint.unknown": ["clerkThere"] }),
  },
  scenes: {
    "POST /api/complaints": () => ({ body: { ...ofEast, text: "窗口没有人" } }),
    async "POST /api/complaints (about a request)"(stage) {
      const requestId = await requestOf(stage, { status: "handling" });
      return { body: { ...ofEast, text: "等了很久", requestId }, about: requestId };
    },
    "GET /api/complaints": () => ({}),
    async "POST /api/complaints/:id/answer"(stage) {
      const { id } = await fileComplaint(stage.world.deps, await asking(stage, "owner"), { ...ofEast, text: "没有人" });
      return { params: { id }, about: id };
    },
  },
};
