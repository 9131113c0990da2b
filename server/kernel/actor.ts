export type Role = "resident" | "cadre" | "partner" | "committee" | "supervisor" | "admin";

/** Whoever asks for something, in the role in use. */
export interface Actor {
  userId: string;
  /** The user's own id and those of accounts merged into it: what any of them filed is theirs. */
  ids: readonly string[];
  name: string;
  /** `system`: nobody; a step that is due by itself. */
  role: Role | "system";
  /** Communities in which `role` holds. Empty for a resident. */
  communityIds: readonly string[];
  /** On duty until then, in the first of `communityIds`; may lie in the past. Null: not on duty. */
  dutyUntil: Date | null;
  /** The organization of a partner, by its name in those communities. */
  organization?: string;
}

/** Whether the actor holds `role` in that community. */
export const hasRole = (actor: Actor, role: Role, communityId: string): boolean =>
  actor.role === role && actor.communityIds.includes(communityId);

/** Whether the actor is a cadre of that community who is on duty at `now`. */
export const isCadreOnDuty = (actor: Actor, communityId: string, now: Date): boolean =>
  hasRole(actor, "cadre", communityId) && actor.dutyUntil !== null && actor.dutyUntil > now;

/** Who takes the steps that are due by themselves: the escalations, offers, the end of a shift. */
export const system: Actor = {
  userId: "system",
  ids: ["system"],
  name: "系统",
  role: "system",
  communityIds: [],
  dutyUntil: null,
};
