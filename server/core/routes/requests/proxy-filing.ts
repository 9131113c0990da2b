import { replyWithRequest } from "./reply.ts";
import type { proxyFilingOperations } from "../../../../contract/proxy-filing.ts";
import { fileForFamily, fileForResident } from "../../usecases/requests/file-for-others.ts";
import { takeStep } from "../../usecases/requests/take-step.ts";
import type { Handlers } from "../../http/handler.ts";

export const proxyFilingRoutes: Handlers<keyof typeof proxyFilingOperations> = {
  "POST /api/requests/for-resident": async (call) =>
    replyWithRequest(call.deps, call.actor, await fileForResident(call.deps, call, call.body)),
  "POST /api/requests/for-family": async (call) =>
    replyWithRequest(call.deps, call.actor, await fileForFamily(call.deps, call, call.body)),
  "POST /api/requests/:id/consent": async (call) =>
    replyWithRequest(call.deps, call.actor, await takeStep(call.deps, call, call.params.id, "consent", call.body)),
  "POST /api/requests/:id/revoke-consent": async (call) =>
    replyWithRequest(call.deps, call.actor, await takeStep(call.deps, call, call.params.id, "revoke-consent", {})),
};
