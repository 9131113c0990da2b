import type { clockOperations } from "../../../../contract/clock.ts";
import type { Handlers } from "../../http/handler.ts";
import { step } from "./step.ts";

const timeRequest = ({ until, reason }: { until: string; reason: string }) => ({ until: new Date(until), reason });

export const clockRoutes: Handlers<keyof typeof clockOperations> = {
  "POST /api/requests/:id/ask-extension": (call) => step(call, "ask-extension", timeRequest(call.body)),
  "POST /api/requests/:id/approve-extension": (call) => step(call, "approve-extension", {}),
  "POST /api/requests/:id/refuse-extension": (call) => step(call, "refuse-extension", call.body),
  "POST /api/requests/:id/ask-suspension": (call) => step(call, "ask-suspension", timeRequest(call.body)),
  "POST /api/requests/:id/approve-suspension": (call) => step(call, "approve-suspension", {}),
  "POST /api/requests/:id/refuse-suspension": (call) => step(call, "refuse-suspension", call.body),
  "POST /api/requests/:id/resume": (call) => step(call, "resume", {}),
};
