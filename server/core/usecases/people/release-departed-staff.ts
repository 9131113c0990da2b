import type { EventData } from "../../../kernel/event.ts";
import { system } from "../../../kernel/actor.ts";
import type { Versioned } from "../../../kernel/aggregate-repository.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { addDays, dayOf, mondayOf } from "../../domain/community/calendar.ts";
import { openStatuses } from "../../domain/requests/request-lifecycle.ts";
import { type RosterDeparture, planWithoutCadres, weekWithoutCadres } from "../../domain/roster/roster-departures.ts";
import { newPlan } from "../../domain/roster/roster-plan.ts";
import type { Uses } from "../../ports.ts";
import { planIdOf } from "../community/read-calendar.ts";
import { takeStep } from "../requests/take-step.ts";
import { type AggregateStep, type Target, takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

const BATCH = 100;
/** How many days ahead stored weeks can lie. */
const LOOKAHEAD_DAYS = 371;
const command = { actor: system, idempotency: null };

/**
 * Releases what former cadres left behind in a community: their held requests return to the queue, and their future
 * shifts are removed from the roster. It finds both itself, so that a later call also covers a claim at the moment of
 * leaving, or a crash. Returns how many requests and shifts were released.
 */
export async function releaseDepartedStaff(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  communityId: string,
): Promise<{ requests: number; shifts: number }> {
  const held = await deps.store.requests.openCounts(communityId);
  // The cadres are read after the requests, so that a cadre who was appointed in between is among them.
  const cadres = new Set((await deps.store.users.cadresOf(communityId)).map(({ id }) => id));
  const left = [...held.keys()].filter((id) => id && !cadres.has(id));
  const requests = await Promise.all(left.map(async (id) => handBack(deps, communityId, id)));
  const shifts = await leaveRoster(deps, communityId, cadres);
  return { requests: requests.reduce((sum, n) => sum + n, 0), shifts };
}

async function handBack(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  communityId: string,
  handlerId: string,
): Promise<number> {
  let count = 0;
  const filter = { communityIds: [communityId], handlerId, statuses: openStatuses };
  for await (const requests of pagesOf((cursor) => deps.store.requests.list(filter, BATCH, cursor))) {
    for (const { id } of requests) {
      try {
        await takeStep(deps, command, id, "hand-back", {});
        count++;
      } catch (error) {
        // The request has ended, or somebody else holds it now.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }
  return count;
}

async function leaveRoster(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  communityId: string,
  cadres: ReadonlySet<string>,
): Promise<number> {
  const monday = mondayOf(dayOf(deps.clock.now()));
  const weeks = await deps.store.rosterWeeks.between(communityId, addDays(monday, -7), addDays(monday, LOOKAHEAD_DAYS));
  let shifts = 0;
  for (const { id, monday: of } of weeks) {
    const target = {
      repository: deps.store.rosterWeeks,
      kind: "roster-week" as const,
      id,
      blank: null,
      unknown: "roster.week_invalid" as const,
    };
    await take(deps, target, { monday: of }, (week, now) => {
      const gone = weekWithoutCadres(week, cadres, now);
      shifts += gone?.shifts ?? 0;
      return gone;
    });
  }
  const planId = planIdOf(communityId);
  const blank = newPlan(planId, communityId);
  const plan = {
    repository: deps.store.rosterPlans,
    kind: "roster-plan" as const,
    id: planId,
    blank,
    unknown: "community.unknown" as const,
  };
  await take(deps, plan, {}, (found) => planWithoutCadres(found, cadres));
  return shifts;
}

async function take<T extends Versioned>(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  target: Target<T>,
  data: Pick<EventData<"roster.left">, "monday">,
  decide: (value: T, now: Date) => RosterDeparture<T> | null,
): Promise<void> {
  await takeAggregateStep(deps, command, target, async (value, now): Promise<AggregateStep<T> | null> => {
    const gone = decide(value, now);
    if (!gone) return null;
    const names = (await deps.store.users.findMany(gone.ids)).map(({ name }) => name ?? "");
    return { set: gone.set, type: "roster.left", data: { ...data, names, shifts: gone.shifts }, cadreIds: [] };
  });
}
