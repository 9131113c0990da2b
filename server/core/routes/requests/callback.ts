import type { callbackOperations } from "../../../../contract/callback.ts";
import type { Handlers } from "../../http/handler.ts";
import { step } from "./step.ts";

export const callbackRoutes: Handlers<keyof typeof callbackOperations> = {
  "POST /api/requests/:id/call-back": (call) => step(call, "call-back", call.body),
};
