import type { Role } from "../../../../contract/common.ts";
import type { revealOperations } from "../../../../contract/reveal.ts";
import { limits } from "../../usecases/accounts/limits.ts";
import { countReveals, reveal } from "../../usecases/audit/reveal.ts";
import type { Handlers } from "../../http/handler.ts";
import { instant } from "../../presenters/time.ts";

export const revealRoutes: Handlers<keyof typeof revealOperations> = {
  "POST /api/reveals": async (call) => {
    const { reveal: asked, value } = await reveal(call.deps, call, call.body);
    return { id: asked.id, field: asked.field, value, at: instant(asked.at) };
  },
  "GET /api/reveals/rate": async ({ deps, actor, query }) => {
    const { at, counts } = await countReveals(deps, actor, query.communityId);
    const people = counts.map(({ userId, name, role, lastHour, all, busiestHour }) => ({
      ...{ id: userId, name, role: role as Role },
      ...{ lastHour, lastDay: all, busiestHour },
    }));
    return { at: instant(at), mostPerHour: limits.reveal.most, people };
  },
};
