import type { calendarOperations } from "../../../../contract/calendar.ts";
import { setDay } from "../../usecases/community/change-day.ts";
import { listDays } from "../../usecases/community/read-calendar.ts";
import type { Handlers } from "../../http/handler.ts";

/** The kinds `ordinary` and `published` as changes: the day follows its weekday, or the change is removed. */
const unnamed = { ordinary: null, published: undefined };
const usualNames = { holiday: "放假", workday: "上班" };

export const calendarRoutes: Handlers<keyof typeof calendarOperations> = {
  "GET /api/communities/:id/calendar": async ({ deps, params, query }) => {
    const { days, unknownYears } = await listDays(deps, params.id, query.from, query.to);
    return { items: days, unknownYears };
  },
  "PUT /api/communities/:id/calendar/:day": async (call) => {
    const { deps, params, body } = call;
    const { kind } = body;
    const change =
      kind === "holiday" || kind === "workday" ? { kind, name: body.name ?? usualNames[kind] } : unnamed[kind];
    await setDay(deps, call, params.id, params.day, change);
  },
};
