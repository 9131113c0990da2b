import { replyWithRequest } from "./reply.ts";
import type { nearOperations } from "../../../../contract/near.ts";
import { loadRelated } from "../../usecases/requests/load-related.ts";
import { followRequest, findNearbyRequests } from "../../usecases/requests/nearby-requests.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentNear } from "../../presenters/requests/near.ts";
import { step } from "./step.ts";

export const nearRoutes: Handlers<keyof typeof nearOperations> = {
  "POST /api/requests/near": async ({ deps, actor, body }) => {
    const near = await findNearbyRequests(deps, actor, body);
    const related = await loadRelated(
      deps,
      actor,
      near.map(({ request }) => request),
    );
    return { items: presentNear(deps, actor, near, related), nextCursor: null };
  },
  "POST /api/requests/:id/follow": async (call) =>
    replyWithRequest(call.deps, call.actor, await followRequest(call.deps, call, call.params.id)),
  "POST /api/requests/:id/unfollow": async (call) => step(call, "unfollow", {}),
};
