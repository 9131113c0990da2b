import type { rosterOperations } from "../../../../contract/roster.ts";
import { readFeed, renewFeed, revokeFeed } from "../../usecases/roster/calendar-feed.ts";
import { readPlan, removePattern, savePattern, setCover } from "../../usecases/roster/edit-plan.ts";
import { changeWeek, nameBackups, publishWeek, resetWeek } from "../../usecases/roster/edit-week.ts";
import { listMyShifts } from "../../usecases/roster/my-shifts.ts";
import { cadreNames, readWeek } from "../../usecases/roster/read-week.ts";
import { askForSwap, takeSwapStep } from "../../usecases/roster/swap-shift.ts";
import type { Call, Handlers } from "../../http/handler.ts";
import { presentFeed, presentMyShifts, presentPlan, presentSwap, presentWeek } from "../../presenters/roster/roster.ts";

type Key = keyof typeof rosterOperations;
type WeekCall = Call<"GET /api/communities/:id/roster/weeks/:monday">;

/** The reply with the week after a change. */
const week = async ({ deps, actor, params }: Pick<WeekCall, "deps" | "actor" | "params">) =>
  presentWeek(actor, await readWeek(deps, actor, params.id, params.monday));

export const rosterRoutes: Handlers<Key> = {
  "GET /api/communities/:id/roster/plan": async ({ deps, actor, params }) =>
    presentPlan(await readPlan(deps, actor, params.id)),
  "PUT /api/communities/:id/roster/patterns/:patternId": async (call) => {
    const { deps, params, body } = call;
    return presentPlan(await savePattern(deps, call, params.id, { ...body, id: params.patternId }));
  },
  "DELETE /api/communities/:id/roster/patterns/:patternId": async (call) =>
    presentPlan(await removePattern(call.deps, call, call.params.id, call.params.patternId)),
  "PUT /api/communities/:id/roster/cover": async (call) =>
    presentPlan(await setCover(call.deps, call, call.params.id, call.body.cover)),
  "GET /api/communities/:id/roster/weeks/:monday": week,
  "POST /api/communities/:id/roster/weeks/:monday/changes": async (call) => {
    const { deps, params, body } = call;
    await changeWeek(deps, call, params.id, params.monday, body.changes);
    return week(call);
  },
  "POST /api/communities/:id/roster/weeks/:monday/reset": async (call) => {
    await resetWeek(call.deps, call, call.params.id, call.params.monday);
    return week(call);
  },
  "PUT /api/communities/:id/roster/weeks/:monday/backups": async (call) => {
    await nameBackups(call.deps, call, call.params.id, call.params.monday, call.body.backups);
    return week(call);
  },
  "POST /api/communities/:id/roster/weeks/:monday/publish": async (call) => {
    await publishWeek(call.deps, call, call.params.id, call.params.monday);
    return week(call);
  },
  "POST /api/communities/:id/roster/weeks/:monday/swaps": async (call) => {
    const { deps, actor, params, body } = call;
    const { week: after, swap } = await askForSwap(deps, call, params.id, params.monday, body);
    return presentSwap(actor, after, swap, await cadreNames(deps, params.id), deps.clock.now());
  },
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId": async (call) => {
    const { deps, actor, params, body } = call;
    const { week: after, swap } = await takeSwapStep(deps, call, params.id, params.monday, params.swapId, body.step);
    return presentSwap(actor, after, swap, await cadreNames(deps, params.id), deps.clock.now());
  },
  "GET /api/me/shifts": async ({ deps, actor }) => {
    const mine = await listMyShifts(deps, actor);
    return presentMyShifts(actor, mine, await cadreNames(deps, mine.communityId), deps.clock.now());
  },
  "POST /api/me/calendar-feed": async ({ deps, actor }) => ({
    path: `/api/calendar/${await renewFeed(deps, actor)}.ics`,
  }),
  "DELETE /api/me/calendar-feed": ({ deps, actor }) => revokeFeed(deps, actor),
  "GET /api/calendar/:token": async ({ deps, params }) =>
    presentFeed(await readFeed(deps, params.token.replace(/\.ics$/, "")), deps.clock.now()),
};
