import type { notifyOperations } from "../../../../contract/notify.ts";
import { newId } from "../../../kernel/ids.ts";
import { answerTemplates, templatesOf } from "../../usecases/notify/consents.ts";
import { listDeliveries } from "../../usecases/notify/list-deliveries.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentDeliveries } from "../../presenters/notify/delivery.ts";

export const notifyRoutes: Handlers<keyof typeof notifyOperations> = {
  "GET /api/notify/templates": async ({ deps, actor }) => ({ items: await templatesOf(deps, actor) }),
  "POST /api/notify/consents": async ({ deps, actor, idempotency, body }) => ({
    items: await answerTemplates(deps, actor, idempotency?.key ?? newId(), body.answers),
  }),
  "GET /api/requests/:id/deliveries": async ({ deps, actor, params }) => {
    const { request, deliveries, notices } = await listDeliveries(deps, actor, params.id);
    return { items: presentDeliveries(request, deliveries, notices) };
  },
};
