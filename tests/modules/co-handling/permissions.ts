import type { coHandling } from "../../../contract/modules/co-handling.ts";
import { askOrganization } from "../../../server/modules/co-handling/usecases/ask-organization.ts";
import { takeTaskStep } from "../../../server/modules/co-handling/usecases/take-task-step.ts";
import type { ModulePermissions } from "../../support/authorization/module-permissions.ts";
import { here, row, step, there } from "../../support/authorization/rows.ts";
import { type Scene, type Stage, asking, requestOf } from "../../support/authorization/stage.ts";

/** A step of the organization that has the task. */
const organizations = row(["partner"], "auth.forbidden", { "task.unknown": ["otherPartner", "partnerThere"] });
const leads = row(["handler", "clerk"], "auth.forbidden", {
  "task.not_allowed": ["onDuty", "offDuty"],
  "task.unknown": ["cadreThere", "clerkThere"],
});

/** A task of the partner's organization, for a request that the handler holds. */
const task =
  (state: "asked" | "accepted", body?: (stage: Stage) => Promise<object>): Scene =>
  async (stage) => {
    const { deps } = stage.world;
    const organization = (await stage.cast.user("partner")).memberships[0]!.organizationName ?? "";
    const requestId = await requestOf(stage, { status: "handling" });
    const ask = { organization, text: "请换楼道灯", hours: 8 };
    await askOrganization(deps, await asking(stage, "handler"), requestId, ask);
    const [made] = await deps.coTasks.ofRequest(requestId);
    const { id } = made!;
    if (state === "accepted") await takeTaskStep(deps, await asking(stage, "partner"), id, "accept", {});
    return { params: { id }, about: id, ...(body ? { body: await body(stage) } : {}) };
  };

export const permissions: ModulePermissions<keyof typeof coHandling.operations> = {
  rows: {
    "POST /api/requests/:id/ask-organization": step(["handler", "clerk"]),
    "GET /api/organizations": row([...here, ...there]),
    "GET /api/co-tasks": row([...here, ...there, "partner", "otherPartner", "partnerThere"]),
    "GET /api/co-tasks/:id": row([...here, "partner"], "auth.forbidden", {
      "task.unknown": [...there, "otherPartner", "partnerThere"],
    }),
    "POST /api/co-tasks/:id/accept": organizations,
    "POST /api/co-tasks/:id/refuse": organizations,
    "POST /api/co-tasks/:id/progress": organizations,
    "POST /api/co-tasks/:id/finish": organizations,
    "POST /api/co-tasks/:id/withdraw": leads,
    "POST /api/co-tasks/:id/reassign": leads,
  },
  telling: ["task.not_allowed"],
  scenes: {
    "GET /api/organizations": () => ({}),
    "GET /api/co-tasks": () => ({}),
    "GET /api/co-tasks/:id": task("asked"),
    "POST /api/co-tasks/:id/accept": task("asked"),
    "POST /api/co-tasks/:id/refuse": task("asked"),
    "POST /api/co-tasks/:id/progress": task("accepted"),
    "POST /api/co-tasks/:id/finish": task("accepted"),
    "POST /api/co-tasks/:id/withdraw": task("accepted"),
    "POST /api/co-tasks/:id/reassign": task("accepted", async ({ cast }) => ({
      organization: (await cast.user("otherPartner")).memberships[0]!.organizationName,
    })),
    async "POST /api/requests/:id/ask-organization"(stage) {
      const id = await requestOf(stage, { status: "handling" });
      const organization = (await stage.cast.user("partner")).memberships[0]!.organizationName;
      return { params: { id }, body: { organization, text: "请换楼道灯", hours: 8 }, about: id };
    },
  },
};
