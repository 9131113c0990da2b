import type { Actor } from "../../../kernel/actor.ts";
import { holds } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";

export const leaveKinds = ["annual", "sick", "personal", "training"] as const;
export type LeaveKind = (typeof leaveKinds)[number];
export type LeaveState = "asked" | "approved" | "refused" | "cancelled";
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

/** Every step of a leave: from which states, by whom, to which, with which event. */
const steps: Readonly<
  Record<LeaveStep, { from: readonly LeaveState[]; who: "committee" | "cadre"; to: LeaveState; event: string }>
> = {
  approve: { from: ["asked"], who: "committee", to: "approved", event: "leave.approved" },
  refuse: { from: ["asked"], who: "committee", to: "refused", event: "leave.refused" },
  cancel: { from: ["asked", "approved"], who: "cadre", to: "cancelled", event: "leave.cancelled" },
};

const LONGEST_DAYS = 190;
const DAY = 86_400_000;

/** Throws `leave.time_invalid` for a leave that ends before it starts, is over already, or is too long. */
export function assertLeaveTime(from: Date, to: Date, now: Date): void {
  if (from >= to || to <= now || to.getTime() - from.getTime() > LONGEST_DAYS * DAY) refuse("leave.time_invalid");
}

const mayTake = (leave: Leave, step: LeaveStep, actor: Actor): boolean =>
  steps[step].who === "cadre" ? leave.cadreId === actor.userId : holds(actor, "committee", leave.communityId);

/** What this actor may do with the leave now. One that is over changes no more. */
export const leaveAbilities = (leave: Leave, actor: Actor, now: Date): LeaveStep[] =>
  (Object.keys(steps) as LeaveStep[]).filter(
    (step) => mayTake(leave, step, actor) && steps[step].from.includes(leave.state) && leave.to > now,
  );

/**
 * What the step sets, and from when on it bears. Of a leave that runs the rest is cancelled: it ends now, and what was taken stays. Throws
 * `auth.forbidden`, `leave.state_conflict`.
 */
export function decideLeave(
  leave: Leave,
  step: LeaveStep,
  actor: Actor,
  now: Date,
): { set: Partial<Leave>; event: string; from: Date } {
  if (!mayTake(leave, step, actor)) refuse("auth.forbidden");
  if (!leaveAbilities(leave, actor, now).includes(step)) refuse("leave.state_conflict");
  const { to: state, event } = steps[step];
  const runs = leave.state === "approved" && leave.from < now;
  if (runs) return { set: { to: now }, event, from: now };
  return { set: { state, decidedBy: actor.userId }, event, from: leave.from };
}
