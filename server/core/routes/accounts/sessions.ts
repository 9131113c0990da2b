import type { sessionOperations } from "../../../../contract/sessions.ts";
import { endSession, endSessions, listSessions } from "../../usecases/accounts/end-sessions.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentDevice } from "../../presenters/accounts/device.ts";

export const sessionRoutes: Handlers<keyof typeof sessionOperations> = {
  "GET /api/me/sessions": async ({ deps, actor, sessionId }) => ({
    items: (await listSessions(deps, actor, sessionId)).map((session) => presentDevice(session, sessionId)),
  }),
  "DELETE /api/me/sessions/:id": ({ deps, actor, params }) => endSession(deps, actor, params.id),
  "DELETE /api/me/sessions": async ({ deps, actor, query, sessionId }) => ({
    ended: await endSessions(deps, actor, ({ id }) => query.keep !== "this" || id !== sessionId),
  }),
};
