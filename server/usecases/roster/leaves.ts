import type { Actor } from "../../domain/actor.ts";
import { refuse } from "../../domain/errors.ts";
import { type Leave, type LeaveKind, type LeaveStep, assertLeaveTime, decideLeave } from "../../domain/leave.ts";
import type { Asking, Deps } from "../../ports.ts";
import { idOfIntent, newId } from "../ids.ts";
import { takeAggregateStep } from "../take-aggregate-step.ts";

const DAY = 86_400_000;
/** The committee looks this far back and ahead. */
const BACK = 7 * DAY;
const AHEAD = 200 * DAY;

/** A cadre's own leaves that are not long over; for the committee those of the community that wait or stand. */
export async function listLeaves(deps: Deps, actor: Actor): Promise<Leave[]> {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const now = deps.clock.now().getTime();
  const since = new Date(now - BACK);
  if (actor.role === "cadre") return deps.store.leaves.ofCadre(communityId, actor.userId, since);
  return deps.store.leaves.touching(communityId, ["asked", "approved"], since, new Date(now + AHEAD));
}

/** What colleagues may read in the log: when, not why. */
const told = ({ cadreName, from, to }: Leave) => ({
  cadreName,
  from: from.toISOString(),
  to: to.toISOString(),
});

/** Asks for leave. Throws `leave.time_invalid`. */
export async function askForLeave(
  deps: Deps,
  asking: Asking,
  ask: { kind: LeaveKind; from: Date; to: Date; note: string | null },
): Promise<Leave> {
  const { actor, intent } = asking;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const id = intent ? idOfIntent(`leave:${intent.key}`) : newId();
  const blank: Leave = {
    ...ask,
    id,
    version: 0,
    communityId,
    cadreId: actor.userId,
    cadreName: actor.name,
    state: "asked",
    askedAt: deps.clock.now(),
    decidedBy: null,
  };
  const target = { repository: deps.store.leaves, id, blank, unknown: "leave.unknown" as const };
  return takeAggregateStep(deps, asking, target, (leave, now) => {
    assertLeaveTime(leave.from, leave.to, now);
    return { set: {}, type: "leave.asked", data: told(leave), cadreIds: [] };
  });
}

/** That somebody elsewhere is on leave is nobody's business. */
const concerns = ({ communityId, cadreId }: Leave, { userId, communityIds }: Actor): boolean =>
  cadreId === userId || communityIds.includes(communityId);

/** Approves, refuses or cancels a leave. Throws `leave.unknown`, `leave.state_conflict`, `auth.forbidden`. */
export async function takeLeaveStep(deps: Deps, asking: Asking, id: string, step: LeaveStep): Promise<Leave> {
  const target = { repository: deps.store.leaves, id, blank: null, unknown: "leave.unknown" as const };
  return takeAggregateStep(deps, asking, target, (leave, now) => {
    if (!concerns(leave, asking.actor)) refuse("leave.unknown");
    const { state, event } = decideLeave(leave, step, asking.actor, now);
    return {
      set: { state, decidedBy: asking.actor.userId },
      type: event,
      data: told(leave),
      cadreIds: [leave.cadreId],
    };
  });
}
