import { replyWithRequest } from "../requests/reply.ts";
import type { handoverOperations } from "../../../../contract/handover.ts";
import { handOver, readHandover } from "../../usecases/duty/hand-over.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentHandover } from "../../presenters/duty/handover.ts";

export const handoverRoutes: Handlers<keyof typeof handoverOperations> = {
  "GET /api/duty/handover": async ({ deps, actor }) => presentHandover(deps, actor, await readHandover(deps, actor)),
  "POST /api/requests/:id/hand-over": async (call) => {
    const { deps, actor, params, body } = call;
    return replyWithRequest(deps, actor, await handOver(deps, call, params.id, body));
  },
};
