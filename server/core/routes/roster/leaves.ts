import type { leaveOperations } from "../../../../contract/leave.ts";
import { askForLeave, listLeaves, takeLeaveStep } from "../../usecases/roster/leaves.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentLeave } from "../../presenters/roster/leave.ts";

export const leaveRoutes: Handlers<keyof typeof leaveOperations> = {
  "GET /api/leaves": async ({ deps, actor }) => {
    const now = deps.clock.now();
    const leaves = await listLeaves(deps, actor);
    return {
      items: leaves.map(({ leave, opens }) => ({ ...presentLeave(actor, leave, now), opens })),
      nextCursor: null,
    };
  },
  "POST /api/leaves": async (call) => {
    const { deps, actor, body } = call;
    const ask = { ...body, from: new Date(body.from), to: new Date(body.to) };
    return presentLeave(actor, await askForLeave(deps, call, ask), deps.clock.now());
  },
  "POST /api/leaves/:id": async (call) => {
    const { deps, actor, params, body } = call;
    return presentLeave(actor, await takeLeaveStep(deps, call, params.id, body.step), deps.clock.now());
  },
};
