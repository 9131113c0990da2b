import type { templateOperations } from "../../../../contract/templates.ts";
import { readTemplates, setTemplates } from "../../usecases/community/reply-templates.ts";
import type { Handlers } from "../../http/handler.ts";

export const templateRoutes: Handlers<keyof typeof templateOperations> = {
  "GET /api/communities/:id/templates": async ({ deps, actor, params }) => ({
    items: [...(await readTemplates(deps, actor, params.id))],
  }),
  "PUT /api/communities/:id/templates": async ({ deps, actor, params, body }) => ({
    items: [...(await setTemplates(deps, actor, params.id, body.items))],
  }),
};
