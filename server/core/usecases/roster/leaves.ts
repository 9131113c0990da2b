import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Day, dayOf, mondayOf } from "../../domain/community/calendar.ts";
import { type Leave, type LeaveKind, type LeaveStep, assertLeaveTime, decideLeave } from "../../domain/roster/leave.ts";
import { gapsOpenedBy } from "../../domain/roster/roster-week.ts";
import type { Uses } from "../../ports.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";
import { weekContext } from "./read-week.ts";

const DAY = 86_400_000;
/** How far the committee's list of leaves reaches back and ahead. */
const LOOKBACK_MS = 7 * DAY;
const LOOKAHEAD_MS = 200 * DAY;

/** Hours of a published week that would become a gap, in minutes from its Monday. */
export interface OpenedGap {
  monday: Day;
  from: number;
  to: number;
  /** The backup in these hours; null without one. */
  backup: { id: string; name: string } | null;
}

/** A leave in a list. */
export interface ListedLeave {
  leave: Leave;
  /** The gaps that approving the leave would open. Empty in a cadre's own list. */
  opens: OpenedGap[];
}

/** The caller's leaves that have not ended more than a week ago. */
export async function ownLeaves(deps: Uses<"clock" | "store">, actor: Actor): Promise<Leave[]> {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  return deps.store.leaves.ofCadre(communityId, actor.userId, new Date(deps.clock.now().getTime() - LOOKBACK_MS));
}

/**
 * The leaves that the actor sees: a cadre's own; for the committee those of the community that are asked for or
 * approved.
 */
export async function listLeaves(deps: Uses<"clock" | "holidays" | "store">, actor: Actor): Promise<ListedLeave[]> {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const now = deps.clock.now();
  if (actor.role === "cadre") return (await ownLeaves(deps, actor)).map((leave) => ({ leave, opens: [] }));
  const [since, until] = [new Date(now.getTime() - LOOKBACK_MS), new Date(now.getTime() + LOOKAHEAD_MS)];
  const leaves = await deps.store.leaves.touching(communityId, ["asked", "approved"], since, until);
  return Promise.all(leaves.map(async (leave) => ({ leave, opens: await openedBy(deps, leave, now) })));
}

async function openedBy(deps: Uses<"clock" | "holidays" | "store">, leave: Leave, now: Date): Promise<OpenedGap[]> {
  if (leave.state !== "asked" || leave.to <= now) return [];
  const [first, last] = [leave.from > now ? leave.from : now, leave.to].map((at) => mondayOf(dayOf(at)));
  const weeks = await deps.store.rosterWeeks.between(leave.communityId, first ?? "", last ?? "");
  const published = weeks.filter(({ state }) => state === "published");
  const opened = await Promise.all(
    published.map(async (week) => {
      const { context } = await weekContext(deps, leave.communityId, week.monday);
      return gapsOpenedBy(week, leave, context).map(({ from, to, backupId }): OpenedGap => {
        const backup = backupId === null ? null : { id: backupId, name: context.cadres.get(backupId)?.name ?? "" };
        return { monday: week.monday, from, to, backup };
      });
    }),
  );
  return opened.flat();
}

/** The data for the log, which colleagues read: the time, not the reason. */
const told = ({ cadreName, from, to }: Leave) => ({
  cadreName,
  from: from.toISOString(),
  to: to.toISOString(),
});

/** Asks for a leave. Throws `leave.time_invalid`. */
export async function askForLeave(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  ask: { kind: LeaveKind; from: Date; to: Date; note: string | null },
): Promise<Leave> {
  const { actor, idempotency } = command;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const id = idempotency ? idFromKey(`leave:${idempotency.key}`) : newId();
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
  const target = {
    repository: deps.store.leaves,
    kind: "leave" as const,
    id,
    blank,
    unknown: "leave.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, (leave, now) => {
    assertLeaveTime(leave.from, leave.to, now);
    return { set: {}, type: "leave.asked", data: told(leave), cadreIds: [] };
  });
}

/** Whether the actor may know the leave. Leaves of other communities are not disclosed. */
const mayKnowLeave = ({ communityId, cadreId }: Leave, { userId, communityIds }: Actor): boolean =>
  cadreId === userId || communityIds.includes(communityId);

/** Approves, refuses or cancels a leave. Throws `leave.unknown`, `leave.state_conflict`, `auth.forbidden`. */
export async function takeLeaveStep(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  id: string,
  step: LeaveStep,
): Promise<Leave> {
  const target = {
    repository: deps.store.leaves,
    kind: "leave" as const,
    id,
    blank: null,
    unknown: "leave.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, (leave, now) => {
    if (!mayKnowLeave(leave, command.actor)) refuse("leave.unknown");
    const { set, event, from } = decideLeave(leave, step, command.actor, now);
    return { set, type: event, data: told({ ...leave, from }), cadreIds: [leave.cadreId] };
  });
}
