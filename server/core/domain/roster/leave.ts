import type { EventType } from "../../../../contract/events.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Transition, defineLifecycle } from "../../../kernel/lifecycle.ts";

export const leaveKinds = ["annual", "sick", "personal", "training"] as const;
export type LeaveKind = (typeof leaveKinds)[number];
const leaveStates = ["asked", "approved", "refused", "cancelled"] as const;
export type LeaveState = (typeof leaveStates)[number];
export type LeaveStep = "approve" | "refuse" | "cancel";

/** A cadre's leave (请假). Only an approved one takes the cadre off the roster. */
export interface Leave {
  id: string;
  version: number;
  communityId: string;
  cadreId: string;
  cadreName: string;
  kind: LeaveKind;
  /** `to` is exclusive. */
  from: Date;
  to: Date;
  note: string | null;
  state: LeaveState;
  askedAt: Date;
  decidedBy: string | null;
}

type LeaveEvent = Extract<EventType, `leave.${string}`>;

const MAX_DAYS = 190;
const DAY = 86_400_000;

/** Throws `leave.time_invalid` for a leave that ends before it starts, is over already, or is too long. */
export function assertLeaveTime(from: Date, to: Date, now: Date): void {
  if (from >= to || to <= now || to.getTime() - from.getTime() > MAX_DAYS * DAY) refuse("leave.time_invalid");
}

interface LeaveLifecycle {
  subject: Leave;
  actor: Actor;
  state: LeaveState;
  action: LeaveStep;
  /** `cadre`: the cadre whose leave it is. */
  relation: "committee" | "cadre";
  condition: "not over";
  outcome: never;
  event: LeaveEvent;
  store: "leave";
}

const stateConflict = { refusal: "leave.state_conflict" } as const;

const transitions: readonly Transition<LeaveLifecycle>[] = [
  { action: "approve", from: ["asked"], who: ["committee"], when: ["not over"], to: "approved", event: "leave.approved", stores: "leave", does: "批准请假" },
  { action: "refuse", from: ["asked"], who: ["committee"], when: ["not over"], to: "refused", event: "leave.refused", stores: "leave", does: "不批准请假" },
  { action: "cancel", from: ["asked", "approved"], who: ["cadre"], when: ["not over"], to: "cancelled", event: "leave.cancelled", stores: "leave", does: "取消请假" },
]; // prettier-ignore

/** The lifecycle of a leave. */
export const leaveLifecycle = defineLifecycle<LeaveLifecycle>({
  states: leaveStates,
  stateOf: ({ state }) => state,
  relations: {
    committee: (actor, leave) => hasRole(actor, "committee", leave.communityId),
    cadre: (actor, leave) => leave.cadreId === actor.userId,
  },
  conditions: { "not over": { holds: ({ to }, now) => to > now, ...stateConflict } },
  notAllowed: { refusal: "auth.forbidden" },
  stateConflict,
  transitions,
});

/** The steps that this actor may take with the leave now. A leave in the past cannot be changed. */
export const leaveAbilities = (leave: Leave, actor: Actor, now: Date): LeaveStep[] =>
  leaveLifecycle.abilities(leave, actor, now);

/**
 * The changes of a step, and from when on they affect the roster. Cancelling a running leave ends it now; the part
 * before stays. Throws `auth.forbidden`, `leave.state_conflict`.
 */
export function decideLeave(
  leave: Leave,
  step: LeaveStep,
  actor: Actor,
  now: Date,
): { set: Partial<Leave>; event: LeaveEvent; from: Date } {
  const transition = leaveLifecycle.guard(leave, step, actor, now);
  const { event } = transition;
  const runs = leave.state === "approved" && leave.from < now;
  if (runs) return { set: { to: now }, event, from: now };
  const state = leaveLifecycle.nextState(leave, transition);
  return { set: { state, decidedBy: actor.userId }, event, from: leave.from };
}
