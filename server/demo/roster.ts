import { addDays, dayOf, instantOf, minuteOf, mondayOf } from "../core/domain/community/calendar.ts";
import { MINUTES_A_WEEK } from "../core/domain/roster/roster.ts";
import { type User, toActor } from "../core/domain/accounts/user.ts";
import type { Deps } from "../deps.ts";
import { checkIn } from "../core/usecases/duty/check-in.ts";
import { startDuty } from "../core/usecases/duty/start-duty.ts";
import { savePattern } from "../core/usecases/roster/edit-plan.ts";
import { nameBackups, publishWeek } from "../core/usecases/roster/edit-week.ts";
import { askForLeave } from "../core/usecases/roster/leaves.ts";
import { askForSwap } from "../core/usecases/roster/swap-shift.ts";
import { onCall, patternsOf } from "./roster-patterns.ts";
import { type DemoEvent, type DemoPeople, startDutyEvent, personAt } from "./demo-event.ts";
import { cadresOf } from "./people.ts";
import { CHECK_IN_DELAY_MS, type Shift, rosterMondays, rosterShifts } from "./shifts.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Requests that are in progress now were claimed within this time, ms. */
const HELD_WITHIN_MS = 5.25 * HOUR;

/** The index of the clerk who makes each community's roster. */
const clerks: Readonly<Record<string, number>> = { xiziwan: 0, kangcheng: 1 };

const idempotencyOf = (name: string) => ({ key: `demo:roster-${name}`, bodyHash: "demo" });

/**
 * The rosters of both communities: shift patterns, weeks published on the Friday before, check-ins, and a leave and a
 * swap that wait for an answer.
 */
export async function rosters(
  deps: Deps,
  people: DemoPeople & { office: readonly User[] },
  now: Date,
): Promise<DemoEvent[]> {
  const all = await Promise.all(Object.keys(onCall).map((id) => rosterOf(deps, people, id, now)));
  return [...all.flat(), ...waiting(people, now)];
}

async function rosterOf(
  deps: Deps,
  people: DemoPeople & { office: readonly User[] },
  communityId: string,
  now: Date,
): Promise<DemoEvent[]> {
  const mondays = rosterMondays(now);
  const first = mondays[0] ?? dayOf(now);
  const actor = toActor(personAt(people.office, clerks[communityId] ?? 0));
  const idOf = (index: number): string => personAt(people.cadres, index).id;
  const made = patternsOf(communityId, first, idOf);
  const of = `roster-${communityId}`;
  const calls = onCall[communityId] ?? [];
  const plan: DemoEvent = {
    at: instantOf(addDays(first, -4), 600),
    of,
    async run(then) {
      for (const pattern of made) {
        await savePattern(
          then,
          { actor, idempotency: idempotencyOf(`${communityId}-${pattern.id}`) },
          communityId,
          pattern,
        );
      }
    },
  };
  const published = mondays.map((week, n): DemoEvent => {
    const friday = instantOf(addDays(week, -3), 960).getTime();
    const backup = { from: 0, to: MINUTES_A_WEEK, cadreId: idOf(calls[n % calls.length] ?? 0) };
    return {
      at: new Date(Math.min(friday, now.getTime() - 90 * MINUTE)),
      of,
      async run(then) {
        const name = `${communityId}-${week}`;
        await nameBackups(then, { actor, idempotency: idempotencyOf(`${name}-backup`) }, communityId, week, [backup]);
        await publishWeek(then, { actor, idempotency: idempotencyOf(name) }, communityId, week);
      },
    };
  });
  return [plan, ...published, ...worked(people, rosterShifts(communityId, deps.holidays, now), communityId, now)];
}

/**
 * Each cadre checks in to each shift. The community's first cadre, who has many open requests now, starts the current
 * duty by hand before or without a shift.
 */
function worked(people: DemoPeople, turns: readonly Shift[], communityId: string, now: Date): DemoEvent[] {
  const begun = turns.filter(({ from }) => from.getTime() + CHECK_IN_DELAY_MS < now.getTime());
  const checkIns = begun.map(({ cadre, from }): DemoEvent => {
    const command = {
      actor: toActor(personAt(people.cadres, cadre)),
      idempotency: idempotencyOf(`in-${cadre}-${from.toISOString()}`),
    };
    const at = new Date(from.getTime() + CHECK_IN_DELAY_MS);
    return startDutyEvent(command.actor, at, `cadre-${cadre}`, (deps) => checkIn(deps, command));
  });
  const [first = 0] = cadresOf(communityId);
  const own = begun.filter(({ cadre }) => cadre === first);
  const shift = own.find(({ to }) => to > now);
  const ended = own.filter(({ to }) => to <= now).map(({ to }) => to.getTime() + MINUTE);
  const at = new Date(Math.max(now.getTime() - HELD_WITHIN_MS, instantOf(dayOf(now), 420).getTime(), ...ended));
  if (at >= (shift?.from ?? now) || minuteOf(now) >= 22 * 60) return checkIns;
  const command = { actor: toActor(personAt(people.cadres, first)), idempotency: idempotencyOf(`now-${first}`) };
  const later = new Date(Math.ceil((now.getTime() + 2.5 * HOUR) / (HOUR / 2)) * (HOUR / 2));
  // The check-in to the shift extends the duty.
  const until = shift ? new Date(shift.from.getTime() + 30 * MINUTE) : later;
  return [...checkIns, startDutyEvent(command.actor, at, `cadre-${first}`, (deps) => startDuty(deps, command, until))];
}

/** A leave that waits for the committee and a swap that waits for a colleague, both in the next week. */
function waiting(people: DemoPeople, now: Date): DemoEvent[] {
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
          { actor: toActor(away), idempotency: idempotencyOf("leave") },
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
        askForSwap(deps, { actor: toActor(asker), idempotency: idempotencyOf("swap") }, "xiziwan", next, {
          shiftId: `evening:${wednesday}:${asker.id}`,
          toId: personAt(people.cadres, 0).id,
          returnShiftId: null,
          note: "孩子开家长会，麻烦顶一个晚班",
        }),
    },
  ];
}
