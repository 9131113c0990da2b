import type { templateOperations } from "../../../../contract/templates.ts";
import { revisionOf } from "../../../kernel/revision.ts";
import type { ReplyTemplate } from "../../domain/community/community.ts";
import { readTemplates, setTemplates } from "../../usecases/community/reply-templates.ts";
import type { Handlers } from "../../http/handler.ts";

const present = (items: readonly ReplyTemplate[]) => ({ revision: revisionOf(items), items: [...items] });

export const templateRoutes: Handlers<keyof typeof templateOperations> = {
  "GET /api/communities/:id/templates": async ({ deps, actor, params }) =>
    present(await readTemplates(deps, actor, params.id)),
  "PUT /api/communities/:id/templates": async ({ deps, actor, params, body }) =>
    present(await setTemplates(deps, actor, params.id, body.items, body.revision)),
};
