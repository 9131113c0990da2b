import { replyWithRequest } from "./reply.ts";
import type { transferOperations } from "../../../../contract/transfer.ts";
import { acceptTransfer, askTransfer } from "../../usecases/requests/transfer-request.ts";
import type { Handlers } from "../../http/handler.ts";
import { step } from "./step.ts";

export const transferRoutes: Handlers<keyof typeof transferOperations> = {
  "POST /api/requests/:id/ask-transfer": async (call) =>
    replyWithRequest(call.deps, call.actor, await askTransfer(call.deps, call, call.params.id, call.body)),
  "POST /api/requests/:id/recall-transfer": async (call) => step(call, "recall-transfer", {}),
  "POST /api/requests/:id/accept-transfer": async (call) =>
    replyWithRequest(call.deps, call.actor, await acceptTransfer(call.deps, call, call.params.id)),
  "POST /api/requests/:id/refuse-transfer": async (call) => step(call, "refuse-transfer", call.body),
};
