import { replyWithDetail, replyWithRequest, replyWithRequests } from "./reply.ts";
import type { requestOperations } from "../../../../contract/request-operations.ts";
import type { Request } from "../../domain/requests/request.ts";
import { assignRequest } from "../../usecases/requests/assign-request.ts";
import { claimNext } from "../../usecases/requests/claim-next.ts";
import { listRequests } from "../../usecases/requests/list-requests.ts";
import { readRequest } from "../../usecases/requests/read-request.ts";
import { resolveRequest } from "../../usecases/requests/resolve-request.ts";
import { sendMessage } from "../../usecases/requests/send-message.ts";
import { submitRequest } from "../../usecases/requests/submit-request.ts";
import type { Handlers } from "../../http/handler.ts";
import { type StepCall, step } from "./step.ts";

const shown = async ({ deps, actor }: Pick<StepCall, "deps" | "actor">, request: Promise<Request>) =>
  replyWithRequest(deps, actor, await request);

export const requestRoutes: Handlers<keyof typeof requestOperations> = {
  "POST /api/requests": (call) => shown(call, submitRequest(call.deps, call, call.body)),
  "GET /api/requests": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listRequests(deps, actor, query);
    return { items: await replyWithRequests(deps, actor, items), nextCursor };
  },
  "GET /api/requests/:id": async ({ deps, actor, params }) =>
    replyWithDetail(deps, actor, await readRequest(deps, actor, params.id)),
  "POST /api/queue/claim-next": (call) => shown(call, claimNext(call.deps, call)),
  "POST /api/requests/:id/claim": (call) => step(call, "claim", {}),
  "POST /api/requests/:id/assign": (call) =>
    shown(call, assignRequest(call.deps, call, call.params.id, call.body.cadreId)),
  "POST /api/requests/:id/release": (call) => step(call, "release", call.body),
  "POST /api/requests/:id/first-contact": (call) => step(call, "first-contact", call.body),
  "POST /api/requests/:id/note": (call) => shown(call, sendMessage(call.deps, call, call.params.id, "note", call.body)),
  "POST /api/requests/:id/internal-note": (call) =>
    shown(call, sendMessage(call.deps, call, call.params.id, "internal", call.body)),
  "POST /api/requests/:id/message": (call) =>
    shown(call, sendMessage(call.deps, call, call.params.id, "message", call.body)),
  "POST /api/requests/:id/ask": (call) => step(call, "ask", call.body),
  "POST /api/requests/:id/answer": (call) => step(call, "answer", call.body),
  "POST /api/requests/:id/resolve": (call) => shown(call, resolveRequest(call.deps, call, call.params.id, call.body)),
  "POST /api/requests/:id/rate": (call) => step(call, "rate", call.body),
  "POST /api/requests/:id/withdraw": (call) => step(call, "withdraw", call.body),
  "POST /api/requests/:id/reject": (call) => step(call, "reject", call.body),
};
