import { addDays, dayOf, instantOf, minuteOf, mondayOf } from "../domain/calendar.ts";
import { MINUTES_A_WEEK, expand, spansFrom } from "../domain/roster.ts";
import { type User, toActor } from "../domain/user.ts";
import type { Deps } from "../ports.ts";
import { checkIn } from "../usecases/duty/check-in.ts";
import { startDuty } from "../usecases/duty/start-duty.ts";
import { calendarOf } from "../usecases/calendar/read-calendar.ts";
import { savePattern } from "../usecases/roster/edit-plan.ts";
import { nameBackups, publishWeek } from "../usecases/roster/edit-week.ts";
import { askForLeave } from "../usecases/roster/leaves.ts";
import { askForSwap } from "../usecases/roster/swap-shift.ts";
import { onCall, patternsOf } from "./roster-patterns.ts";
import { type Happening, type People, personAt } from "./happening.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Rosters of so many weeks before this one are kept; before that cadres came by hand. */
export const ROSTER_WEEKS = 4;

/** Where each community's roster is made by its clerk. */
const clerks: Readonly<Record<string, number>> = { xiziwan: 0, kangcheng: 1 };

const intentOf = (name: string) => ({ key: `demo:roster-${name}`, bodyHash: "demo" });

/** The rosters of both communities: made, published week by week on the Friday before, worked; a leave and a swap that wait. */
export async function rosters(
  deps: Deps,
  people: People & { office: readonly User[] },
  now: Date,
): Promise<Happening[]> {
  const all = await Promise.all(Object.keys(onCall).map((id) => rosterOf(deps, people, id, now)));
  return [...all.flat(), ...waiting(people, now)];
}

async function rosterOf(
  deps: Deps,
  people: People & { office: readonly User[] },
  communityId: string,
  now: Date,
): Promise<Happening[]> {
  const monday = mondayOf(dayOf(now));
  const first = addDays(monday, -7 * ROSTER_WEEKS);
  const mondays = Array.from({ length: ROSTER_WEEKS + 2 }, (_, n) => addDays(first, 7 * n));
  const actor = toActor(personAt(people.office, clerks[communityId] ?? 0));
  const idOf = (index: number): string => personAt(people.cadres, index).id;
  const made = patternsOf(communityId, first, idOf);
  const of = `roster-${communityId}`;
  const calls = onCall[communityId] ?? [];
  const plan: Happening = {
    at: instantOf(addDays(first, -4), 600),
    of,
    async run(then) {
      for (const pattern of made) {
        await savePattern(then, { actor, intent: intentOf(`${communityId}-${pattern.id}`) }, communityId, pattern);
      }
    },
  };
  const published = mondays.map((week, n): Happening => {
    const friday = instantOf(addDays(week, -3), 960).getTime();
    const backup = { from: 0, to: MINUTES_A_WEEK, cadreId: idOf(calls[n % calls.length] ?? 0) };
    return {
      at: new Date(Math.min(friday, now.getTime() - 90 * MINUTE)),
      of,
      async run(then) {
        const name = `${communityId}-${week}`;
        await nameBackups(then, { actor, intent: intentOf(`${name}-backup`) }, communityId, week, [backup]);
        await publishWeek(then, { actor, intent: intentOf(name) }, communityId, week);
      },
    };
  });
  const calendar = await calendarOf(deps, communityId);
  const turns = mondays.flatMap((week) =>
    expand(made, calendar, week).flatMap((shift) =>
      spansFrom(week, shift).map(([from, to]) => ({
        cadre: people.cadres.findIndex(({ id }) => id === shift.cadreId),
        from: instantOf(week, from),
        to: instantOf(week, to),
      })),
    ),
  );
  return [plan, ...published, ...worked(people, turns, communityId, now)];
}

/** Every cadre checks in to each stretch; the community's first is there by hand when the roster has another at this hour. */
function worked(
  people: People,
  turns: readonly { cadre: number; from: Date; to: Date }[],
  communityId: string,
  now: Date,
): Happening[] {
  const begun = turns.filter(({ from }) => from.getTime() + 3 * MINUTE < now.getTime());
  const checkIns = begun.map(({ cadre, from }): Happening => {
    const asking = {
      actor: toActor(personAt(people.cadres, cadre)),
      intent: intentOf(`in-${cadre}-${from.toISOString()}`),
    };
    return { at: new Date(from.getTime() + 3 * MINUTE), of: `cadre-${cadre}`, run: (deps) => checkIn(deps, asking) };
  });
  const first = communityId === "xiziwan" ? 0 : 7;
  const there = begun.some(({ cadre, to }) => cadre === first && to > now);
  const hour = minuteOf(now) / 60;
  if (there || hour < 7 || hour >= 22) return checkIns;
  const asking = { actor: toActor(personAt(people.cadres, first)), intent: intentOf(`now-${first}`) };
  const until = new Date(Math.ceil((now.getTime() + 2.5 * HOUR) / (HOUR / 2)) * (HOUR / 2));
  const at = new Date(now.getTime() - MINUTE);
  return [...checkIns, { at, of: `cadre-${first}`, run: (deps) => startDuty(deps, asking, until) }];
}

/** What waits for an answer: a leave for the committee, a swap for a colleague; both of next week. */
function waiting(people: People, now: Date): Happening[] {
  const next = addDays(mondayOf(dayOf(now)), 7);
  const [asker, away] = [personAt(people.cadres, 4), personAt(people.cadres, 5)];
  const wednesday = addDays(next, 2);
  return [
    {
      at: new Date(now.getTime() - 80 * MINUTE),
      of: "roster-xiziwan",
      run: (deps) =>
        askForLeave(
          deps,
          { actor: toActor(away), intent: intentOf("leave") },
          {
            kind: "annual",
            from: instantOf(addDays(next, 3), 0),
            to: instantOf(addDays(next, 5), 0),
            note: "带老人体检",
          },
        ),
    },
    {
      at: new Date(now.getTime() - 70 * MINUTE),
      of: "roster-xiziwan",
      run: (deps) =>
        askForSwap(deps, { actor: toActor(asker), intent: intentOf("swap") }, "xiziwan", next, {
          shiftId: `evening:${wednesday}:${asker.id}`,
          toId: personAt(people.cadres, 0).id,
          returnShiftId: null,
          note: "孩子开家长会，麻烦顶一个晚班",
        }),
    },
  ];
}
