import { type Day, addDays } from "../../../server/core/domain/community/calendar.ts";
import { savePattern } from "../../../server/core/usecases/roster/edit-plan.ts";
import { changeWeek, nameBackups, publishWeek } from "../../../server/core/usecases/roster/edit-week.ts";
import { askForLeave } from "../../../server/core/usecases/roster/leaves.ts";
import { renewFeed } from "../../../server/core/usecases/roster/calendar-feed.ts";
import { askForSwap, takeSwapStep } from "../../../server/core/usecases/roster/swap-shift.ts";
import { aPattern, monday } from "../roster.ts";
import { type Scene, type Scenes, type Stage, actorOf, asking, minutesFrom, next } from "./stage.ts";

let weeks = 0;
/** A week that no earlier scene has used. */
const aWeek = (): Day => addDays(monday, 7 * (1 + (++weeks % 100)));

const evening = async (stage: Stage, day: Day) => ({
  ...{ name: "晚班", day, position: null, cadreId: (await stage.cast.user("handler")).id },
  spans: [[1050, 1260]] as [number, number][],
});

/** A week in which the handler works on Monday and a backup covers all other hours. */
async function drafted(stage: Stage): Promise<Day> {
  const { deps } = stage.world;
  const week = aWeek();
  const clerk = await asking(stage, "clerk");
  await changeWeek(deps, clerk, "east", week, [{ do: "add", shift: await evening(stage, week) }]);
  const backup = { from: 0, to: 10_080, cadreId: (await stage.cast.user("onDuty")).id };
  await nameBackups(deps, clerk, "east", week, [backup]);
  return week;
}

async function published(stage: Stage): Promise<{ week: Day; shiftId: string }> {
  const week = await drafted(stage);
  const after = await publishWeek(stage.world.deps, await asking(stage, "clerk"), "east", week);
  const { id: mine } = await stage.cast.user("handler");
  return { week, shiftId: after.shifts.find(({ cadreId }) => cadreId === mine)!.id };
}

const swap =
  (step: "accept" | "withdraw" | "refuse"): Scene =>
  async (stage) => {
    const { deps } = stage.world;
    const { week, shiftId } = await published(stage);
    const ask = { shiftId, toId: (await stage.cast.user("onDuty")).id, returnShiftId: null, note: null };
    const asked = await askForSwap(deps, await asking(stage, "handler"), "east", week, ask);
    if (step === "refuse")
      await takeSwapStep(deps, await asking(stage, "onDuty"), "east", week, asked.swap.id, "accept");
    const { id } = asked.swap;
    return { params: { id: "east", monday: week, swapId: id }, body: { step }, about: id };
  };

const leave =
  (step: "approve" | "cancel"): Scene =>
  async (stage) => {
    const ask = { kind: "annual" as const, from: minutesFrom(stage, 1440), to: minutesFrom(stage, 2880), note: null };
    const { id } = await askForLeave(stage.world.deps, await asking(stage, "handler"), ask);
    return { params: { id }, body: { step }, about: id };
  };

const pattern = async ({ cast }: Stage) => {
  const { id: _id, ...rest } = aPattern({ spans: [[480, 720]], cadreIds: [(await cast.user("handler")).id] });
  return rest;
};

const ofWeek = async (stage: Stage) => ({ params: { id: "east", monday: await drafted(stage) } });

/** Scenes for calendar, roster and leave. */
export const rosterScenes = {
  "GET /api/communities/:id/calendar": () => ({
    params: { id: "east" },
    query: { from: "2026-03-01", to: "2026-03-31" },
  }),
  "PUT /api/communities/:id/calendar/:day": () => ({
    params: { id: "east", day: "2026-05-20" },
    body: { kind: "holiday" },
  }),
  "GET /api/communities/:id/roster/plan": () => ({ params: { id: "east" } }),
  "PUT /api/communities/:id/roster/patterns/:patternId": async (stage) => ({
    params: { id: "east", patternId: "evening" },
    body: await pattern(stage),
  }),
  "DELETE /api/communities/:id/roster/patterns/:patternId": async (stage) => {
    const patternId = `night-${next()}`;
    const saved = { ...(await pattern(stage)), id: patternId };
    await savePattern(stage.world.deps, await asking(stage, "clerk"), "east", saved);
    return { params: { id: "east", patternId } };
  },
  "PUT /api/communities/:id/roster/cover": () => ({ params: { id: "east" }, body: { cover: [[0, 1440]] } }),
  "GET /api/communities/:id/roster/weeks/:monday": () => ({ params: { id: "east", monday } }),
  "POST /api/communities/:id/roster/weeks/:monday/changes": async (stage) => {
    const week = aWeek();
    const changes = [{ do: "add", shift: await evening(stage, week) }];
    return { params: { id: "east", monday: week }, body: { changes } };
  },
  "POST /api/communities/:id/roster/weeks/:monday/reset": ofWeek,
  "PUT /api/communities/:id/roster/weeks/:monday/backups": async (stage) => ({
    ...(await ofWeek(stage)),
    body: { backups: [] },
  }),
  "POST /api/communities/:id/roster/weeks/:monday/publish": ofWeek,
  "POST /api/communities/:id/roster/weeks/:monday/swaps": async (stage) => {
    const { week, shiftId } = await published(stage);
    return { params: { id: "east", monday: week }, body: { shiftId, toId: (await stage.cast.user("onDuty")).id } };
  },
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId": swap("accept"),
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId (withdraw)": swap("withdraw"),
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId (refuse)": swap("refuse"),
  "GET /api/communities/:id/duty-proof": async ({ cast }) => ({
    params: { id: "east" },
    query: { cadreId: (await cast.user("handler")).id, day: monday },
  }),
  "GET /api/me/shifts": () => ({}),
  "GET /api/leaves": () => ({}),
  "POST /api/leaves": (stage) => ({
    body: {
      ...{ kind: "annual", from: minutesFrom(stage, 1440).toISOString() },
      to: minutesFrom(stage, 2880).toISOString(),
    },
  }),
  "POST /api/leaves/:id": leave("approve"),
  "POST /api/leaves/:id (cancel)": leave("cancel"),
  "POST /api/me/calendar-feed": () => ({}),
  "DELETE /api/me/calendar-feed": () => ({}),
  "GET /api/calendar/:token": async (stage) => ({
    params: { token: `${await renewFeed(stage.world.deps, await actorOf(stage, "handler"))}.ics` },
  }),
} satisfies Scenes;
