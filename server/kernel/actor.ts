/** The roles in which a user can act. */
export type Role = "resident" | "cadre" | "partner" | "committee" | "supervisor" | "admin";

/** The user who calls, in the role in use. */
export interface Actor {
  userId: string;
  /** The user's own id and those of accounts merged into it. What any of them filed belongs to the user. */
  ids: readonly string[];
  name: string;
  /** `system`: no user, for steps that are due by themselves. */
  role: Role | "system";
  /** Communities in which `role` holds. Empty for a resident. */
  communityIds: readonly string[];
  /** The end of the duty in the first of `communityIds`; it may lie in the past. Null when there is none. */
  dutyUntil: Date | null;
  /** The name of a partner's organization in those communities. */
  organization?: string;
}

/** Whether the actor holds `role` in that community. */
export const hasRole = (actor: Actor, role: Role, communityId: string): boolean =>
  actor.role === role && actor.communityIds.includes(communityId);

/** Whether the actor is a cadre of that community who is on duty at `now`. */
export const isCadreOnDuty = (actor: Actor, communityId: string, now: Date): boolean =>
  hasRole(actor, "cadre", communityId) && actor.dutyUntil !== null && actor.dutyUntil > now;

/** The actor of steps that are due by themselves: escalations, offers, ends of shifts. */
export const system: Actor = {
  userId: "system",
  ids: ["system"],
  name: "系统",
  role: "system",
  communityIds: [],
  dutyUntil: null,
};
