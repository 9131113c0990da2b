import type { nearOperations } from "../../../../contract/near.ts";
import { followRequest, findNearbyRequests } from "../../usecases/requests/nearby-requests.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentNear } from "../../presenters/requests/near.ts";
import { presentRequest } from "../../presenters/requests/request.ts";
import { step } from "./step.ts";

export const nearRoutes: Handlers<keyof typeof nearOperations> = {
  "POST /api/requests/near": async ({ deps, actor, body }) => ({
    items: await presentNear(deps, actor, await findNearbyRequests(deps, actor, body)),
    nextCursor: null,
  }),
  "POST /api/requests/:id/follow": async (call) =>
    presentRequest(call.deps, call.actor, await followRequest(call.deps, call, call.params.id)),
  "POST /api/requests/:id/unfollow": async (call) => step(call, "unfollow", {}),
};
