import type { dispatchOperations } from "../../../../contract/dispatch.ts";
import type { Handlers } from "../../http/handler.ts";
import { step } from "./step.ts";

export const dispatchRoutes: Handlers<keyof typeof dispatchOperations> = {
  "POST /api/requests/:id/decline": (call) => step(call, "decline", call.body),
};
