import type { sessionOperations } from "../../../contract/sessions.ts";
import { endSession, endSessions, listSessions } from "../../usecases/account/end-sessions.ts";
import type { Handlers } from "../handler.ts";
import { presentDevice } from "../presenters/device.ts";

export const sessionRoutes: Handlers<keyof typeof sessionOperations> = {
  "GET /api/me/sessions": async ({ deps, actor, sessionId }) => ({
    items: (await listSessions(deps, actor, sessionId)).map((session) => presentDevice(session, sessionId)),
  }),
  "DELETE /api/me/sessions/:id": ({ deps, actor, params }) => endSession(deps, actor, params.id),
  "DELETE /api/me/sessions": async ({ deps, actor, query, sessionId }) => ({
    ended: await endSessions(deps, actor, ({ id }) => query.keep !== "this" || id !== sessionId),
  }),
};
